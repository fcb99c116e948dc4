import FlatFiles
import Foundation
import Glibc
import Testing

/// Root in a workspace of somebody else's: `sudo acr-console build start`.
@Suite(.enabled(if: geteuid() == 0, "wants root: NOT tested")) struct OwnerTests {
  @Test("What root makes in somebody's workspace is theirs, and root may use their secrets")
  func theirs() throws {
    let workspace = try TemporaryWorkspace()
    try workspace.create()
    let owner: uid_t = 65534
    for name in [""] + (FileManager.default.subpaths(atPath: workspace.path) ?? []) {
      try #require(lchown(workspace.file(name), owner, owner) == 0)
    }
    let store = try workspace.open()
    let id = try store.change { transaction in
      let id = try transaction.addSecret(Array("glpat-theirs".utf8))
      try transaction.put(.binding, "cri-1", json: ["Secret": .string(id.text)])
      return id
    }.value
    try store.put(.instance, "one", ["InstanceName": "one"])
    try store.compact()
    try workspace.append("journal.2.jsonl", Array("{".utf8))
    try store.put(.instance, "two", ["InstanceName": "two"])
    for name in FileManager.default.subpaths(atPath: workspace.path) ?? [] {
      var found = stat()
      #expect(lstat(workspace.file(name), &found) == 0 && found.st_uid == owner && found.st_gid == owner, "\(name)")
    }
    #expect(try store.readSecret(id) == Array("glpat-theirs".utf8))
    #expect(try !store.check().contains(where: \.isDamage))
  }
}
