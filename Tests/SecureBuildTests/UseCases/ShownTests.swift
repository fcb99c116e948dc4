import FlatFiles
import Testing

@testable import SecureBuild

@Suite struct ManagedGroupTests {
  @Test func `before a binding it is planned from the newest link`() throws {
    let world = try World()
    #expect(refused { _ = try world.workspace.securityGroup(of: world.instance.id) }?.code == .noSuchLink)
    #expect(try world.workspace.latest.securityGroup(of: world.instance.id) == nil)
    _ = try world.link()
    let newest = try world.link { $0.gitLabIntranetIp = "192.168.10.21" }
    let view = try world.workspace.securityGroup(of: world.instance.id)
    #expect(view.state == .planned && view.group == nil && view.link == newest)
    #expect(view.provenance.known == .planned)
  }

  @Test func `out to the link's addresses, nothing in`() throws {
    let world = try World()
    let draft = world.linkDraft { $0.allowedIps = [AllowedIpDraft("192.168.10.30=Maven"), AllowedIpDraft("10.0.0.9")] }
    _ = try world.workspace.createLink(draft)
    let rules = try world.workspace.securityGroup(of: world.instance.id).rules
    #expect(rules.map(\.cidr.description) == ["192.168.10.20/32", "192.168.10.30/32", "10.0.0.9/32"])
    #expect(rules.map(\.description) == ["GitLab", "Maven", ""])
    for rule in rules {
      #expect(rule.direction == "egress" && rule.policy == "Accept")
      #expect(rule.ipProtocol == "ALL" && rule.portRange == "-1/-1")
    }
    #expect(draft.plannedRules == rules)
  }

  @Test func `expected once bound, active once the vendor's console was seen`() async throws {
    let world = try World()
    try await world.bound()
    let expected = try world.workspace.securityGroup(of: world.instance.id)
    #expect(expected.state == .expected && expected.provenance.known == .computed)
    #expect(expected.group?.id.hasPrefix("sg-local-") == true)
    #expect(expected.group?.networkInterfaceId.hasPrefix("eni-local-") == true)
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    let active = try world.workspace.securityGroup(of: world.instance.id)
    #expect(active.state == .active)
    #expect(active.provenance == Provenance(.confirmed, at: world.clock.now(), by: "anna@bastion"))
  }

  @Test func `active at once in training`() async throws {
    let world = try World(.training)
    try await world.bound()
    let group = try world.workspace.securityGroup(of: world.instance.id)
    #expect(group.state == .active && group.provenance.known == .computed)
  }

  @Test func `its rules follow the link's edits, also while bound`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let link = try #require(bound.linkId)
    _ = try world.workspace.editLink(link, LinkChange(allow: [AllowedIpDraft("10.0.0.1=npm")]))
    #expect(
      try world.workspace.securityGroup(of: world.instance.id).rules.map(\.description) == ["GitLab", "npm"])
  }

  @Test func `it goes when the account is bound over the Internet`() async throws {
    let world = try World()
    try await world.bound()
    world.network.set { $0.names["gitlab.corp.example"] = .success([.v4(IPv4Address(bits: 0x0808_0808))]) }
    _ = try await world.workspace.bind(world.binding(over: nil))
    #expect(try world.workspace.securityGroup(of: world.instance.id).group == nil)
  }

  @Test func `every change of it is refused by the vendor's code, whether it is there or not`() async throws {
    let world = try World()
    let planned = refused { try world.workspace.refuseGroupChange(of: world.instance.id) }
    #expect(planned?.code.rawValue == "InvalidOperation.ResourceManagedByCloudProduct")
    #expect(planned?.exit == 1)
    try await world.bound()
    let group = try world.workspace.securityGroup(of: world.instance.id).group
    let refusal = refused { try world.workspace.refuseGroupChange(of: world.instance.id) }
    #expect(refusal?.message.en.contains(try #require(group?.id)) == true)
    #expect(refused { try world.workspace.refuseGroupChange(of: "cri-x") }?.code == .noSuchInstance)
  }
}

