import SecureBuild
import Subprocess
import Synchronization

/// Runs programs on this machine, as the user who runs this process.
struct HostPrograms: ProgramRunner {
  func run(
    _ call: ProgramCall, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: (@Sendable ([UInt8]) throws -> Void)?
  ) async throws -> ProgramEnd {
    if call.isTied {
      try Task.checkCancellation()
      let (lifeline, inner) = try Lifeline.make()
      defer { lifeline.letGo() }
      let input = FileDescriptorInput.fileDescriptor(.init(rawValue: inner), closeAfterSpawningProcess: true)
      return try await run(call.tied(), input: input, output: output, errors: errors)
    } else if let input = call.input {
      // Not through Subprocess's own pipe: a program that is gone before it has read all of it ends this process there.
      try Task.checkCancellation()
      let (line, inner) = try Lifeline.make()
      let giving = Task { await line.give(input) }
      defer { giving.cancel() }
      let given = FileDescriptorInput.fileDescriptor(.init(rawValue: inner), closeAfterSpawningProcess: true)
      return try await run(call, input: given, output: output, errors: errors)
    } else {
      return try await run(call, input: .none, output: output, errors: errors)
    }
  }

  private func run(
    _ call: ProgramCall, input: some InputProtocol, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: (@Sendable ([UInt8]) throws -> Void)?
  ) async throws -> ProgramEnd {
    try Task.checkCancellation()
    let watch = ProgramWatch(limit: call.limit, silence: call.silence)
    let end: TerminationStatus
    do {
      if let errors {
        end = try await Subprocess.run(call.configuration, input: input, output: .sequence, error: .sequence) {
          execution in
          let stop = { @Sendable in execution.killSession() }
          try await watch.whileRunning(stop: stop) {
            try await withThrowingTaskGroup(of: Void.self) { group in
              group.addTask { try await execution.standardOutput.pass(to: output, heard: watch) }
              group.addTask { try await execution.standardError.pass(to: errors, heard: watch) }
              try await group.waitForAll()
            }
          }
        }.terminationStatus
      } else {
        end = try await Subprocess.run(
          call.configuration, input: input, output: .sequence, error: .combinedWithOutput
        ) { execution in
          let stop = { @Sendable in execution.killSession() }
          try await watch.whileRunning(stop: stop) {
            try await execution.standardOutput.pass(to: output, heard: watch)
          }
        }.terminationStatus
      }
    } catch let fault as SubprocessError {
      try Task.checkCancellation()
      throw ProgramFault(program: call.program, reason: fault.description)
    }
    try Task.checkCancellation()
    if let early = watch.end { return early }
    return switch end {
    case .exited(let code): .exited(code)
    case .signaled(let signal): .signalled(signal)
    }
  }
}

extension ProgramCall {
  /// The shell's part in it: the program runs beside one who waits for the end of the standard input, and then ends
  /// all of the session. No data is part of it.
  private static let tie = #"""
    exec 3<&0 </dev/null
    "$@" 3<&- &
    program=$!
    { read -r line <&3; kill -KILL 0; } >/dev/null 2>&1 &
    watch=$!
    exec 3<&-
    wait "$program"
    status=$?
    kill -KILL "$watch"
    exit "$status"
    """#

  /// The same program, ended with its standard input, which it doesn't get.
  fileprivate func tied() throws(MissingPart) -> ProgramCall {
    var outer = self
    outer.program = try Programs.need("sh")
    outer.arguments = ["-c", Self.tie, "sh", program] + arguments
    return outer
  }

  /// As swift-subprocess takes it. Leading a session, all that a program starts can be killed with it.
  var configuration: Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    return Configuration(
      executable: .path(.init(program)), arguments: .init(arguments), environment: .custom(variables),
      workingDirectory: folder.map { .init($0) }, platformOptions: options)
  }
}

extension Execution {
  /// Kills the program and all of its session. One that has ended by itself is no fault.
  fileprivate func killSession() { try? send(signal: .kill, toProcessGroup: true) }
}

extension SubprocessOutputSequence {
  fileprivate func pass(to output: @Sendable ([UInt8]) throws -> Void, heard watch: ProgramWatch) async throws {
    for try await piece in self {
      watch.heard()
      try output(piece.withUnsafeBytes { Array($0) })
    }
  }
}
