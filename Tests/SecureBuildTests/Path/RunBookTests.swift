import FlatFiles
import Testing

@testable import SecureBuild

@Suite("The run-book of a link")
struct RunBookTests {
  /// A link into a data centre whose VBR lacks its return route.
  private func world() throws -> World {
    let world = try World()
    _ = try world.link { $0.gitLabIntranetIp = "10.200.0.8" }
    let entries: [(RecordKind, String)] = [
      (
        .dataCentre,
        #"{"IdcId":"idc-1","CidrBlocks":["10.200.0.0/16"],"VbrIds":["vbr-1"],"Routes":[{"DestinationCidrBlock":"100.104.0.0/16","NextHop":"vbr-1"}]}"#
      ), (.borderRouter, #"{"VbrId":"vbr-1","RouteTableId":"vtb-2"}"#),
      (.routeTable, #"{"RouteTableId":"vtb-2","RouterId":"vbr-1","Local":{"EntriesAreWhole":true}}"#),
      (
        .routeEntry,
        #"{"RouteEntryId":"rte-1","RouteTableId":"vtb-2","DestinationCidrBlock":"192.168.0.0/16","Status":"Available","NextHops":{"NextHop":[{"NextHopId":"ri-7","NextHopType":"RouterInterface"}]}}"#
      ),
    ]
    _ = try world.workspace.store.commit(by: "anna@bastion", as: "import", at: world.clock.now().description) {
      for (kind, text) in entries { try $0.put(kind, "1", json: try #require(JSONValue(text: text))) }
    }
    return world
  }

  @Test("what fails comes first, with the vendor's command; what is right is ticked; in both languages")
  func failing() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    let network = try #require(book.sections.dropFirst().first)
    let first = try #require(network.lines.first)
    #expect(!first.isDone && first.text.en.contains("VBR vbr-1 has no route for 100.104.0.0/16"))
    #expect(
      first.command
        == "aliyun vpc CreateRouteEntry --RegionId cn-hangzhou --RouteTableId vtb-2 --DestinationCidrBlock 100.104.0.0/16 --NextHopType RouterInterface --NextHopId ri-7"
    )
    #expect(
      network.lines.contains { $0.isDone && $0.text.en.contains("idc-1's gateway leads 100.104.0.0/16 to the VBR") })
    #expect(book.markdown(.english).contains("\n- [ ] GitLab 10.200.0.8, Express Connect: VBR vbr-1 has no route"))
    #expect(book.markdown(.chinese).contains("\n- [ ] GitLab 10.200.0.8，高速通道：VBR vbr-1 没有"))
  }

  @Test("an instance that runs is said to once, one that doesn't with what it is", arguments: InstanceStatus.allCases)
  func instanceStatus(_ status: InstanceStatus) throws {
    let world = try World()
    let instance = try world.workspace.createInstance(
      name: "build-b", region: "cn-hangzhou", specification: "basic", status: status.rawValue)
    // A link is made for an instance that runs; it may stop afterwards.
    let link = try world.link()
    _ = try world.workspace.store.commit(by: "anna@bastion", as: "import", at: world.clock.now().description) {
      var moved = link
      moved.instanceId = instance.id
      try $0.put(.link, link.id, moved)
    }
    let line = try #require(try world.workspace.latest.runBook(of: instance.id).lines.first)
    #expect(line.isDone == (status == .running))
    let end =
      status == .running
      ? "(build-b, cn-hangzhou) is running." : "must be running: it is \(status.title.en.lowercased())."
    #expect(line.text.en.hasSuffix(end), "\(line.text.en)")
    #expect(line.text.zh.contains("当前为") == (status != .running))
  }

  @Test("what a person saw in the vendor's console is ticked, and no token is in it")
  func confirmed() async throws {
    let world = try World()
    try await world.bound()
    func lines() throws -> [RunBook.Line] {
      try world.workspace.latest.runBook(of: world.instance.id).sections[2].lines
    }
    #expect(try lines().allSatisfy { !$0.isDone })
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    #expect(try lines().allSatisfy(\.isDone))
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    for language in Language.allCases { #expect(!book.markdown(language).contains(World.token)) }
  }

  // MARK: What a person confirmed

  private static let firewall = "idc-firewall:10.200.0.8"
  private static let vbr = "vbr-return-route:10.200.0.8"

  private func line(_ id: String, _ world: World) throws -> RunBook.Line {
    let lines = try world.workspace.state().runBook(of: world.instance.id).lines
    return try #require(lines.first { $0.id == id }, "\(lines.map(\.id))")
  }

  @Test("each line has an id of its own, which stays as what it says changes")
  func ids() throws {
    let world = try world()
    let ids = try world.workspace.latest.runBook(of: world.instance.id).lines.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(
      ids.filter { !$0.contains(":") } == [
        "instance-running", "console-access", "create-link", "bind-account", "service-role", "quota", "free-ip",
        "certificate", "webhook-port",
      ])
    #expect(
      Set(ids.filter { $0.contains(":") }) == [
        "managed-group:10.200.0.8", "zone:10.200.0.8", "network-acl:10.200.0.8", "vpc-route:10.200.0.8",
        "idc-overlap:10.200.0.8", Self.vbr, "idc-return-route:10.200.0.8", Self.firewall,
      ])
    for scene in [PathScene.ecs(), PathScene.slb(), PathScene.idc()] {
      let named = scene.findings().map { "\($0.rule.rawValue) \($0.target.ip) \($0.isDecisive)" }
      #expect(Set(named).count == named.count)
    }
  }

  @Test("a line that nobody can compute is ticked by a person's word, with who and when, and withdrawn again")
  func confirmedLine() throws {
    let world = try world()
    #expect(try !line(Self.firewall, world).isDone)
    world.clock.set("2026-11-25T09:00:00Z")
    let bert = try world.other()
    let book = try bert.latest.runBook(of: world.instance.id)
    let sequence = bert.latest.state.sequence
    #expect(try bert.confirm([Self.firewall, "quota"], of: book, dryRun: true).allSatisfy(\.isDone))
    #expect(bert.latest.state.sequence == sequence)
    #expect(try bert.confirm([Self.firewall, "quota"], of: book).map(\.id) == [Self.firewall, "quota"])
    let ticked = try line(Self.firewall, world)
    #expect(ticked.isDone && ticked.verdict == .unknown)
    #expect(ticked.ticked == Provenance(.confirmed, at: world.clock.now(), by: "bert@laptop"))
    let markdown = try world.workspace.latest.runBook(of: world.instance.id).markdown(.english)
    #expect(markdown.contains("*(confirmed by bert@laptop at 2026-11-25T09:00:00"))
    // The path itself is what it was: unknown.
    let path = try world.workspace.latest.path(of: world.instance.id)
    #expect(path.findings.first { $0.rule == .idcFirewall }?.verdict == .unknown)

    let activity = try #require(try world.workspace.activity(limit: 1).entries.first)
    #expect(activity.sentence.en.contains("Confirmed in the run-book") && activity.sentence.en.contains(Self.firewall))
    #expect(activity.kind == .link && activity.instanceIds == [world.instance.id])

    _ = try world.workspace.withdraw([Self.firewall], of: book)
    #expect(try !line(Self.firewall, world).isDone && line("quota", world).isDone)
    #expect(refused { _ = try world.workspace.withdraw([Self.firewall], of: book) }?.code == .notConfirmed)
    let back = try #require(try world.workspace.activity(limit: 1).entries.first)
    #expect(back.sentence.en.contains("Withdrew") && back.instanceIds == [world.instance.id])
  }

  @Test("a word against a failing hop stands beside it, and never ticks it")
  func failingStays() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    _ = try world.workspace.confirm([Self.vbr], of: book)
    let failing = try line(Self.vbr, world)
    #expect(failing.verdict == .fail && !failing.isDone && failing.confirmed?.isStale == false)
    #expect(failing.note.en.hasSuffix("but by what is known here it fails"))
    #expect(try world.workspace.latest.path(of: world.instance.id).verdict == .fail)
    let markdown = try world.workspace.latest.runBook(of: world.instance.id).markdown(.chinese)
    #expect(markdown.contains("- [ ] GitLab 10.200.0.8，高速通道：VBR vbr-1 没有") && markdown.contains("仍不通过)*"))
  }

