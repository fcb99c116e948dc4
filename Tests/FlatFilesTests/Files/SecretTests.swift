import FlatFiles
import Foundation
import Glibc
import Testing

@Suite struct SecretTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create()
  }

  private func bind(_ token: String) throws -> SecretID {
    try store.change { transaction in
      let id = try transaction.addSecret(Array(token.utf8))
      if let old = try transaction.record(.binding, "cri-1")?.text(of: "Secret").flatMap(SecretID.init) {
        transaction.removeSecret(old)
      }
      try transaction.put(.binding, "cri-1", json: ["Secret": .string(id.text)])
      return id
    }.value
  }

  @Test("A secret is a file of its own that nobody else can read, and in no other file")
  func modes() throws {
    let mask = umask(0)
    defer { umask(mask) }
    let id = try bind("glpat-secret")
    #expect(try store.readSecret(id) == Array("glpat-secret".utf8))
    #expect(try workspace.mode("secrets/\(id)") == 0o600)
    #expect(try workspace.mode("secrets") == 0o700)
    try store.compact()
    for name in try FileManager.default.subpathsOfDirectory(atPath: workspace.path) where !name.hasPrefix("secrets") {
      let bytes = FileManager.default.contents(atPath: workspace.file(name)) ?? Data()
      #expect(!String(decoding: bytes, as: UTF8.self).contains("glpat-secret"), "in \(name)")
    }
  }

  @Test("A replaced secret goes once the change is durable")
  func replaced() throws {
    let old = try bind("glpat-old")
    let new = try bind("glpat-new")
    #expect(try workspace.names("secrets") == [new.text])
    #expect(throws: StoreError.secretMissing(old)) { try store.readSecret(old) }
  }

  @Test("A secret of a change that came to nothing goes, the one it should replace stays")
  func discarded() throws {
    struct Refused: Error {}
    let old = try bind("glpat-old")
    #expect(throws: Refused.self) {
      try store.change { transaction in
        _ = try transaction.addSecret(Array("glpat-new".utf8))
        transaction.removeSecret(old)
        throw Refused()
      }
    }
    #expect(try workspace.names("secrets") == [old.text])
    _ = try store.change { transaction in try transaction.addSecret(Array("glpat-unused".utf8)) }
    #expect(try workspace.names("secrets") == [old.text])
  }

  @Test("Secrets that nothing refers to are collected; other files in the folder aren't touched")
  func orphans() throws {
    let kept = try bind("glpat-kept")
    let orphan = String(repeating: "a", count: 32)
    try workspace.write("secrets/\(orphan)", "glpat-orphan")
    try workspace.write("secrets/note.txt", "mine")
    #expect(try store.collectOrphanedSecrets { try Contents.secrets(in: $0) } == 1)
    #expect(try workspace.names("secrets") == [kept.text, "note.txt"].sorted())
    #expect(try store.collectOrphanedSecrets { try Contents.secrets(in: $0) } == 0)
  }

  @Test("What an unfinished line may refer to isn't collected")
  func orphansOfTornLine() throws {
    _ = try bind("glpat-kept")
    let journal = try workspace.text("journal.1.jsonl")
    try workspace.write("journal.1.jsonl", String(journal.dropLast()))
    let names = try workspace.names("secrets")
    #expect(try workspace.open().collectOrphanedSecrets { try Contents.secrets(in: $0) } == 0)
    #expect(try workspace.names("secrets") == names && names.count == 1)
  }

  @Test("What a line refers to that a repair couldn't take isn't collected: it may be put back by hand")
  func orphansOfLostLine() throws {
    let lost = try bind("glpat-lost")
    try store.put(.instance, "one", ["InstanceName": "one"])
    let line = try #require(
      try workspace.text("journal.1.jsonl").split(separator: "\n").first { $0.contains(lost.text) })
    try workspace.edit("journal.1.jsonl", String(line), String(line.dropFirst()))
    let repair = try Store.repair(
      at: workspace.path, by: "eve@host", as: "workspace repair", time: "2026-11-24T21:00:00Z", waiting: .never)
    #expect(repair.kept != nil)
    let orphan = String(repeating: "a", count: 32)
    try workspace.write("secrets/\(orphan)", "glpat-orphan")
    #expect(try workspace.open().collectOrphanedSecrets { try Contents.secrets(in: $0) } == 1)
    #expect(try workspace.names("secrets") == [lost.text])
  }

  @Test("A secret that others can read is refused", arguments: [0o644, 0o640, 0o660, 0o700, 0o604])
  func openFile(_ mode: Int) throws {
    let id = try bind("glpat-secret")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: workspace.file("secrets/\(id)"))
    let flaw = SecretFlaw.mode(UInt32(mode))
    #expect(throws: StoreError.secretUnsafe(id, path: workspace.file("secrets/\(id)"), flaw)) {
      try store.readSecret(id)
    }
    #expect(try store.check() == [.unsafeSecret(id, path: workspace.file("secrets/\(id)"), flaw)])
  }

  @Test("So are all in a folder that others can read, and no secret is put there")
  func openFolder() throws {
    let id = try bind("glpat-secret")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: workspace.file("secrets"))
    #expect(throws: StoreError.secretUnsafe(id, path: workspace.file("secrets"), .mode(0o755))) {
      try store.readSecret(id)
    }
    #expect(throws: StoreError.self) { try bind("glpat-another") }
    #expect(try workspace.names("secrets") == [id.text])
  }

  @Test("A symbolic link is no secret, and no folder of secrets")
  func links() throws {
    let id = try bind("glpat-secret")
    try FileManager.default.moveItem(atPath: workspace.file("secrets/\(id)"), toPath: workspace.file("secrets/real"))
    try FileManager.default.createSymbolicLink(
      atPath: workspace.file("secrets/\(id)"), withDestinationPath: workspace.file("secrets/real"))
    #expect(throws: StoreError.secretUnsafe(id, path: workspace.file("secrets/\(id)"), .notARegularFile)) {
      try store.readSecret(id)
    }
    let elsewhere = try TemporaryWorkspace()
    try elsewhere.create()
    try FileManager.default.removeItem(atPath: workspace.file("secrets"))
    try FileManager.default.createSymbolicLink(
      atPath: workspace.file("secrets"), withDestinationPath: elsewhere.file("secrets"))
    #expect(throws: StoreError.self) { try bind("glpat-another") }
    #expect(try elsewhere.names("secrets") == [])
  }

  @Test("A secret of another user is refused", .enabled(if: geteuid() == 0, "only root can give a file away"))
  func owner() throws {
    let id = try bind("glpat-secret")
    #expect(chown(workspace.file("secrets/\(id)"), 65534, 65534) == 0)
    #expect(throws: StoreError.secretUnsafe(id, path: workspace.file("secrets/\(id)"), .owner(65534))) {
      try store.readSecret(id)
    }
  }

  @Test(
    "An id is 32 hexadecimal digits, nothing that leads elsewhere",
    arguments: ["", "../x", "A", "0123456789abcdef0123456789abcde/", "0123456789ABCDEF0123456789ABCDEF"])
  func ids(_ text: String) {
    #expect(SecretID(text) == nil)
  }
}
