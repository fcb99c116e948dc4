import SecureBuild
import Testing

@testable import Training

@Suite("Who answers inside a build's network") struct CompanionTests {
  private func companions(_ gitLab: String, _ others: String...) async throws -> [NetworkCompanion] {
    let trainee = try Trainee()
    func address(_ text: String) throws -> IPAddress { .v4(try #require(IPv4Address(text))) }
    let network = BuildNetwork.confined(
      gitLab: try address(gitLab),
      others: try others.map { AllowedEndpoint(ip: try address($0), port: nil, label: "") }, hosts: [])
    return try await trainee.workspace().surroundings.companions(network)
  }

  @Test("each web server of the training world that a build may reach, once, at its own address and port")
  func webServers() async throws {
    let found = try await companions("192.168.10.20", "192.168.10.32", "192.168.10.20")
    #expect(found.map(\.address.description) == ["192.168.10.20", "192.168.10.32"])
    for (companion, host) in zip(found, ["gitlab.corp.example", "wiki.lab.example"]) {
      let arguments = companion.arguments
      #expect(companion.program.hasPrefix("/") && !companion.program.contains("/proc/"))
      #expect(arguments.first == "training-gitlab" && arguments.dropFirst(3).starts(with: ["--host", host]))
      #expect(arguments.last?.hasPrefix("\(companion.address):2") == true)
    }
  }

  @Test("nobody where the world has nobody, where a host refuses, or where a hop on the way fails")
  func silence() async throws {
    #expect(try await companions("10.1.2.3", "192.168.10.40", "192.168.10.41", "192.168.10.30") == [])
  }

  @Test("once a security group lets builds in, somebody is there")
  func mended() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let maven = IPAddress.v4(TrainingHost.having(.maven).address)
    let network = BuildNetwork.confined(gitLab: maven, others: [], hosts: [])
    #expect(try await workspace.surroundings.companions(network) == [])
    let port = try #require(try trainee.place.ports["maven.corp.example"])
    try workspace.addToInventory(
      InventoryDraft(
        .securityGroupRule,
        [
          .securityGroupId: ["sg-bp1maven0e8t3w6y1kz4c"], .portRange: ["\(port)/\(port)"], .peer: ["100.104.0.0/16"],
        ]))
    #expect(try await workspace.surroundings.companions(network).map(\.address) == [maven])
  }

  @Test("nobody in a network that isn't confined, and nobody for an own workspace")
  func open() async throws {
    #expect(try await Trainee().workspace().surroundings.companions(.open) == [])
    let ip = IPAddress.v4(try #require(IPv4Address("192.168.10.20")))
    let network = BuildNetwork.confined(gitLab: ip, others: [], hosts: [])
    #expect(try await Surroundings.real.companions(network) == [])
  }

  @Test("a host that isn't there, or an address that is none, is refused", arguments: ["closed.lab.example", "none"])
  func badHosts(name: String) async throws {
    let path = try Trainee().store.path
    await #expect(throws: Refusal.self) {
      try await TrainingCompanion.serve(workspace: path, host: name, listen: "127.0.0.1:1")
    }
  }

  @Test("busybox is taken only where it needs no library")
  func statics() {
    func elf(_ types: [UInt8]) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 64 + 56 * types.count)
      bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1])
      bytes[32] = 64
      bytes[54] = 56
      bytes[56] = UInt8(types.count)
      for (index, type) in types.enumerated() { bytes[64 + 56 * index] = type }
      return bytes
    }
    #expect(Busybox.isStatic(elf([1, 1, 6])))
    #expect(!Busybox.isStatic(elf([1, 3, 1])))
    #expect(!Busybox.isStatic(elf([])))
    #expect(!Busybox.isStatic(Array(elf([1]).prefix(66))))
    #expect(!Busybox.isStatic(Array("#!/bin/sh\n".utf8)))
    #expect(TrainingSamples.all(busybox: nil, page: nil).count == 6)
    #expect((TrainingWorkspace.missingSamples == nil) == (Busybox.program != nil))
  }
}
