import FlatFiles

/// `secrets/<id>.helper`: says that a credential helper has, or may have, a secret of this workspace's, from before the
/// helper gets it until it gives it no more. In it is the helper's name, and nothing secret. Who has one in hand holds its
/// lock, which goes with the process.
final class HelperMarker: Sendable {
  let id: SecretID
  /// The name of the helper that was given the secret.
  let helper: String
  private let folder: String
  private let lock: FileLock

  private init(_ id: SecretID, _ helper: String, in folder: String, _ lock: FileLock) {
    self.id = id
    self.helper = helper
    self.folder = folder
    self.lock = lock
  }

  private static let suffix = ".helper"
  private static let files = POSIXFiles()

  private static func path(_ id: SecretID, in folder: String) -> String { "\(folder)/\(id)\(suffix)" }

  static func name(_ id: SecretID) -> String { "\(id)\(suffix)" }

  /// Makes one under a fresh id, durably.
  static func make(for helper: String, in folder: String) throws(FileFault) -> HelperMarker {
    if try files.status(folder) == nil { try files.createFolder(folder) }
    var generator = SystemRandomNumberGenerator()
    while true {
      let id = SecretID(using: &generator)
      let path = path(id, in: folder)
      try files.writeNew(path, Array((helper + "\n").utf8))
      try files.syncFolder(folder)
      // Before it is locked it looks like one that was left behind: then somebody else may be removing it.
      guard let lock = try? FileLock(path, making: false), lock.tryToTake(.exclusive), try files.status(path) != nil
      else { continue }
      return HelperMarker(id, helper, in: folder, lock)
    }
  }

  /// The ids of all that there are.
  static func all(in folder: String) throws(StoreError) -> [SecretID] {
    let names: [String]
    do {
      names = try files.status(folder) == nil ? [] : files.list(folder)
    } catch {
      throw .cannotRead(error)
    }
    return names.filter { $0.hasSuffix(suffix) }.compactMap { SecretID(String($0.dropLast(suffix.count))) }
      .sorted { $0.text < $1.text }
  }

  /// Takes one in hand; nil where somebody else has it, or it is gone.
  static func take(_ id: SecretID, in folder: String) -> HelperMarker? {
    let path = path(id, in: folder)
    guard let lock = try? FileLock(path, making: false), lock.tryToTake(.exclusive),
      let file = try? files.open(path, .read), let bytes = try? file.read(at: 0, count: 4096)
    else { return nil }
    let helper = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self).withoutControls
    return HelperMarker(id, helper, in: folder, lock)
  }

  func remove() throws(StoreError) {
    do {
      try Self.files.removeFile(Self.path(id, in: folder))
      try Self.files.syncFolder(folder)
    } catch {
      throw .cannotWrite(error)
    }
  }
}
