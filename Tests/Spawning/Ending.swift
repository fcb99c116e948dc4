/// How a process ended, or that it stopped.
public enum Ending: Equatable, Sendable {
  case exited(Int32)
  case killed(by: Int32)
  case stopped(by: Int32)

  public init(status: Int32) {
    switch status & 0x7f {
    case 0: self = .exited(status >> 8 & 0xff)
    case 0x7f: self = .stopped(by: status >> 8 & 0xff)
    default: self = .killed(by: status & 0x7f)
    }
  }

  /// As a shell has it in `$?`.
  public var shellStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .killed(let signal), .stopped(let signal): 128 + signal
    }
  }
}
