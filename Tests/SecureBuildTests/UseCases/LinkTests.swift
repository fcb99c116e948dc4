import Testing

@testable import SecureBuild

@Suite struct Links {
  @Test func `a link holds what was typed, normalised`() throws {
    let world = try World()
    let link = try world.link {
      $0.gitLabIntranetIp = " 192.168.10.20 "
      $0.allowedIps = [
        AllowedIpDraft("192.168.10.30=Maven"), AllowedIpDraft("10.9.9.9"), AllowedIpDraft("192.168.10.30=Nexus"),
      ]
      $0.hosts = [HostEntryDraft("GitLab.Corp.Example=192.168.10.20")]
    }
    #expect(link.addresses.map(\.description) == ["192.168.10.20", "192.168.10.30", "10.9.9.9"])
    #expect(link.allowedIps.map(\.label) == ["Nexus", ""])
    #expect(link.hosts.map(\.name) == ["gitlab.corp.example"])
    #expect(link.zoneId == "cn-hangzhou-h")
    #expect(link.vpcId == world.vpc.id)
    #expect(try world.workspace.links(of: world.instance.id) == [link])
  }

  @Test func `GitLab's own IP among the others is let out to once`() throws {
    let world = try World()
    let link = try world.link { $0.allowedIps = [AllowedIpDraft("192.168.10.20=GitLab")] }
    #expect(link.addresses.count == 1)
  }

  struct Wrong: Sendable {
    let change: @Sendable (inout LinkDraft, World) throws -> Void
    let code: Code
    let field: Field
  }

  static let wrong = [
    Wrong(change: { draft, _ in draft.gitLabIntranetIp = "" }, code: .missing, field: .gitLabIntranetIp),
    Wrong(change: { draft, _ in draft.gitLabIntranetIp = "127.0.0.1" }, code: .invalidIp, field: .gitLabIntranetIp),
    Wrong(change: { draft, _ in draft.gitLabIntranetIp = "100.104.1.1" }, code: .invalidIp, field: .gitLabIntranetIp),
    Wrong(
      change: { draft, _ in draft.allowedIps = [AllowedIpDraft("10.0.0.0/8")] }, code: .invalidIp, field: .allowedIps),
    Wrong(change: { draft, _ in draft.hosts = [HostEntryDraft("a b=10.0.0.1")] }, code: .invalidHost, field: .hosts),
    Wrong(change: { draft, _ in draft.hosts = [HostEntryDraft("gitlab=fe80::1")] }, code: .invalidIp, field: .hosts),
    Wrong(change: { draft, _ in draft.hosts = [HostEntryDraft("gitlab")] }, code: .missing, field: .hosts),
    Wrong(change: { draft, _ in draft.vpcId = "" }, code: .missing, field: .vpcId),
    Wrong(change: { draft, _ in draft.vpcId = "vpc-x" }, code: .noSuchVpc, field: .vpcId),
    Wrong(change: { draft, _ in draft.vSwitchId = "" }, code: .missing, field: .vSwitchId),
    Wrong(change: { draft, _ in draft.vSwitchId = "vsw-x" }, code: .noSuchVSwitch, field: .vSwitchId),
    Wrong(change: { draft, world in draft.vSwitchId = world.otherZone.id }, code: .zoneWithoutMode, field: .vSwitchId),
    Wrong(
      change: { draft, world in
        draft.vpcId = try world.workspace.addVpc(region: "cn-beijing", cidr: "10.0.0.0/8").id
      }, code: .vpcNotInRegion, field: .vpcId),
    Wrong(
      change: { draft, world in
        draft.vpcId = try world.workspace.addVpc(region: "cn-hangzhou", cidr: "10.0.0.0/8").id
      }, code: .vSwitchNotInVpc, field: .vSwitchId),
    Wrong(change: { draft, _ in draft.instanceId = "cri-x" }, code: .noSuchInstance, field: .instanceId),
    Wrong(
      change: { draft, world in
        draft.instanceId =
          try world.workspace.createInstance(
            name: "stopped", region: "cn-hangzhou", specification: "basic", status: "STOPPED"
          ).id
      }, code: .instanceNotRunning, field: .instanceId),
  ]

  @Test(arguments: wrong) func `a link is refused by the vendor's rules, at the field`(_ wrong: Wrong) throws {
    let world = try World()
    var draft = world.linkDraft()
    try wrong.change(&draft, world)
    let refusal = try #require(refused { _ = try world.workspace.createLink(draft) })
    #expect(refusal.code == wrong.code)
    #expect(refusal.field == wrong.field)
    #expect(refusal.exit == 1)
    #expect(!refusal.message.zh.isEmpty && !refusal.mend.zh.isEmpty && !refusal.mend.en.isEmpty)
    #expect(try world.workspace.links().isEmpty)
    #expect(try world.workspace.latest.problems(of: draft).first == refusal)
  }

  static let notRunning = InstanceStatus.allCases.filter { $0 != .running }

