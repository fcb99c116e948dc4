import Glibc

extension Store.Working {
  /// Brings the generation up to what the files say. Wants the lock held, shared at least.
  @discardableResult
  mutating func refresh(_ layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) -> LiveGeneration {
    let found = try files.readHeader(in: layout, formats)
    // A handle is one workspace's: what was decided for it, and the secrets that it was given, are for no other. Looked at
    // each time: another's files may have been copied over these, in their places.
    guard found.id == header.id, found.kind == header.kind else {
      throw .replaced(path: layout.folder, expected: header.id, found: found.id)
    }
    guard Migration.isDone(found, formats) else {
      // Another process is cut off in it, or an older copy was put back: whoever opens the workspace brings it up to date.
      throw .damaged(Damage(file: WorkspaceLayout.header, line: 0, column: 0, flaw: .member("format")))
    }
    header = found
    let current = try files.readCurrent(in: layout)
    if let live, live.number >= current, try live.isInPlace() {
      var caughtUp = live
      self.live = nil
      do throws(StoreError) {
        try caughtUp.catchUp()
        self.live = caughtUp
        return caughtUp
      } catch .damaged(let damage) where damage.flaw == .shorter {
        // Somebody put an older copy in place, or cut a line off that was never durable: read it all anew.
      }
    }
    live = nil
    isSettled = false
    let opened = try files.openLive(current, in: layout)
    live = opened
    return opened
  }
}

extension FileOperations {
  func readHeader(in layout: WorkspaceLayout, _ formats: Formats) throws(StoreError) -> WorkspaceHeader {
    do throws(StoreError) {
      let source = try readWhole(WorkspaceLayout.header, in: layout)
      return try WorkspaceHeader(reading: source, path: layout.folder, formats)
    } catch .damaged(let damage) where damage.flaw == .missing {
      throw .notWorkspace(path: layout.folder)
    } catch .cannotRead(let fault) where fault.code == ENOTDIR {
      throw .notWorkspace(path: layout.folder)
    }
  }

  /// The generation that `current` names.
  func readCurrent(in layout: WorkspaceLayout) throws(StoreError) -> Int {
    let source = try readWhole(WorkspaceLayout.current, in: layout)
    let text = String(decoding: source.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = text.first, let generation = Int(first), generation > 0 else {
      throw .damaged(
        Damage(file: WorkspaceLayout.current, line: 1, column: 1, flaw: .notJSON(expected: "generation number")))
    }
    return generation
  }

  /// Opens the generation in use. That is the one that `current` names, unless a later one goes on from it and has
  /// transactions: then `current` was set back by a power cut, after a sync that told no truth.
  /// - Throws: ``StoreError/damaged(_:)`` where a later one has transactions and doesn't go on from it: then a copy was
  ///   put back over a workspace, and it isn't for the store to say which of the two is wanted.
  func openLive(_ current: Int, in layout: WorkspaceLayout) throws(StoreError) -> LiveGeneration {
    var live = try LiveGeneration(current, in: layout, self)
    for number in try journalGenerations(in: layout) where number > current {
      // Without a snapshot, or with that of another generation, it is somebody's copy.
      guard try isBegun(number, in: layout), try hasSnapshot(number, in: layout),
        try isOfAnother(number, in: layout) != true
      else { continue }
      let later = try LiveGeneration(number, in: layout, self)
      guard later.length > 0 else { continue }
      guard later.snapshot.manifest.sequence == live.state.sequence, later.snapshot.manifest.chain == live.chain else {
        let flaw = Damage.Flaw.sequence(expected: live.state.sequence)
        throw .damaged(Damage(file: WorkspaceLayout.manifest(number), line: 1, column: 0, flaw: flaw))
      }
      live = later
    }
    return live
  }

  /// The generations that have a journal in the workspace's folder, in order. Those beside the live one are what a
  /// compaction left, unless somebody has written to them.
  func journalGenerations(in layout: WorkspaceLayout) throws(StoreError) -> [Int] {
    do throws(FileFault) {
      return try list(layout.folder).compactMap(WorkspaceLayout.generation(ofJournal:)).sorted()
    } catch {
      throw .cannotRead(error)
    }
  }

  func hasSnapshot(_ number: Int, in layout: WorkspaceLayout) throws(StoreError) -> Bool {
    do throws(FileFault) {
      return try status(layout.path(WorkspaceLayout.snapshot(number)))?.kind == .folder
    } catch {
      throw .cannotRead(error)
    }
  }

  /// Whether a generation's manifest says that it is another's; nil where it can't be read.
  func isOfAnother(_ number: Int, in layout: WorkspaceLayout) throws(StoreError) -> Bool? {
    guard let source = try readIfSound(WorkspaceLayout.manifest(number), in: layout),
      let generation = (try? JSONValue(source.bytes[...]))?["generation"]?.integer
    else { return nil }
    return generation != number
  }

  /// Whether a generation's journal has been written to.
  func isBegun(_ number: Int, in layout: WorkspaceLayout) throws(StoreError) -> Bool {
    do throws(FileFault) {
      return try status(layout.path(WorkspaceLayout.journal(number))).map { $0.size > 0 } ?? false
    } catch {
      throw .cannotRead(error)
    }
  }
}

extension WorkspaceHeader {
  init(reading source: SourceText, path: String, _ formats: Formats) throws(StoreError) {
    let json: JSONValue
    do throws(JSONFlaw) {
      json = try JSONValue(source.bytes[...])
    } catch {
      throw source.damaged(atByte: error.offset, .notJSON(expected: error.expected))
    }
    func lacks(_ member: String) -> StoreError {
      .damaged(Damage(file: source.file, line: 0, column: 0, flaw: .member(member)))
    }
    guard case .object(var members) = json, let format = members.removeValue(forKey: "format")?.integer, format > 0
    else { throw lacks("format") }
    guard format <= formats.newest else {
      throw .newerFormat(path: path, found: format, known: formats.newest)
    }
    guard let id = members.removeValue(forKey: "id")?.text else { throw lacks("id") }
    guard let kind = members.removeValue(forKey: "kind")?.text else { throw lacks("kind") }
    guard let created = members.removeValue(forKey: "created")?.text else { throw lacks("created") }
    self.init(format: format, id: id, kind: kind, created: created, members: members)
  }

  var text: [UInt8] {
    var all = members
    all["format"] = .number(String(format))
    all["id"] = .string(id)
    all["kind"] = .string(kind)
    all["created"] = .string(created)
    return JSONValue.object(all).canonical + [0x0A]
  }
}

extension SourceText {
  /// Damage at a byte of a text of several lines.
  func damaged(atByte offset: Int, _ flaw: Damage.Flaw) -> StoreError {
    let before = bytes.prefix(offset)
    let line = before.count { $0 == 0x0A } + 1
    let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return .damaged(Damage(file: file, line: line, column: column, flaw: flaw))
  }
}