@Suite struct EditedLinks {
  struct Edit: Sendable {
    let change: LinkChange
    let isWarned: Bool
    let notes: [LinkNote.Kind]
  }

  static let edits = [
    Edit(change: LinkChange(allow: [AllowedIpDraft("192.168.10.9")]), isWarned: false, notes: []),
    Edit(change: LinkChange(disallow: ["192.168.10.8"]), isWarned: true, notes: [.hostNotAllowed, .boundAddressGone]),
    Edit(
      change: LinkChange(hosts: [HostEntryDraft("gitlab.corp.example=192.168.10.20")]), isWarned: true, notes: []),
    Edit(change: LinkChange(dropHosts: ["gitlab.corp.example"]), isWarned: true, notes: []),
  ]

  /// The account is bound at another allowed address, by a host entry.
  @Test(arguments: edits) func `an edit that takes the tried way away is warned of, not refused`(_ edit: Edit)
    async throws
  {
    let world = try World()
    let link = try world.link {
      $0.allowedIps = [AllowedIpDraft("192.168.10.8")]
      $0.hosts = [HostEntryDraft("gitlab.corp.example=192.168.10.8")]
    }
    _ = try await world.workspace.bind(world.binding(over: link))
    let edited = try world.workspace.editLink(link.id, edit.change)
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .bound)
    #expect(source.warnings == (edit.isWarned ? [.linkChanged] : []))
    #expect(try world.workspace.latest.notes(for: edited).map(\.kind) == edit.notes)
  }
}

@Suite struct Overviews {
  private func states(_ world: World) throws -> [Checklist.Item: Checklist.State] {
    let lines = try world.workspace.overview(of: world.instance.id).checklist.lines
    return Dictionary(lines.map { ($0.id, $0.state) }) { first, _ in first }
  }

  private func line(_ item: Checklist.Item, _ world: World) throws -> Checklist.Line {
    try #require(try world.workspace.overview(of: world.instance.id).checklist.lines.first { $0.id == item })
  }

  static let unknowable: [Checklist.Item] = [.entrance, .pull]