  @Test(arguments: notRunning) func `an instance that doesn't run takes no link`(status: InstanceStatus) throws {
    let world = try World()
    let instance = try world.workspace.createInstance(
      name: "x", region: "cn-hangzhou", specification: "basic", status: status.rawValue)
    let refusal = try #require(refused { _ = try world.link { $0.instanceId = instance.id } })
    #expect(refusal.code == .instanceNotRunning)
    #expect(refusal.message.zh.contains(status.title.zh))
    #expect(try world.workspace.latest.whyNoLink(instance.id) == refusal)
    #expect(try world.workspace.latest.whyNoLink(world.instance.id) == nil)
  }

  @Test func `all fields' problems are said at once`() throws {
    let world = try World()
    let problems = try world.workspace.latest.problems(
      of: world.linkDraft {
        $0.gitLabIntranetIp = "x"
        $0.allowedIps = [AllowedIpDraft("y"), AllowedIpDraft("10.0.0.1"), AllowedIpDraft("127.0.0.1")]
        $0.vSwitchId = world.otherZone.id
      })
    #expect(problems.map(\.field) == [.gitLabIntranetIp, .allowedIps, .allowedIps, .vSwitchId])
    #expect(try world.workspace.latest.problems(of: world.linkDraft()).isEmpty)
  }

  // MARK: Notes

  @Test func `an address outside the VPC gets a note, never a refusal`() throws {
    let world = try World()
    let draft = world.linkDraft {
      $0.gitLabIntranetIp = "10.20.30.40"
      $0.allowedIps = [AllowedIpDraft("192.168.1.1"), AllowedIpDraft("172.16.0.1"), AllowedIpDraft("half")]
      $0.hosts = [HostEntryDraft("gitlab=10.20.30.40"), HostEntryDraft("npm=10.0.0.7")]
    }
    let notes = try world.workspace.latest.notes(for: draft)
    #expect(notes.map(\.kind) == [.outsideVpc, .outsideVpc, .hostNotAllowed])
    #expect(notes.map(\.field) == [.gitLabIntranetIp, .allowedIps, .hosts])
    #expect(notes.map(\.ip.description) == ["10.20.30.40", "172.16.0.1", "10.0.0.7"])
    #expect(notes.allSatisfy { !$0.text.en.isEmpty && !$0.text.zh.isEmpty })
    var whole = draft
    whole.allowedIps.removeLast()
    let link = try world.workspace.createLink(whole)
    #expect(try world.workspace.latest.notes(for: link) == notes)
  }

  @Test func `the training world says which addresses it doesn't know`() throws {
    let known = try #require(IPv4Address("192.168.10.20"))
    let world = try World(.training, knowsAddress: { $0 == known })
    let link = try world.link { $0.allowedIps = [AllowedIpDraft("192.168.10.99")] }
    let notes = try world.workspace.latest.notes(for: link)
    #expect(notes.map(\.kind) == [.unknownToTraining])
    #expect(notes.map(\.ip.description) == ["192.168.10.99"])
  }

  // MARK: Edits

  @Test func `an edit adds, relabels, removes`() throws {
    let world = try World()
    let link = try world.link { $0.allowedIps = [AllowedIpDraft("10.0.0.1=a"), AllowedIpDraft("10.0.0.2=b")] }
    world.clock.set("2026-11-25T12:00:00Z")
    let edited = try world.other().editLink(
      link.id,
      LinkChange(
        allow: [AllowedIpDraft("10.0.0.3=c"), AllowedIpDraft("10.0.0.2=B")], disallow: ["10.0.0.1"],
        hosts: [HostEntryDraft("x=10.0.0.3")]))
    #expect(edited.allowedIps.map { "\($0.ip)=\($0.label)" } == ["10.0.0.2=B", "10.0.0.3=c"])
    #expect(edited.by == "bert@laptop")
    #expect(edited.at == Timestamp("2026-11-25T12:00:00Z"))
    let without = try world.workspace.editLink(link.id, LinkChange(dropHosts: [" X "]))
    #expect(without.hosts.isEmpty)
  }

  @Test func `an edit that changes nothing writes nothing`() throws {
    let world = try World()
    let link = try world.link { $0.allowedIps = [AllowedIpDraft("10.0.0.1=a")] }
    let before = try world.contents()
    _ = try world.workspace.editLink(
      link.id, LinkChange(gitLabIntranetIp: "192.168.10.20", allow: [AllowedIpDraft("10.0.0.1=a")]))
    #expect(try world.contents() == before)
  }

  @Test func `what isn't allowed can't be disallowed`() throws {
    let world = try World()
    let link = try world.link()
    let refusal = refused { _ = try world.workspace.editLink(link.id, LinkChange(disallow: ["192.168.10.20"])) }
    #expect(refusal?.field == .allowedIps)
    #expect(refused { _ = try world.workspace.editLink("link-x", LinkChange()) }?.code == .noSuchLink)
  }

