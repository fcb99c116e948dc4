import Glibc

/// A program that couldn't be started.
public struct SpawnFault: Error, CustomStringConvertible {
  public let program: String
  public let code: Int32

  public init(program: String, code: Int32) {
    self.program = program
    self.code = code
  }

  public var description: String { "\(program): \(String(cString: strerror(code)))" }
}
