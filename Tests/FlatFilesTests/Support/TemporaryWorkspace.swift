import FlatFiles
import Foundation
import Testing

/// A folder of its own on the real disk, gone with the last reference.
final class TemporaryWorkspace: Sendable {
  /// Not there until `create` makes it.
  let path: String
  private let parent: URL

  init() throws {
    parent = FileManager.default.temporaryDirectory.appending(path: "flat-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: false)
    path = parent.appending(path: "workspace").path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(at: parent) }

  static let header = WorkspaceHeader(id: "w-1", kind: "own", created: "2026-11-24T20:00:00Z")

  @discardableResult
  func create(_ body: (inout Transaction) throws -> Void = { _ in }) throws -> Store {
    try Store.create(
      at: path, Self.header, by: "ada@host", as: "workspace init", at: "2026-11-24T20:00:00Z", body)
  }

  func open(waiting: LockWait = .never) throws -> Store { try Store(opening: path, waiting: waiting) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }

  func append(_ name: String, _ bytes: [UInt8]) throws {
    let handle = try #require(FileHandle(forWritingAtPath: file(name)))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(bytes))
  }

  /// Replaces a piece of a file.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let before = try text(name)
    try #require(before.contains(old), "\(name) has no \(old): \(before)")
    try write(name, before.replacing(old, with: new))
  }

  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  func names(_ folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
  }
}

extension Store {
  /// A change that needs no ceremony.
  @discardableResult
  func change<Value: Sendable>(
    _ request: String = "change", _ body: (inout Transaction) throws -> Value
  ) throws -> Committed<Value> {
    try commit(by: "ada@host", as: request, at: "2026-11-24T20:00:01Z", waiting: .never, body)
  }

  func put(_ kind: RecordKind, _ id: String, _ value: JSONValue) throws {
    try change { transaction in try transaction.put(kind, id, json: value) }
  }

  func drop(_ kind: RecordKind, _ id: String) throws {
    _ = try change { transaction in try transaction.drop(kind, id) }
  }
}

extension StoreState {
  /// Ids and names of the instances, in order.
  var instances: [String] {
    get throws {
      try records(.instance).map { "\($0.id)=\($0.text(of: "InstanceName") ?? "?")" }
    }
  }
}
