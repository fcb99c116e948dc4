import FlatFiles
import Foundation
import Testing

/// What a repair makes of each kind of damage; the workspace is sound afterwards, and everything replaced is kept.
@Suite struct RepairTests {
  private let workspace: TemporaryWorkspace

  /// Three instances in the snapshot of the second generation, two more in its journal.
  init() throws {
    workspace = try TemporaryWorkspace()
    let store = try workspace.create()
    for name in ["one", "two", "three"] { try store.put(.instance, name, ["InstanceName": .string(name)]) }
    try store.compact()
    for name in ["four", "five"] { try store.put(.instance, name, ["InstanceName": .string(name)]) }
    try store.put(.instance, "one", ["InstanceName": "uno"])
  }

  @Test("What can be read is kept, and the workspace is sound afterwards", arguments: damages)
  func repaired(_ damage: Damaged) throws {
    try damage.spoil(workspace)
    #expect(try Store.check(at: workspace.path).contains(where: \.isDamage))
    let files = try workspace.contents()
    let rehearsed = try repair(dryRun: true)
    #expect(try workspace.contents() == files && rehearsed.kept == nil)
    let done = try repair()
    #expect(done.steps == damage.steps && rehearsed.steps == damage.steps)

    let store = try workspace.open()
    #expect(try store.state().instances == damage.instances)
    let findings = try store.check()
    #expect(findings.allSatisfy { if case .setAside = $0 { true } else { false } }, "\(findings)")
    let history = try store.history(limit: 100)
    #expect(history.map(\.sequence) == Array((1...history.count).reversed()))
    #expect(history[0].request == "workspace repair" && history[0].actor == "eve@host")
    try store.put(.instance, "six", ["InstanceName": "six"])
    #expect(try workspace.open().state().instances == damage.instances + ["six=six"])

    // Whatever is other than it was is kept as it was.
    let kept = try #require(done.kept)
    for (name, bytes) in files where try workspace.bytes(name) != bytes && name != "journal.2.jsonl" {
      #expect(try workspace.bytes("\(kept)/\(name.replacing("/", with: "."))") == bytes, "\(name)")
    }
    #expect(try workspace.bytes("\(kept)/journal.2.jsonl") == files["journal.2.jsonl"])
  }

  @Test("Check names every line that is damaged, also where the first keeps the workspace from being opened")
  func checked() throws {
    try workspace.edit("journal.2.jsonl", #""InstanceName":"four""#, #""InstanceName":"vier""#)
    try workspace.edit("snapshot.2/instance.jsonl", #"{"InstanceName":"two"}"#, "{")
    try workspace.edit("history/journal.1.jsonl", #""InstanceName":"three""#, #""InstanceName":"drei""#)
    let damages = try Store.check(at: workspace.path).compactMap { finding in
      if case .damage(let damage) = finding { "\(damage.file):\(damage.line)" } else { nil }
    }
    #expect(damages == ["journal.2.jsonl:1", "history/journal.1.jsonl:4", "snapshot.2/instance.jsonl:2"])
  }

  @Test("What isn't damaged stays as it is, an unfinished last line too")
  func sound() throws {
    let files = try workspace.contents()
    #expect(try repair().steps.isEmpty && workspace.contents() == files)
    try workspace.append("journal.2.jsonl", Array("{\"at\":".utf8))
    let torn = try workspace.contents()
    #expect(try repair().steps.isEmpty && workspace.contents() == torn)
    try workspace.write("journal.2.jsonl", String(decoding: files["journal.2.jsonl"] ?? [], as: UTF8.self))
    try workspace.edit("journal.2.jsonl", #""InstanceName":"uno""#, #""InstanceName":"1""#)
    let spoilt = try workspace.contents()
    #expect(try !Store.check(at: workspace.path).contains(where: \.isDamage))
    #expect(try repair().steps.isEmpty && workspace.contents() == spoilt)
  }

  @Test("A copy that was put back over a later workspace counts, what it was put over is kept")
  func otherPast() throws {
    let old = try workspace.contents()
    let store = try workspace.open()
    try store.compact()
    try store.put(.instance, "late", ["InstanceName": "late"])
    let late = try workspace.text("journal.3.jsonl")
    try FileManager.default.createDirectory(atPath: workspace.file("snapshot.2"), withIntermediateDirectories: false)
    for (name, bytes) in old { try workspace.write(name, String(decoding: bytes, as: UTF8.self)) }
    try FileManager.default.removeItem(atPath: workspace.file("history/journal.2.jsonl"))
    // The copy went on, so that the later one doesn't.
    try FileManager.default.createDirectory(atPath: workspace.file("elsewhere"), withIntermediateDirectories: false)
    for name in ["journal.3.jsonl", "snapshot.3"] {
      try FileManager.default.moveItem(atPath: workspace.file(name), toPath: workspace.file("elsewhere/\(name)"))
    }
    try workspace.open().put(.instance, "other", ["InstanceName": "other"])
    for name in ["journal.3.jsonl", "snapshot.3"] {
      try FileManager.default.moveItem(atPath: workspace.file("elsewhere/\(name)"), toPath: workspace.file(name))
    }
    #expect(throws: StoreError.self) { try workspace.open() }

    let done = try repair()
    #expect(done.steps == [.setAside(file: "journal.3.jsonl")])
    #expect(try workspace.open().state().instances == Self.before + ["other=other"])
    #expect(try workspace.text("\(try #require(done.kept))/journal.3.jsonl") == late)
    try workspace.open().put(.instance, "six", ["InstanceName": "six"])
    #expect(try !workspace.open().check().contains(where: \.isDamage))
  }

  @Test("A current that names a generation which the history has, whose snapshot was put back, isn't believed")
  func leftoverSnapshot() throws {
    let snapshot = workspace.file("snapshot.2")
    try FileManager.default.copyItem(atPath: snapshot, toPath: workspace.file("elsewhere"))
    let store = try workspace.open()
    try store.compact()
    try store.put(.instance, "late", ["InstanceName": "late"])
    try FileManager.default.moveItem(atPath: workspace.file("elsewhere"), toPath: snapshot)
    try workspace.write("current", "2\n")
    #expect(try repair().steps == [.rewritten(file: "current")])
    #expect(try workspace.open().state().instances == Self.before + ["late=late"])
  }

  @Test("A handle that was open goes on with what was repaired")
  func openHandle() throws {
    let store = try workspace.open()
    _ = try store.state().instances
    try workspace.edit("journal.2.jsonl", #""InstanceName":"five""#, #""InstanceName":"5555""#)
    _ = try repair()
    #expect(try store.state().instances == ["one=uno", "two=two", "three=three", "four=four", "five=5555"])
    try store.put(.instance, "six", ["InstanceName": "six"])
    #expect(try workspace.open().state().instances.last == "six=six")
  }

  @Test("Without its workspace.json there is nothing to repair")
  func noHeader() throws {
    try workspace.write("workspace.json", "{\n")
    let files = try workspace.contents()
    #expect(throws: StoreError.self) { try repair() }
    #expect(try workspace.contents() == files)
  }

  private func repair(dryRun: Bool = false) throws -> Repair {
    try Store.repair(
      at: workspace.path, by: "eve@host", as: "workspace repair", time: "2026-11-24T21:00:00Z", dryRun: dryRun,
      waiting: .never)
  }
}

extension TemporaryWorkspace {
  func bytes(_ name: String) throws -> [UInt8]? { FileManager.default.contents(atPath: file(name)).map(Array.init) }

  /// Every file by its name.
  func contents() throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      if let bytes = try bytes(name) { found[name] = bytes }
    }
    return found
  }
}
