import ArgumentParser

/// An option that isn't there, looked for before anything is said of those that are: the parser asks a command whether
/// its values make sense first, and takes the value of an unknown option for one more of them.
enum UnknownOption {
  /// Whether commands are parsed without a look at their values.
  @TaskLocal static var isSought = false

  /// What the parser says of a command line whose values make no sense, if it isn't that; else `error`.
  static func error(insteadOf error: any Error) -> any Error {
    guard AcrConsole.exitCode(for: error) == .validationFailure else { return error }
    do {
      _ = try $isSought.withValue(true) { try AcrConsole.parseAsRoot() }
      return error
    } catch let unknown {
      return unknown
    }
  }
}
