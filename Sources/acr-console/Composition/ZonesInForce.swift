import SecureBuild
import Synchronization

/// The zone table of the workspace that this run of the program opened, for what is shown of zones and regions.
enum ZonesInForce {
  private static let opened = Mutex(ZoneTable.builtIn)

  static var table: ZoneTable { opened.withLock { $0 } }

  static func set(_ table: ZoneTable) { opened.withLock { $0 = table } }
}