  @Test func `GitLab's own IP changes only while unbound, and is never let out to twice`() async throws {
    let world = try World()
    let draft = try world.link { $0.allowedIps = [AllowedIpDraft("192.168.10.21")] }
    let moved = try world.workspace.editLink(draft.id, LinkChange(gitLabIntranetIp: "192.168.10.21"))
    #expect(moved.addresses.map(\.description) == ["192.168.10.21"])

    let binding = try await world.bound()
    let link = try #require(binding.linkId)
    let refusal = refused { _ = try world.workspace.editLink(link, LinkChange(gitLabIntranetIp: "192.168.10.22")) }
    #expect(refusal?.code == .gitLabIpFixed)
    #expect(refusal?.field == .gitLabIntranetIp)
    _ = try world.workspace.editLink(
      link, LinkChange(gitLabIntranetIp: "192.168.10.20", allow: [AllowedIpDraft("10.0.0.1")]))
  }

  @Test func `an edit upon an older version is refused with who changed what, and nothing is lost`() throws {
    let world = try World()
    let link = try world.link()
    let opened = try world.workspace.state().openLink(link.id)
    world.clock.set("2026-11-25T08:00:00Z")
    _ = try world.other().editLink(link.id, LinkChange(allow: [AllowedIpDraft("10.0.0.1")]))
    let refusal = try #require(
      refused {
        _ = try world.workspace.editLink(link.id, LinkChange(hosts: [HostEntryDraft("x=10.0.0.1")]), since: opened)
      })
    #expect(refusal.code == .stale)
    #expect(refusal.exit == 75)
    for text in [refusal.message.en, refusal.message.zh] {
      #expect(text.contains("bert@laptop"))
      #expect(text.contains("2026-11-25T08:00:00"))
      #expect(text.contains("link edit"))
    }
    #expect(refusal.message.en.contains("Other IP addresses to allow"))
    #expect(refusal.message.zh.contains("其它需放行 IP 地址"))
    let now = try world.workspace.state().openLink(link.id)
    #expect(now.value.allowedIps.count == 1)
    _ = try world.workspace.editLink(link.id, LinkChange(hosts: [HostEntryDraft("x=10.0.0.1")]), since: now)
  }

  @Test func `an edit of a link that is gone says who deleted it`() throws {
    let world = try World()
    let link = try world.link()
    let opened = try world.workspace.state().openLink(link.id)
    _ = try world.other().deleteLink(link.id)
    let refusal = refused { _ = try world.workspace.editLink(link.id, LinkChange(), since: opened) }
    #expect(refusal?.code == .noSuchLink)
    #expect(refusal?.message.en.contains("deleted meanwhile by bert@laptop") == true)
  }

  @Test func `an address that is given twice counts once, and a note says so`() throws {
    let world = try World()
    let draft = world.linkDraft {
      $0.allowedIps = ["192.168.10.30=Maven", "192.168.10.30=npm", "192.168.10.20", "192.168.10.31"].map {
        AllowedIpDraft($0)
      }
    }
    let notes = try world.workspace.state().notes(for: draft).filter { $0.kind == .givenTwice }
    #expect(notes.map(\.ip.description) == ["192.168.10.30", "192.168.10.20"])
    #expect(notes.allSatisfy { $0.field == .allowedIps && !$0.text.zh.isEmpty })
    let link = try world.workspace.createLink(draft)
    #expect(link.allowedIps.map { "\($0.ip)=\($0.label)" } == ["192.168.10.30=npm", "192.168.10.31="])
    let reading = try world.workspace.state()
    #expect(try reading.notes(for: link).isEmpty)
    let relabelled = LinkChange(allow: [AllowedIpDraft("192.168.10.30=Maven")])
    #expect(reading.notes(on: relabelled, to: link).isEmpty)
    let twice = LinkChange(allow: [AllowedIpDraft("192.168.10.9"), AllowedIpDraft("192.168.10.9=x")])
    #expect(reading.notes(on: twice, to: link).map(\.kind) == [.givenTwice])
  }

  // MARK: Deletion

  @Test(arguments: [false, true]) func `a link in use stays, and it says by what`(isDraft: Bool) async throws {
    let world = try World()
    let link = try world.namedLink()
    if isDraft {
      _ = try world.workspace.saveDraft(world.binding(over: link))
    } else {
      _ = try await world.workspace.bind(world.binding(over: link))
    }
    let refusal = try #require(refused { _ = try world.workspace.deleteLink(link.id) })
    #expect(refusal.code == .linkInUse)
    #expect(refusal.message.en.contains("build-prod"))
    #expect(refusal.message.en.contains("https://gitlab.corp.example"))
    #expect(refusal.message.en.contains("draft") == isDraft)
    _ = try world.workspace.unbind(world.instance.id)
    _ = try world.workspace.deleteLink(link.id)
    #expect(try world.workspace.links().isEmpty)
  }
}
