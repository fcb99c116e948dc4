import Glibc

/// The secrets of one transaction: new ones are written before its line, replaced ones removed after it.
struct PendingSecrets {
  let layout: WorkspaceLayout
  let files: any FileOperations
  private(set) var added: [SecretID] = []
  private(set) var replaced: [SecretID] = []

  init(layout: WorkspaceLayout, files: any FileOperations) {
    self.layout = layout
    self.files = files
  }

  mutating func add(_ bytes: [UInt8]) throws(StoreError) -> SecretID {
    var generator = SystemRandomNumberGenerator()
    let id = SecretID(using: &generator)
    let folder = layout.path(WorkspaceLayout.secrets)
    let flaw: SecretFlaw?
    do throws(FileFault) {
      if try files.status(folder) == nil { try files.ensureFolder(folder, in: layout) }
      flaw = try files.flaw(ofSecretFolder: folder)
    } catch {
      throw .cannotWrite(error)
    }
    if let flaw { throw .secretUnsafe(id, path: folder, flaw) }
    added.append(id)
    do throws(FileFault) {
      try files.writeNew(layout.path(WorkspaceLayout.secret(id)), bytes)
      try files.syncFolder(folder)
    } catch {
      throw .cannotWrite(error)
    }
    return id
  }

  mutating func replace(_ id: SecretID) { replaced.append(id) }

  /// The transaction came to nothing: nothing refers to the new ones. What can't be removed now is an orphan, and
  /// is collected later.
  func discard() { remove(added) }

  func removeReplaced() { remove(replaced) }

  private func remove(_ ids: [SecretID]) {
    for id in ids { try? files.removeFile(layout.path(WorkspaceLayout.secret(id))) }
  }
}