  @Test("a word on what a line said before no longer counts, and says so; said the same again it does")
  func stale() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    let link = try #require(try world.workspace.links(of: world.instance.id).first)
    _ = try world.workspace.confirm(["create-link"], of: book)
    #expect(try line("create-link", world).isDone)
    _ = try world.workspace.editLink(link.id, LinkChange(allow: [AllowedIpDraft("10.0.0.9=npm")]))
    let changed = try line("create-link", world)
    #expect(!changed.isDone && changed.confirmed?.isStale == true && changed.note.en.contains("look again"))
    _ = try world.workspace.editLink(link.id, LinkChange(disallow: ["10.0.0.9"]))
    #expect(try line("create-link", world).isDone)
  }

  @Test("what was confirmed goes with the link")
  func goesWithLink() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    _ = try world.workspace.confirm([Self.firewall], of: book)
    _ = try world.workspace.deleteLink(book.linkId)
    #expect(try world.workspace.latest.state.records(.lineConfirmation).isEmpty)
    #expect(refused { _ = try world.workspace.confirm([Self.firewall], of: book) }?.code == .noSuchLink)
  }

  @Test("an unknown line is refused whole, and nothing of a training workspace can be confirmed")
  func refusals() throws {
    let world = try world()
    let book = try world.workspace.latest.runBook(of: world.instance.id)
    let before = try world.contents()
    let refusal = refused { _ = try world.workspace.confirm([Self.firewall, "nope"], of: book) }
    #expect(refusal?.code == .noSuchLine && refusal?.field == .lineId && refusal?.exit == 1)
    #expect(refused { _ = try world.workspace.withdraw(["nope"], of: book) }?.code == .noSuchLine)
    #expect(try world.contents() == before)
    let training = try World(.training)
    _ = try training.link()
    let practice = try training.workspace.latest.runBook(of: training.instance.id)
    #expect(refused { _ = try training.workspace.confirm(["quota"], of: practice) }?.code == .ownOnly)
  }
}
