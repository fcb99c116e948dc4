import Glibc

/// The two ends of a bare pseudo-terminal. Whoever opened it closes both.
public struct PseudoTerminal: Sendable {
  /// Where keys are written and the screen is read.
  public let master: Int32
  /// The terminal itself, open so that it outlives the programs at it.
  public let slave: Int32
  /// The terminal's path.
  public let name: String

  /// - Parameters:
  ///   - width: in cells, as `height`; 0 for a line that doesn't know.
  public init(width: UInt16, height: UInt16) throws(SpawnFault) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
    let code = Spawn.withoutChildren {
      guard openpty(&master, &slave, nil, nil, &size) == 0 else { return errno }
      Spawn.closeOnExec(master, slave)
      return 0
    }
    guard code == 0 else { throw SpawnFault(program: "openpty", code: code) }
    guard let path = ttyname(slave) else { throw SpawnFault(program: "ttyname", code: errno) }
    (self.master, self.slave, name) = (master, slave, String(cString: path))
  }
}
