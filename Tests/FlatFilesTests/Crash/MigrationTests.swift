import FlatFiles
import Glibc
import RecordedDisk
import Testing

/// Older formats are brought up to date. Nothing is older than format 1, so the tests define one that isn't there: format 1
/// keeps all records in one file, format 2 is written as this program writes.
@Suite(.crashPointsCounted) struct MigrationTests {
  static let formats = Formats(
    newest: 2, steps: [1: Formats.Step(owns: { ["records.json", "workspace.json"].contains($0) }, next: modern)])

  /// What the records of an older workspace come to: the files of a new one.
  @Sendable static func modern(_ files: Formats.Files) throws(StoreError) -> Formats.Files {
    let old = files["records.json"] ?? []
    guard let json = JSONValue(text: String(decoding: old, as: UTF8.self)), case .object(let names) = json else {
      throw .damaged(Damage(file: "records.json", line: 1, column: 1, flaw: .notJSON(expected: "object")))
    }
    do {
      let disk = RecordedDisk()
      _ = try Store.create(
        at: Scenario.folder, WorkspaceHeader(id: "w-1", kind: "own", created: "2020-01-01T00:00:00Z"), files: disk,
        by: "ada@host", as: "migration", at: "2026-11-24T20:00:00Z"
      ) { transaction in
        for (id, name) in names.sorted(by: { $0.key < $1.key }) {
          try transaction.put(.instance, id, json: ["InstanceName": name])
        }
      }
      return disk.image.files(of: Scenario.folder).filter { $0.key != "lock" }
    } catch {
      throw .notWorkspace(path: "\(error)")
    }
  }

  private static let header =
    #"{"created":"2020-01-01T00:00:00Z","format":1,"id":"w-1","kind":"own","note":"kept"}"# + "\n"
  private static let records = #"{"cri-1":"one","cri-2":"two"}"#

  /// A workspace of format 1.
  private static func old(records: String = records) -> DiskImage {
    let disk = RecordedDisk()
    for folder in ["/home", Scenario.folder] { try? disk.createFolder(folder) }
    for (name, text) in [("workspace.json", header), ("records.json", records), ("lock", "")] {
      guard let file = try? disk.open("\(Scenario.folder)/\(name)", .createNew) else { continue }
      _ = try? file.write(Array(text.utf8)[...], at: 0)
    }
    return disk.image
  }

  private func open(_ disk: RecordedDisk) throws -> Store {
    try Store(opening: Scenario.folder, files: disk, formats: Self.formats, waiting: .never)
  }

  @Test("An older workspace is brought up to date when it is opened, said once, and its old files are kept")
  func migrates() throws {
    let disk = RecordedDisk(Self.old())
    let store = try open(disk)
    #expect(try store.state().instances == ["cri-1=one", "cri-2=two"])
    #expect(store.header.format == 2 && store.header.id == "w-1" && store.header.members == ["note": "kept"])
    #expect(store.takeNotices() == [.migrated(from: 1, to: 2, kept: "history/format.1")])
    let files = disk.image.files(of: Scenario.folder)
    #expect(files["history/format.1/records.json"] == Array(Self.records.utf8))
    #expect(files["history/format.1/workspace.json"] == Array(Self.header.utf8))
    #expect(files["records.json"] == nil)
    try Scenario.change(.instance, "cri-3", ["InstanceName": "three"])(store)
    let again = try open(disk)
    #expect(try again.state().instances == ["cri-1=one", "cri-2=two", "cri-3=three"] && again.takeNotices().isEmpty)
    #expect(try !again.check(waiting: .never).contains(where: \.isDamage))
  }

  @Test("A program that knows only the older format refuses it from then on, and touches nothing")
  func olderProgram() throws {
    let disk = RecordedDisk(Self.old())
    _ = try open(disk)
    let there = RecordedDisk(disk.image)
    #expect(throws: StoreError.newerFormat(path: Scenario.folder, found: 2, known: 1)) { try Scenario.open(there) }
    #expect(there.log.events.isEmpty)
  }

  @Test("What its step can't read stays as it is, and is named")
  func unreadable() throws {
    let disk = RecordedDisk(Self.old(records: "[]"))
    #expect(
      throws: StoreError.damaged(Damage(file: "records.json", line: 1, column: 1, flaw: .notJSON(expected: "object")))
    ) {
      try open(disk)
    }
    #expect(disk.log.events.isEmpty)
  }

  @Test(
    "A power cut at any point of a migration, or any operation that fails, loses nothing: the next opening finishes it")
  func cutOff() throws {
    let disk = RecordedDisk(Self.old())
    _ = try open(disk)
    let operations = disk.operations
    let expected = ["cri-1=one", "cri-2=two"]
    for point in 0...disk.log.events.count {
      for image in disk.log.prefix(point).powerCuts(tears: 3, subsetsOf: 4) {
        try requireMigrated(image, expected, "cut off at \(point)")
      }
    }
    for operation in 0..<operations {
      for code in [EIO, ENOSPC] {
        let failing = RecordedDisk(Self.old(), faults: [DiskFault(operation: .number(operation), code: code)])
        _ = try? open(failing)
        for image in failing.log.extremePowerCuts { try requireMigrated(image, expected, "failed at \(operation)") }
      }
    }
  }

  private func requireMigrated(_ image: DiskImage, _ expected: [String], _ what: String) throws {
    Aftermath.count("migration")
    let disk = RecordedDisk(image)
    let store = try open(disk)
    guard try store.state().instances == expected else { throw Shortcoming("\(what): \(try store.state().instances)") }
    guard try !store.check(waiting: .never).contains(where: \.isDamage) else { throw Shortcoming("\(what): damage") }
    let kept = disk.image.files(of: Scenario.folder)["history/format.1/records.json"]
    guard kept == Array(Self.records.utf8) else { throw Shortcoming("\(what): the old files are gone") }
    try Scenario.change(.instance, "cri-3", ["InstanceName": "three"])(store)
  }
}

extension DiskImage {
  /// All files below a folder, by their names from there.
  func files(of folder: String, _ prefix: String = "") -> [String: [UInt8]] {
    guard let inode = inode(folder), let node = nodes[inode] else { return [:] }
    var found: [String: [UInt8]] = [:]
    for (name, inode) in node.names {
      guard let child = nodes[inode] else { continue }
      if child.isFolder {
        found.merge(files(of: "\(folder)/\(name)", "\(prefix)\(name)/")) { $1 }
      } else {
        found[prefix + name] = child.bytes
      }
    }
    return found
  }
}
