import Glibc
import SecureBuild

extension Confinement {
  /// Builds an image in a box of its own. The result is in `result`.
  /// - Throws: `BuildFailure` (a step failed, time, memory, disk), `CancellationError`; what `output` throws. Nothing
  ///   of the box runs any more then.
  func buildImage(_ order: ImageOrder, output: @escaping @Sendable ([UInt8]) throws -> Void) async throws {
    let box = BoxFolder(path: folders.box)
    do {
      try box.make(
        hosts: Self.hostsFile(order.hosts), resolver: resolver,
        runs32Bit: order.platforms.contains { $0 != .linuxAmd64 && $0 != .linuxArm64 })
      for (number, platform) in order.platforms.enumerated() {
        let command = BuildahCommand(
          order: order, platform: platform, index: order.platforms.count > 1 ? "localhost/\(plan.request.id)" : nil,
          isLast: number == order.platforms.count - 1, driver: folders.driver)
        try box.say(BoxConfiguration(running: command.arguments(), largestFile: disk.allowed))
        try await run("box\(number)", output)
      }
    } catch let fault as FileFault {
      throw BuildFailures.file(fault, in: .build)
    } catch let part as MissingPart {
      throw BuildFailure(part, in: .build)
    } catch let fault as ProgramFault {
      throw BuildFailures.missing(fault, in: .build)
    }
  }

  /// This machine's name servers, where the network is this machine's.
  private var resolver: [UInt8] {
    if case .open = plan.network { (try? Files.start(of: "/etc/resolv.conf", count: 1 << 16)) ?? [] } else { [] }
  }

  private enum Outcome: Sendable {
    case ended(ProgramEnd)
    case diskIsFull
  }

  private func run(_ name: String, _ output: @escaping @Sendable ([UInt8]) throws -> Void) async throws {
    let processes = "--nproc=\(plan.limits.processes):\(plan.limits.processes)"
    let call = ProgramCall(
      try Programs.need("prlimit"),
      [processes, try Programs.need("crun")] + Self.crun + ["run", "--bundle", CellFolders.inside + "/box", name],
      limit: .seconds(plan.limits.stage), silence: .seconds(plan.limits.silence))
    let words = LastWords(hiding: plan.secrets)
    let outcome: Outcome
    do {
      outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
        group.addTask {
          .ended(
            try await self.asOwner.run(call) { piece in
              words.take(piece)
              try output(piece)
            })
        }
        group.addTask {
          try await self.disk.untilFull { try await self.size() }
          return .diskIsFull
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
      }
    } catch {
      await end(name)
      throw error
    }
    switch outcome {
    case .ended(.exited(0)): return
    case .ended(.exited(let status)): throw failure(status, words.text)
    case .ended(let end):
      await self.end(name)
      throw BuildFailures.time(end, in: .build) ?? failure(-1, words.text)
    case .diskIsFull:
      await end(name)
      throw BuildFailures.overDisk(disk.allowed)
    }
  }

  static let crun = ["--root", CellFolders.inside + "/crun", "--cgroup-manager=disabled"]

  /// Ends what runs in a box, and the box.
  private func end(_ name: String) async {
    // Detached: also where this task was cancelled.
    await Task.detached {
      guard let crun = Programs.find("crun") else { return }
      _ = try? await self.asOwner.capture(
        ProgramCall(crun, Self.crun + ["delete", "--force", name], limit: .seconds(10)))
    }.value
  }

  /// What the build's folders hold, bytes.
  private func size() async throws -> Int {
    let inside = CellFolders.inside
    let answer = try await asOwner.capture(
      ProgramCall(try Programs.need("du"), ["-s", "--block-size=1", "--", inside + "/work", inside + "/store"]))
    return answer.text.split(separator: "\n").compactMap { Int($0.prefix { $0 != "\t" }) }.reduce(0, +)
  }

  private func failure(_ status: Int32, _ words: String) -> BuildFailure {
    if limits.ranOutOfMemory { return BuildFailures.outOfMemory(plan.limits.memory) }
    if words.contains("no space left on device") || words.contains("No space left on device") {
      return BuildFailures.full(in: .build)
    }
    let phase = (try? HostFile.lines("\(folders.work)/\(BuildahCommand.phaseFile)"))?.first ?? ""
    let complaint = words.split(whereSeparator: \.isNewline).last { $0.hasPrefix("Error: ") }.map { $0.dropFirst(7) }
    let said = PlainLine.of(String(complaint ?? words.suffix(400)))
    return switch phase {
    case "steps": BuildFailures.step(said, status)
    case "bases": BuildFailures.unpacking(said)
    default: BuildFailures.box(said, status)
    }
  }
}
