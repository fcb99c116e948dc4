import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

@Suite(
  "Hostile Dockerfiles", .serialized, .enabled(if: TestMachine.isInside, "runs in machines of its own: MachineTests"))
struct InsideHostileTests {
  @Test("Get nowhere, harm nothing, and are told", arguments: HostileCase.all)
  func held(_ attack: HostileCase) async throws {
    let place = try TestFolder()
    let watch = try await HostWatch.start(in: place)
    let gitLab = try #require(IPv4Address("10.78.0.2"))
    let network = BuildNetwork.confined(
      gitLab: .v4(gitLab), others: [], hosts: [HostEntry(name: "gitlab.corp.example", ip: gitLab)])
    let probe = try await Probe.make(in: place.path)
    let traces = try await ConfinedBuild.with(
      place, network: network, limits: attack.limits, extra: ["bin/probe": (0o755, probe)]
    ) { build in
      let traces = Traces(of: build.confinement)
      if attack.fails == .outOfMemory, !build.confinement.limits.holdsMemory {
        // An ordinary user without a delegated control group: memory isn't held as a sum there.
        print("| \(TestMachine.isRoot ? "root" : "user") | \(attack.name) | skipped: nothing here holds memory |")
        return traces
      }
      try await build.confinement.allow([AllowedEndpoint(ip: .v4(gitLab), port: nil, label: "GitLab")])
      // A token in the environment of a program of the cell, as git has it while it clones.
      let clone = Task {
        try await build.confinement.programs.capture(
          ProgramCall(try Programs.need("sleep"), ["60"], environment: ["TOKEN": "glpat-hidden"]))
      }
      defer { clone.cancel() }
      let outcome = try await carryOut(attack, with: build, watch)
      let log = build.text
      print(attack.row(TestMachine.isRoot ? "root" : "user", log, outcome))
      #expect(!log.contains("GOT OUT"), "\(log)")
      #expect(!log.contains("HOST-SECRET"), "\(log)")
      #expect(!log.contains("glpat-"), "\(log)")
      for words in attack.told { #expect(log.contains(words), "\(log)") }
      let refused = try await build.confinement.refused().map { "\($0.ip) \($0.port ?? 0) \($0.protocol)" }
      for place in attack.refused { #expect(refused.contains(place), "\(refused)") }
      #expect(attack.refused.isEmpty == refused.isEmpty, "\(refused)")
      return traces
    }
    #expect(await watch.harm() == [])
    #expect(try await traces.left(within: .seconds(20)) == [])
    await watch.close()
  }

  private func carryOut(_ attack: HostileCase, with build: ConfinedBuild, _ watch: HostWatch) async throws -> String {
    do {
      try await build.build("FROM base:1 AS first\n" + attack.dockerfile + "\n", files: attack.files) { order in
        order.arguments = ["VICTIM=\(watch.victim.pid)", "SECRET=\(watch.secret)", "ABSTRACT=\(watch.abstractName)"]
          .filter { attack.dockerfile.contains("ARG " + $0.prefix { $0 != "=" }) }
        order.hosts = build.confinement.plan.hosts
      }
      #expect(attack.fails == nil, "\(build.text)")
      return "built"
    } catch let failure as BuildFailure {
      #expect(failure.code == attack.fails?.rawValue, "\(failure) \(build.text)")
      #expect(!failure.message.en.unicodeScalars.contains { $0.value < 32 || $0.value == 127 })
      return "\(failure.code): \(failure.message.en)"
    }
  }
}

extension BuildPlan {
  fileprivate var hosts: [HostEntry] {
    if case .confined(_, _, let hosts) = network { hosts } else { [] }
  }
}
