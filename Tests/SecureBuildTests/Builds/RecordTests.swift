import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("Records of builds")
struct RecordTests {
  @Test("a torn tail is no part of a record, and is cut off before the next event")
  func tornTail() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("stage CLONE")
    let whole = try yard.text(id, "record.jsonl")
    for torn in ["{", #"{"At":"2026-11-25T03:19:38.123Z","What":{"started":{}}}"#, "\u{0}\u{0}"] {
      try yard.append(torn, to: id)
      #expect(try yard.builds.record(id).status == .pending, "\(torn)")
      try Data(whole.utf8).write(to: URL(filePath: yard.path(id, "record.jsonl")))
    }
    try yard.append("{\"At\":", to: id)
    try await yard.runner().run()
    #expect(try yard.builds.record(id).status == .success)
    #expect(try yard.text(id, "record.jsonl").hasPrefix(whole))
  }

  @Test("a damaged record is named by file and line, and hides no other")
  func damaged() async throws {
    let yard = try BuildYard()
    let ids = try (0..<3).map { _ in try yard.queue("say hello") }
    try yard.append("{\"At\":1}\n", to: ids[1])
    let page = try yard.builds.records()
    #expect(page.records.map(\.id) == [ids[2], ids[0]])
    #expect(page.unreadable.map(\.code) == [.workspaceDamaged])
    #expect(page.unreadable.first?.message.en.contains("builds/cri-local-1/\(ids[1])/record.jsonl:2") == true)
    // The runner leaves it alone and builds the others.
    let notes = Notes()
    try await yard.runner().run(noting: notes.add)
    #expect(try [ids[0], ids[2]].map { try yard.builds.record($0).status } == [.success, .success])
    #expect(notes.all.contains { $0.contains(ids[1]) && $0.contains("record.jsonl:2") })
  }

  @Test("pages go from the newest to the oldest, of one instance or of all")
  func pages() throws {
    let yard = try BuildYard()
    let ids = try (0..<25).map { try yard.queue("say hello", instance: $0 % 2 == 0 ? "even" : "odd") }
    var (seen, next): ([String], String?) = ([], nil)
    repeat {
      let page = try yard.builds.records(before: next, limit: 7)
      #expect(page.records.count <= 7)
      seen += page.records.map(\.id)
      next = page.next
    } while next != nil
    #expect(seen == ids.reversed())
    let even = try yard.builds.records(of: "even", limit: 100)
    #expect(even.records.map(\.id) == ids.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).reversed())
    #expect(even.next == nil)
    #expect(try yard.builds.records(of: "nobody").records.isEmpty)
    #expect(try yard.builds.records(limit: 25).next == nil)
  }

  @Test("a page of many builds reads no record but those that it shows")
  func boundedPages() throws {
    let yard = try BuildYard()
    let last = try yard.queue("say hello")
    let folder = yard.folder + "/builds/cri-local-1"
    // Records that can't be read: reading one would be told.
    for number in 0..<2000 {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/build-local-20200101T000000-\(10_000_000 + number)", withIntermediateDirectories: false)
    }
    let page = try yard.builds.records(limit: 1)
    #expect(page.records.map(\.id) == [last] && page.unreadable.isEmpty && page.next == last)
    #expect(try yard.builds.counts() == (1, 0))
  }

  @Test("the newest are found in one pass, and no more are kept than were asked for")
  func newest() {
    var newest = NewestPlaces(limit: 5, before: "b-0900")
    for number in (0..<1000).shuffled() {
      newest.offer("b-" + String("000\(number)".suffix(4)), in: "x")
      #expect(newest.places.count <= 5)
    }
    #expect(newest.places.map(\.id) == ["b-0899", "b-0898", "b-0897", "b-0896", "b-0895"])
  }

  @Test("a deleted build is gone with its log; one that isn't over stays")
  func deleting() async throws {
    let yard = try BuildYard()
    let (id, other) = (try yard.queue("say hello"), try yard.queue("say hello"))
    #expect(refused { try yard.builds.delete(id) }?.code == .buildIsRunning)
    try await yard.runner().run()
    try yard.builds.delete(id)
    #expect(refused { _ = try yard.builds.record(id) }?.code == .noSuchBuild)
    #expect(!FileManager.default.fileExists(atPath: yard.path(id, "")))
    #expect(try yard.builds.records().records.map(\.id) == [other])
    let orphan = try yard.orphan()
    #expect(refused { try yard.builds.delete(orphan) }?.code == .buildIsRunning)
  }
}