  @Test func `the checklist has the vendor's order, and words in both languages`() async throws {
    let world = try World()
    for step in 0..<3 {
      if step == 1 { try await world.bound() }
      if step == 2 { _ = try world.workspace.confirmBinding(of: world.instance.id) }
      let lines = try world.workspace.overview(of: world.instance.id).checklist.lines
      #expect(lines.map(\.id) == Checklist.Item.allCases)
      for line in lines {
        #expect(!line.why.en.isEmpty && !line.why.zh.isEmpty)
        if line.state != .met { #expect(!line.mend.en.isEmpty && !line.mend.zh.isEmpty) }
        // A line that is met says how that is known; one that nothing is known of says nothing of it.
        if line.state == .met { #expect(line.provenance != nil) }
        if line.state == .unknown { #expect(line.provenance == nil) }
      }
      // Not even what a person saw in the vendor's console tells of these.
      for item in Self.unknowable { #expect(lines.first { $0.id == item }?.state == .unknown) }
    }
  }

  @Test(arguments: [("100.104.0.0/16", Checklist.State.met), ("192.168.0.0/16", .unmet)])
  func `whether GitLab lets builds in follows from the inventory, where that is known`(
    source: String, state: Checklist.State
  ) throws {
    let world = try World()
    _ = try world.link()
    #expect(try line(.entrance, world).state == .unknown)
    let entries: [(RecordKind, String)] = [
      (
        .ecs,
        #"{"InstanceId":"i-1","VpcAttributes":{"VpcId":"\#(world.vpc.id)","PrivateIpAddress":{"IpAddress":["192.168.10.20"]}},"SecurityGroupIds":{"SecurityGroupId":["sg-1"]}}"#
      ),
      (
        .ecsSecurityGroup,
        #"{"SecurityGroupId":"sg-1","Permissions":{"Permission":[{"Direction":"ingress","IpProtocol":"TCP","PortRange":"1/65535","SourceCidrIp":"\#(source)","Policy":"Accept","Priority":1}]}}"#
      ),
    ]
    _ = try world.workspace.store.commit(by: "anna@bastion", as: "import", at: world.clock.now().description) {
      for (kind, text) in entries { try $0.put(kind, "1", json: try #require(JSONValue(text: text))) }
    }
    let line = try line(.entrance, world)
    #expect(line.state == state && line.known == .computed)
    #expect(line.why.en.contains("sg-1") && (state == .met || line.mend.en.contains("100.104.0.0/16")))
  }

  @Test func `an empty plan`() throws {
    let world = try World()
    let states = try states(world)
    #expect(states[.instance] == .met && states[.network] == .met)
    #expect(states[.gitLabPlace] == .unknown)
    #expect(states[.link] == .unmet && states[.account] == .unmet)
    #expect(try line(.link, world).place == .links)
    #expect(try line(.account, world).place == .codeSource)
  }

  @Test func `bound is tried; seen in the vendor's console is said`() async throws {
    let world = try World()
    try await world.bound()
    let tried = try line(.account, world)
    #expect(tried.state == .met && tried.known == .tried && tried.from == "bastion")
    #expect(try line(.link, world).known == .planned)
    #expect(try line(.gitLabPlace, world).known == .computed)
    _ = try world.other().confirmBinding(of: world.instance.id)
    #expect(try line(.account, world).why.en.contains("bert@laptop saw Bound"))
    #expect(try line(.link, world).known == .confirmed)
  }

  @Test func `a confirmed draft meets the account line by a person's word alone`() throws {
    let world = try World()
    _ = try world.workspace.saveDraft(world.binding(over: try world.link()))
    #expect(try line(.account, world).state == .unmet)
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    let line = try line(.account, world)
    #expect(line.state == .met && line.known == .confirmed && line.by == "anna@bastion")
    #expect(line.why.en.contains("Not tried from here"))
  }

  @Test func `repository, rule and first build are met by what is here`() async throws {
    let world = try World()
    try await world.bound()
    func place(_ item: Checklist.Item) throws -> (Checklist.State, Checklist.Place?) {
      let line = try line(item, world)
      return (line.state, line.place)
    }
    #expect(try place(.repository) == (.unmet, .repositories))
    let repository = try world.repository()
    #expect(try place(.repository) == (.met, .repositories) && place(.buildRule) == (.unmet, .repositories))
    let rule = try world.rule(repository)
    #expect(try place(.buildRule) == (.met, .repositories) && place(.firstBuild) == (.unmet, .builds))
    let request = try world.workspace.buildRequest(rule: rule.id)
    try world.workspace.builds.enqueue(request)
    #expect(try line(.firstBuild, world).why.en.contains("waits or runs"))
    _ = try await world.workspace.builds.cancel(request.id)
    #expect(try line(.firstBuild, world).why.en.contains("did not succeed"))
    var built = BuildRecord(request)
    built.apply(BuildEvent(at: world.clock.now(), what: .ended(.success, nil)))
    let glance = BuildGlance(newest: built, succeeded: built, living: 0)
    let met = try world.workspace.latest.overview(of: world.instance.id, builds: glance).checklist.lines
      .first { $0.id == .firstBuild }
    #expect(met?.state == .met && met?.known == .tried && met?.why.en.contains("shop/web:latest") == true)
    // Where nobody looked, nobody knows.
    let unknown = try world.workspace.latest.overview(of: world.instance.id).checklist.lines.first {
      $0.id == .firstBuild
    }
    #expect(unknown?.state == .unknown && unknown?.place == .builds)
  }

  @Test func `what nothing was written down for is open, and isn't called planned`() throws {
    let world = try World()
    for item in [Checklist.Item.link, .account, .repository, .buildRule] {
      let line = try line(item, world)
      #expect(line.state == .unmet && line.provenance == nil, "\(item)")
    }
    let nothingBuilt = BuildGlance(newest: nil, succeeded: nil, living: 0)
    let first = try world.workspace.latest.overview(of: world.instance.id, builds: nothingBuilt).checklist.lines
      .first { $0.id == .firstBuild }
    #expect(first?.state == .unmet && first?.provenance == nil)
    // A draft is a plan.
    let link = try world.link()
    #expect(try line(.link, world).known == .planned)
    _ = try world.workspace.saveDraft(world.binding(over: link))
    #expect(try line(.account, world).state == .unmet && line(.account, world).known == .planned)
  }

  @Test func `an INVALID account is open again`() async throws {
    let world = try World()
    try await world.bound()
    world.gitLab.set { $0.version = .failure(.revoked) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    #expect(try states(world)[.account] == .unmet)
  }

  @Test func `GitLab outside the VPC is not known to be joined`() throws {
    let world = try World()
    _ = try world.link { $0.gitLabIntranetIp = "10.20.30.40" }
    #expect(try states(world)[.gitLabPlace] == .unknown)
  }

  @Test func `over the Internet neither VPC nor link is needed`() async throws {
    let world = try World()
    world.network.set { $0.names["gitlab.corp.example"] = .success([.v4(IPv4Address(bits: 0x0808_0808))]) }
    _ = try await world.workspace.bind(world.binding(over: nil))
    let states = try states(world)
    #expect(states[.account] == .met && states[.entrance] == .unknown)
    for item in [Checklist.Item.gitLabPlace, .network, .link] {
      let line = try line(item, world)
      #expect(line.state == .notNeeded && line.why.en.contains("Internet") && line.why.zh.contains("公网"))
      #expect(line.known == .planned && line.by == "anna@bastion" && line.place == .codeSource)
    }
    #expect(try !line(.entrance, world).title.en.contains("100.104.0.0"))
  }

  @Test(arguments: InstanceStatus.allCases.filter { $0 != .running })
  func `what to do about an instance that doesn't run is what helps`(status: InstanceStatus) throws {
    let world = try World()
    let idle = try world.workspace.createInstance(
      name: "idle", region: "cn-hangzhou", specification: "basic", status: status.rawValue)
    let refusal = Refusal.notRunning(idle)
    let comesByItself = [.pending, .starting].contains(status)
    #expect(refusal.mend.en.contains("Wait") == comesByItself && refusal.mend.zh.contains("等待") == comesByItself)
    #expect(refusal.mend.en.hasSuffix("another instance."))
    for text in [refusal.message.en, refusal.message.zh] { #expect(!text.contains(status.rawValue)) }
    #expect(refusal.message.zh.contains(status.title.zh))
  }

  @Test func `a stopped instance, and a region without the mode`() throws {
    let world = try World()
    let stopped = try world.workspace.createInstance(
      name: "old", region: "me-east-1", specification: "basic", status: "STOPPED")
    let lines = try world.workspace.overview(of: stopped.id).checklist.lines
    #expect(lines.first { $0.id == .instance }?.state == .unmet)
    let network = try #require(lines.first { $0.id == .network })
    #expect(network.state == .unmet && network.place == .instances)
    #expect(network.why.en.contains(ZoneTable.date))
  }

  @Test func `endpoints are computed, counts are what is known here, quotas unknown`() async throws {
    let world = try World()
    try await world.bound()
    let overview = try world.workspace.overview(of: world.instance.id)
    #expect(
      overview.endpoints.map(\.domain) == [
        "build-prod-registry.cn-hangzhou.cr.aliyuncs.com", "build-prod-registry-vpc.cn-hangzhou.cr.aliyuncs.com",
      ])
    #expect(overview.endpoints.allSatisfy { $0.known == .computed })
    #expect(overview.counts.map(\.count) == [1, 1, 1, 1, 0, 0])
    #expect(overview.counts.allSatisfy { $0.quota == nil })
    #expect(refused { _ = try world.workspace.overview(of: "cri-x") }?.code == .noSuchInstance)
  }
}
