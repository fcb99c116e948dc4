import FlatFiles
import Testing

@testable import SecureBuild

@Suite struct LazyRows {
  /// 1,000 instances, a tenth of them in Beijing.
  private func world() throws -> World {
    let world = try World()
    _ = try world.workspace.change("import") { transaction in
      for number in 0..<999 {
        let instance = Instance(
          id: "cri-\(number)", name: "App-\(number)", regionId: number % 10 == 0 ? "cn-beijing" : "cn-shanghai",
          status: .stopped, specification: .basic, createTime: Timestamp("2026-01-01T00:00:00Z"), known: .confirmed,
          at: world.clock.now(), by: "anna@bastion")
        try transaction.put(.instance, instance.id, instance)
      }
      try transaction.put(.instance, "cri-odd", json: .object(["InstanceStatus": .string("MELTING")]))
    }
    return world
  }

  @Test func `counts are peeked, and rows decode nothing`() throws {
    let world = try world()
    let reading = world.workspace.latest
    #expect(try reading.instanceCounts() == ["cn-hangzhou": 1, "cn-beijing": 100, "cn-shanghai": 899, "": 1])
    let rows = try reading.instanceRows(in: nil, matching: " ")
    #expect(rows.count == 1001 && rows.isComplete)
    #expect(rows[0].id == world.instance.id && rows[0].status == .running && rows[0].created == nil)
    #expect(rows[1].name == "App-0" && rows[1].specification == .basic)
    #expect(rows[1].created == Timestamp("2026-01-01T00:00:00Z"))
    // A record that can't be decoded is a row all the same.
    #expect(rows[1000].id == "cri-odd" && rows[1000].status == .other("MELTING") && rows[1000].name.isEmpty)
  }

  @Test func `rows of a region are found as far as they are needed`() throws {
    let reading = try world().workspace.latest
    var rows = try reading.instanceRows(in: "cn-beijing", matching: "")
    #expect(rows.count == 0 && !rows.isComplete)
    rows.find(atLeast: 7)
    #expect(rows.count == 7 && !rows.isComplete)
    #expect(rows[6].id == "cri-60")
    #expect(rows.find("cri-300") == 30)
    #expect(!rows.isComplete)
    rows.find(atLeast: .max)
    #expect(rows.count == 100 && rows.isComplete)
    #expect(rows.find("cri-1") == nil)
  }

  @Test(arguments: [
    ("app-99", 10), ("APP-998", 1), ("cri-5", 111), ("melting", 0), ("-0", 1), ("local", 1), ("build", 1),
  ])
  func `a search looks at names and ids without case`(text: String, count: Int) throws {
    var rows = try world().workspace.latest.instanceRows(in: nil, matching: text)
    rows.find(atLeast: .max)
    #expect(rows.count == count)
  }

  @Test func `a search is within the region`() throws {
    var rows = try world().workspace.latest.instanceRows(in: "cn-beijing", matching: "app-99")
    rows.find(atLeast: .max)
    #expect((0..<rows.count).map { rows[$0].id } == ["cri-990"])
  }
}

@Suite struct Workspaces {
  @Test func `an own workspace is empty at first and opens again`() throws {
    let world = try World()
    let again = try world.other()
    #expect(again.kind == .own)
    #expect(try again.instances() == [world.instance])
    #expect(try again.store.history().last?.request == "workspace init")
    #expect(
      refused { _ = try Workspace.createOwn(at: world.folder, surroundings: world.workspace.surroundings) }?.code
        == .workspaceExists)
    let missing = refused {
      _ = try Workspace.open(at: world.folder + "-none") { _ in world.workspace.surroundings }
    }
    #expect(missing?.code == .noWorkspace && missing?.exit == 74)
    #expect(missing?.mend.en.contains("workspace init") == true)
  }

  @Test func `a reading stays what it was`() throws {
    let world = try World()
    let before = world.workspace.latest
    _ = try world.link()
    #expect(try before.links(of: world.instance.id).isEmpty)
    #expect(try world.workspace.latest.links(of: world.instance.id).count == 1)
  }

  @Test func `another process's change is seen at the next read`() throws {
    let world = try World()
    _ = try world.other().addVpc(region: "cn-beijing", cidr: "10.0.0.0/8")
    #expect(try world.workspace.latest.networks(in: "cn-beijing").isEmpty)
    #expect(try world.workspace.networks(in: "cn-beijing").count == 1)
  }
}
