import FlatFiles
import Foundation
import Testing

/// Real processes on a real disk.
@Suite(.timeLimit(.minutes(10))) struct ProcessTests {
  let workspace: TemporaryWorkspace
  let writer = RecordKind("writer")

  init() throws {
    workspace = try TemporaryWorkspace()
    try workspace.create()
  }

  @Test("Processes that race, and compact, lose no change of each other")
  func racing() throws {
    let names = ["ada", "bob", "cyd"]
    let processes = try names.map { try OtherProcess.writer(workspace, name: $0, count: 60) }
    let said = processes.map { $0.rest() }
    for process in processes { #expect(process.wait() == 0) }
    let store = try workspace.open()
    for name in names {
      #expect(try store.state().record(writer, name)?.value()["Count"]?.integer == 60)
    }
    let sequences = said.flatMap { $0 }.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
    #expect(sequences.sorted() == Array(2...181))
    #expect(store.latest.generation == 4)
    #expect(try store.check().isEmpty)
  }

  @Test("A process that waits while another compacts writes to the new generation, not to the old one")
  func compactedUnderIt() throws {
    let process = try OtherProcess.writer(workspace, name: "ada", count: 1_000_000)
    let store = try workspace.open(waiting: .patient)
    var line = ""
    for _ in 0..<30 {
      try store.compact()
      line = try #require(process.line())
    }
    process.kill()
    let last = process.rest().last ?? line
    let acknowledged = try #require(last.split(separator: " ").last.flatMap { Int($0) })
    let count = try #require(try store.state().record(writer, "ada")?.value()["Count"]?.integer)
    #expect(count == acknowledged || count == acknowledged + 1)
    #expect(store.latest.generation > 30)
    #expect(try store.history(limit: 10_000).count == count + 1)
    #expect(try !store.check().contains { $0.isDamage })
  }

  @Test("A process that is killed loses nothing that it acknowledged", arguments: [1, 7, 49, 50, 51])
  func killed(_ lines: Int) throws {
    let process = try OtherProcess.writer(workspace, name: "ada", count: 1_000_000)
    for _ in 0..<lines { _ = try #require(process.line()) }
    process.kill()
    let last = process.rest().last ?? "\(lines + 1) \(lines)"
    let acknowledged = try #require(last.split(separator: " ").last.flatMap { Int($0) })

    let store = try workspace.open()
    let count = try #require(try store.state().record(writer, "ada")?.value()["Count"]?.integer)
    #expect(count == acknowledged || count == acknowledged + 1)
    try store.put(.instance, "cri-1", ["InstanceName": "next"])
    #expect(try !store.check().contains { $0.isDamage })
    #expect(try store.history(limit: 10_000).count == count + 2)
  }
}
