import FlatFiles

extension Builds {
  /// A build by its id.
  /// - Throws: `Refusal` `NoSuchBuild`.
  public func record(_ id: String) throws(Refusal) -> BuildRecord { try record(at: try place(of: id)) }

  /// Records, newest first.
  /// - Parameters:
  ///   - instance: only those of this instance.
  ///   - before: only those older than this id; a page's `next` goes on after it.
  ///   - limit: how many. No others are read, however many there are.
  public func records(
    of instance: String? = nil, before: String? = nil, limit: Int = 100
  ) throws(Refusal) -> BuildPage {
    var newest = NewestPlaces(limit: max(1, limit) + 1, before: before)
    for folder in try instanceFolders(of: instance) {
      try readingIfThere { () throws(FileFault) in
        try files.forEachName(in: folders.instance(folder)) { newest.offer($0, in: folder) }
      }
    }
    let places = newest.places
    var page = BuildPage(records: [], unreadable: [], next: nil)
    for place in places.prefix(max(1, limit)) {
      do throws(Refusal) {
        page.records.append(try record(at: place))
      } catch {
        // Deleted meanwhile; else the others are still shown.
        if error.code != .noSuchBuild { page.unreadable.append(error) }
      }
    }
    if places.count > max(1, limit) { page.next = places[max(1, limit) - 1].id }
    return page
  }

  /// The builds that aren't over, in the order in which they come up: it reads no others.
  public func live(of instance: String? = nil) throws(Refusal) -> [BuildRecord] {
    let folder = instance.map(BuildPlace.folder(of:))
    var records: [BuildRecord] = []
    for place in try queued() where folder == nil || folder == place.instanceFolder {
      do throws(Refusal) {
        let record = try record(at: place)
        if !record.status.isOver { records.append(record) }
      } catch {
        if error.code != .noSuchBuild { throw error }
      }
    }
    return records
  }

  /// How many wait and how many are being built.
  public func counts(of instance: String? = nil) throws(Refusal) -> (pending: Int, building: Int) {
    let live = try live(of: instance)
    let building = live.count { $0.status == .building }
    return (live.count - building, building)
  }

  func record(at place: BuildPlace) throws(Refusal) -> BuildRecord {
    let folder = folders.build(place)
    var record: BuildRecord
    do {
      let lines = try LineFile.lines(of: "\(folder)/\(BuildFile.record)")
      record = try BuildLines.record(
        of: lines, file: "builds/\(place.instanceFolder)/\(place.id)/\(BuildFile.record)")
    } catch let fault as FileFault {
      throw fault.isMissing ? .noSuchBuild(place.id) : Refusal(StoreError.cannotRead(fault))
    } catch {
      throw Refusal(error)
    }
    guard !record.status.isOver else { return record }
    record.isCancelling = (try? files.status("\(folder)/\(BuildFile.cancel)")).flatMap(\.self) != nil
    record.isOrphaned = record.status == .building && !isWorkedOn(place)
    return record
  }

  /// Whether somebody holds its lease. Where that can't be known, somebody does.
  private func isWorkedOn(_ place: BuildPlace) -> Bool {
    guard let lease = try? FileLock("\(folders.build(place))/\(BuildFile.lease)", making: false) else { return true }
    return lease.isTaken
  }

  func place(of id: String) throws(Refusal) -> BuildPlace {
    guard BuildPlace.isId(id) else { throw .noSuchBuild(id) }
    for folder in try instanceFolders(of: nil) {
      let place = BuildPlace(id: id, instanceFolder: folder)
      if try reading({ () throws(FileFault) in try files.status(folders.build(place)) })?.kind == .folder {
        return place
      }
    }
    throw .noSuchBuild(id)
  }

  private func instanceFolders(of instance: String?) throws(Refusal) -> [String] {
    if let instance { return [BuildPlace.folder(of: instance)] }
    var names: [String] = []
    try readingIfThere { () throws(FileFault) in
      names = try files.list(folders.all).filter { !BuildFolders.own.contains($0) && !$0.hasPrefix(".") }
    }
    return names
  }

  private func readingIfThere(_ body: () throws(FileFault) -> Void) throws(Refusal) {
    do throws(FileFault) { try body() } catch { if !error.isMissing { throw Refusal(StoreError.cannotRead(error)) } }
  }
}

/// A slice of the list of builds.
public struct BuildPage: Sendable {
  /// Newest first.
  public internal(set) var records: [BuildRecord]
  /// What should be among them and can't be read, and why.
  public internal(set) var unreadable: [Refusal]
  /// What to give as `before` for those that follow; nil at the end.
  public internal(set) var next: String?
}

extension Refusal {
  static func noSuchBuild(_ id: String) -> Refusal {
    Refusal(
      .noSuchBuild, message: Phrase("There is no build “\(id)” (any more).", "构建“\(id)”不存在（或已被删除）。"),
      mend: Phrase("See `acr-console build list` for those there are.", "可用 `acr-console build list` 查看现有的构建。"))
  }
}
