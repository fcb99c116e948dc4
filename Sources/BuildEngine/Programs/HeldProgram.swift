import Subprocess
import Synchronization

/// A program that runs beside others on this machine, and ends when its standard input does, which only this process
/// holds: nothing of it outlives this process.
final class HeldProgram: Sendable {
  /// What it says, line by line; ends with the program. For one reader.
  let lines: AsyncStream<String>
  /// Its number on this machine.
  let pid: Int32
  private let lifeline: Lifeline
  private let said: Kept
  private let running: Task<Void, Never>
  private let over = Mutex(false)

  private init(
    pid: Int32, lines: AsyncStream<String>, lifeline: Lifeline, said: Kept, running: Task<Void, Never>
  ) {
    self.pid = pid
    self.lines = lines
    self.lifeline = lifeline
    self.said = said
    self.running = running
    Task.detached { [weak self] in
      await running.value
      self?.over.withLock { $0 = true }
    }
  }

  /// Starts it. What is given of time and input in `call` doesn't count.
  /// - Throws: `ProgramFault`.
  static func start(_ call: ProgramCall) async throws(ProgramFault) -> HeldProgram {
    let (lifeline, inner) = try Lifeline.make()
    let (lines, feed) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
    let said = Kept(limit: 16 << 10)
    let (starts, start) = AsyncStream.makeStream(of: Result<Int32, ProgramFault>.self)
    let running = Task.detached {
      do {
        _ = try await Subprocess.run(
          call.configuration, input: .fileDescriptor(.init(rawValue: inner), closeAfterSpawningProcess: true),
          output: .sequence, error: .combinedWithOutput
        ) { execution in
          start.yield(.success(execution.processIdentifier.value))
          var line: [UInt8] = []
          for try await piece in execution.standardOutput {
            let bytes = piece.withUnsafeBytes { Array($0) }
            said.take(bytes)
            for byte in bytes {
              if byte == UInt8(ascii: "\n") {
                feed.yield(String(decoding: line, as: UTF8.self))
                line.removeAll(keepingCapacity: true)
              } else if line.count < 4096 {
                line.append(byte)
              }
            }
          }
          if !line.isEmpty { feed.yield(String(decoding: line, as: UTF8.self)) }
        }
      } catch let fault as SubprocessError {
        start.yield(.failure(ProgramFault(program: call.program, reason: fault.description)))
      } catch {}
      feed.finish()
      start.finish()
    }
    // Detached: a caller that was cancelled meanwhile still gets what it has to close.
    let outcome = await Task.detached { () -> Result<Int32, ProgramFault> in
      for await outcome in starts { return outcome }
      return .failure(ProgramFault(program: call.program, reason: "it didn't start"))
    }.value
    return HeldProgram(pid: try outcome.get(), lines: lines, lifeline: lifeline, said: said, running: running)
  }

  /// The beginning of all that it has said so far.
  var text: String { String(decoding: said.bytes, as: UTF8.self) }

  func write(_ text: String) { lifeline.write(text) }

  /// Whether it hasn't ended yet.
  var isRunning: Bool { !over.withLock { $0 } }

  /// Waits for its end, however long that takes.
  func ended() async { await running.value }

  /// Ends its input, and waits for its end; one that doesn't care is killed with its session. Also where the caller
  /// was cancelled.
  func close() async {
    lifeline.letGo()
    let patience = Task.detached {
      try? await Task.sleep(for: .seconds(2))
      if !Task.isCancelled { self.running.cancel() }
    }
    await running.value
    patience.cancel()
  }
}
