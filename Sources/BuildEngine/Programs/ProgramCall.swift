/// A program with all that it gets: it inherits nothing of this process but what is said here.
struct ProgramCall: Sendable, Equatable {
  /// From the root; see `Programs.find`.
  var program: String
  var arguments: [String]
  /// Exactly this, and nothing of this process's own.
  var environment: [String: String]
  /// Where it starts; nil leaves it where this process is.
  var folder: String?
  /// What it reads; nil is /dev/null.
  var input: [UInt8]?
  /// How long it may run.
  var limit: Duration?
  /// How long it may say nothing.
  var silence: Duration?
  /// Whether it is ended with this process, however that ends: what runs in a cell is so anyway. It reads nothing then.
  var isTied = false

  init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = Programs.environment,
    folder: String? = nil, input: [UInt8]? = nil, limit: Duration? = nil, silence: Duration? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
    self.limit = limit
    self.silence = silence
  }
}

/// How a program came to its end.
enum ProgramEnd: Sendable, Equatable {
  case exited(Int32)
  case signalled(Int32)
  /// It took longer than it may, and was killed.
  case timedOut
  /// It said nothing for longer than it may, and was killed.
  case silent

  var isSuccess: Bool { self == .exited(0) }
}

/// A program that couldn't be started.
struct ProgramFault: Error, Sendable, Equatable, CustomStringConvertible {
  let program: String
  let reason: String

  var description: String { "\(program): \(reason)" }
}

/// What a program that was run to its end said.
struct ProgramAnswer: Sendable, Equatable {
  let end: ProgramEnd
  let output: [UInt8]
  let errors: [UInt8]

  var text: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}
