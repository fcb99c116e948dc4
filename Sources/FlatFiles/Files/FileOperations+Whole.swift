import Glibc

extension FileOperations {
  /// Opens a file of the workspace that must be there; a missing or irregular one is damage.
  func openExisting(
    _ name: String, in layout: WorkspaceLayout, _ access: FileAccess
  ) throws(StoreError) -> any OpenFile {
    let file: any OpenFile
    let status: FileStatus
    do throws(FileFault) {
      file = try open(layout.path(name), access)
      status = try file.status()
    } catch {
      switch error.code {
      case ENOENT: throw .damaged(Damage(file: name, line: 0, column: 0, flaw: .missing))
      case ELOOP, EISDIR: throw .damaged(Damage(file: name, line: 0, column: 0, flaw: .notARegularFile))
      case ENOTDIR where name.contains("/"):
        let folder = String(name.prefix { $0 != "/" })
        throw .damaged(Damage(file: folder, line: 0, column: 0, flaw: .notAFolder))
      default: throw .cannotRead(error)
      }
    }
    guard status.kind == .file else {
      throw .damaged(Damage(file: name, line: 0, column: 0, flaw: .notARegularFile))
    }
    guard status.size <= WorkspaceLayout.largest else {
      throw .damaged(Damage(file: name, line: 0, column: 0, flaw: .tooLarge))
    }
    return file
  }

  func readWhole(_ name: String, in layout: WorkspaceLayout) throws(StoreError) -> SourceText {
    let file = try openExisting(name, in: layout, .read)
    do throws(FileFault) {
      return SourceText(file: name, bytes: try file.read(at: 0, count: try file.status().size))
    } catch {
      throw .cannotRead(error)
    }
  }

  /// A folder of the workspace, where there is one, is no link to another and no pipe: that is damage.
  func expectFolder(_ name: String, in layout: WorkspaceLayout) throws(StoreError) {
    let found: FileStatus?
    do throws(FileFault) {
      found = try status(layout.path(name))
    } catch {
      throw .cannotRead(error)
    }
    if let found, found.kind != .folder {
      throw .damaged(Damage(file: name, line: 0, column: 0, flaw: .notAFolder))
    }
  }

  /// A new file with these contents, durable (its name is not, until the folder is synced).
  package func writeNew(_ path: String, _ bytes: [UInt8]) throws(FileFault) {
    let file = try open(path, .createNew)
    try file.writeAll(bytes[...], at: 0)
    try file.syncContents()
  }
}

extension OpenFile {
  /// Goes on after short writes until all is written.
  package func writeAll(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(FileFault) {
    var written = 0
    while written < bytes.count {
      written += try write(bytes.dropFirst(written), at: offset + written)
    }
  }
}
