import FlatFiles
import Testing

@testable import SecureBuild

@Suite struct SortedRows {
  /// Name, status, specification, when it was made.
  private static let instances: [(String, InstanceStatus, InstanceSpecification, String?)] = [
    ("build-10", .running, .basic, "2026-03-01T00:00:00Z"), ("Build-2", .stopped, .advanced, nil),
    ("镜像", .running, .standard, "2026-01-01T00:00:00Z"), ("build-02", .pending, .basic, "2026-03-01T00:00:00Z"),
    ("alpha", .stopped, .advanced, "2025-01-01T00:00:00Z"),
  ]

  private func world() throws -> World {
    let world = try World()
    _ = try world.workspace.change("import") { transaction in
      for (number, (name, status, specification, created)) in Self.instances.enumerated() {
        let instance = Instance(
          id: "cri-\(number * 5)", name: name, regionId: "cn-beijing", status: status, specification: specification,
          createTime: created.flatMap { Timestamp($0) }, known: .confirmed, at: world.clock.now(), by: "anna@bastion")
        try transaction.put(.instance, instance.id, instance)
      }
      // A newer version's: neither status nor name.
      try transaction.put(.instance, "cri-odd", json: .object(["RegionId": .string("cn-beijing")]))
    }
    return world
  }

  private func order(_ rows: InstanceRows) -> [String] { (0..<rows.count).map { rows[$0].id } }

  @Test(arguments: [
    (InstanceColumn.name, false, ["cri-20", "cri-5", "cri-15", "cri-0", "cri-10", "cri-odd"]),
    (.name, true, ["cri-10", "cri-0", "cri-5", "cri-15", "cri-20", "cri-odd"]),
    (.id, false, ["cri-0", "cri-5", "cri-10", "cri-15", "cri-20", "cri-odd"]),
    (.id, true, ["cri-odd", "cri-20", "cri-15", "cri-10", "cri-5", "cri-0"]),
    (.status, false, ["cri-15", "cri-0", "cri-10", "cri-5", "cri-20", "cri-odd"]),
    (.specification, true, ["cri-5", "cri-20", "cri-10", "cri-0", "cri-15", "cri-odd"]),
    (.created, false, ["cri-20", "cri-10", "cri-0", "cri-15", "cri-5", "cri-odd"]),
    (.created, true, ["cri-0", "cri-15", "cri-10", "cri-20", "cri-5", "cri-odd"]),
  ])
  func `rows are in the order of a column, those without a value last`(
    column: InstanceColumn, descending: Bool, ids: [String]
  ) throws {
    let reading = try world().workspace.latest
    let rows = try reading.instanceRows(in: "cn-beijing", matching: "", sortedBy: column, descending: descending)
    #expect(rows.isComplete)
    #expect(order(rows) == ids)
  }

  @Test func `sorted rows are found by id, and filtered as unsorted ones are`() throws {
    let reading = try world().workspace.latest
    var rows = try reading.instanceRows(in: nil, matching: "build", sortedBy: .name)
    #expect(order(rows).map { $0.contains("local") ? "prod" : $0 } == ["cri-5", "cri-15", "cri-0", "prod"])
    #expect(rows.find("cri-0") == 2 && rows.find("cri-20") == nil)
  }

  @Test(arguments: [
    ("build-2", "build-10", true), ("build-10", "build-2", false), ("a", "B", true), ("b", "A", false),
    ("a", "a", false),
    ("a", "a1", true), ("192.168.9.1", "192.168.10.1", true), ("x007", "x7", false), ("x7", "x007", false),
    ("", "a", true),
    ("v1.10", "v1.9", false), ("99999999999999999999", "100000000000000000000", true), ("中", "文", true),
  ])
  func `names are in the order that people expect`(a: String, b: String, isBefore: Bool) {
    #expect(NaturalOrder.isBefore(a, b) == isBefore)
  }

  @Test(arguments: [
    ("CN-hang", "cn-Hangzhou", true), (" x ", "axb", true), ("", "anything", true), ("zz", "z", false),
    ("ÄB", "xäby", true), ("镜像", "大镜像库", true),
  ])
  func `a text is held without regard to case`(wanted: String, text: String, holds: Bool) {
    #expect(TextSearch.holds(wanted, in: text) == holds)
  }

  /// Rows 0, 1 and 3 are builds.
  @Test(arguments: [
    (-1, false, 0), (0, false, 1), (1, false, 3), (3, false, 0), (4, false, 0), (99, false, 0), (0, true, 3),
    (3, true, 1), (1, true, 0), (99, true, 3), (-1, true, 3), (2, true, 1),
  ])
  func `n and N go to the next match, and round the end`(row: Int, backwards: Bool, found: Int) throws {
    let reading = try world().workspace.latest
    for column in [nil, InstanceColumn.id] {
      var rows = try reading.instanceRows(in: "cn-beijing", matching: "", sortedBy: column)
      #expect(rows.next("BUILD", from: row, backwards: backwards) == found)
    }
  }

  @Test func `the only match is found from itself`() throws {
    var rows = try world().workspace.latest.instanceRows(in: "cn-beijing", matching: "")
    #expect(rows.next("alpha", from: 4) == 4 && rows.next("alpha", from: 4, backwards: true) == 4)
  }

  @Test func `rows are looked on for only as far as a match`() throws {
    let world = try world()
    _ = try world.workspace.change("import") { transaction in
      for number in 100..<1000 {
        try transaction.put(
          .instance, "cri-\(number)",
          json: .object(["InstanceName": .string("App-\(number)"), "RegionId": .string("cn-beijing")]))
      }
    }
    var rows = try world.workspace.latest.instanceRows(in: "cn-beijing", matching: "")
    let next = rows.next("app-200", from: 3)
    let found = try #require(next)
    #expect(rows[found].id == "cri-200" && rows.count < 300 && !rows.isComplete)
    #expect(rows.next("alpha", from: found) == 4)
    #expect(rows.isComplete)
    #expect(rows.next("nowhere", from: 0) == nil && rows.next("  ", from: 0) == nil)
  }
}
