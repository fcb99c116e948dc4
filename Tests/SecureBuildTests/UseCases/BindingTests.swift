import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

@Suite struct Bindings {
  @Test func `every hop passes in order, and the account is bound`() async throws {
    let world = try World()
    let link = try world.namedLink()
    let reports = Reports()
    let binding = try await world.workspace.bind(world.binding(over: link), report: reports.take)
    #expect(reports.outcomes.map(\.hop) == Hop.allCases)
    #expect(reports.outcomes.allSatisfy { $0.word == "passed" })

    #expect(binding.state == .bound)
    #expect(binding.address == "https://gitlab.corp.example")
    #expect(binding.lastPassed?.from == "bastion")
    #expect(binding.lastPassed?.endpoint == "192.168.10.20:443")
    #expect(binding.lastPassed?.resolvedBy == .linkHosts)
    #expect(binding.lastPassed?.version == "17.5.2")
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .bound)
    #expect(source.provenance == Provenance(.tried, at: world.clock.now(), by: "anna@bastion", from: "bastion"))
    #expect(source.checkedAt == world.clock.now())
    #expect(source.warnings.isEmpty)
  }

  @Test func `only the link's address is connected to`() async throws {
    let world = try World()
    let link = try world.link()
    world.network.set {
      $0.names["gitlab.corp.example"] = .success([
        .v6("2001:db8::1"), .v4(IPv4Address(bits: 0x0808_0808)), .v4(link.gitLabIntranetIp),
      ])
    }
    let binding = try await world.workspace.bind(world.binding(over: link))
    #expect(Set(world.network.endpoints.map(\.description)) == ["192.168.10.20:443"])
    #expect(Set(world.gitLab.sites.map(\.endpoint.description)) == ["192.168.10.20:443"])
    #expect(binding.lastPassed?.resolvedBy == .resolver)
  }

  @Test func `another allowed address may be GitLab's too`() async throws {
    let world = try World()
    let link = try world.link { $0.allowedIps = [AllowedIpDraft("10.0.0.8=second GitLab")] }
    let binding = try await world.workspace.bind(world.binding(over: link) { $0.address = "http://10.0.0.8/gitlab" })
    #expect(binding.lastPassed?.endpoint == "10.0.0.8:80")
    #expect(binding.lastPassed?.resolvedBy == .literal)
  }

  @Test func `the Internet takes no link and makes no group`() async throws {
    let world = try World()
    let link = try world.link()
    world.network.set {
      $0.names["gitlab.corp.example"] = .success([.v6("2001:db8::1"), .v4(IPv4Address(bits: 0x0808_0808))])
    }
    let refusal = await refusedTry {
      _ = try await world.workspace.bind(world.binding(over: nil) { $0.linkId = link.id })
    }
    #expect(refusal?.code == .linkNotTaken)
    let binding = try await world.workspace.bind(world.binding(over: nil))
    #expect(binding.linkId == nil)
    #expect(binding.lastPassed?.endpoint == "8.8.8.8:443")
    #expect(try world.workspace.securityGroup(of: world.instance.id).state == .planned)
  }

  struct Wrong: Sendable {
    let change: @Sendable (inout BindingDraft, World) throws -> Void
    let code: Code
    let field: Field
  }

  static let wrong = [
    Wrong(change: { draft, _ in draft.instanceId = "cri-x" }, code: .noSuchInstance, field: .instanceId),
    Wrong(change: { draft, _ in draft.linkId = "" }, code: .linkRequired, field: .linkId),
    Wrong(change: { draft, _ in draft.linkId = "link-x" }, code: .noSuchLink, field: .linkId),
    Wrong(change: { draft, _ in draft.address = "" }, code: .missing, field: .address),
    Wrong(change: { draft, _ in draft.address = "gitlab" }, code: .invalidAddress, field: .address),
    Wrong(change: { draft, _ in draft.address = "https://dev:pw@host" }, code: .invalidAddress, field: .address),
    Wrong(change: { draft, _ in draft.username = " " }, code: .missing, field: .username),
    Wrong(change: { draft, _ in draft.username = "a b" }, code: .invalidUsername, field: .username),
    Wrong(change: { draft, _ in draft.username = World.token }, code: .invalidUsername, field: .username),
    Wrong(
      change: { draft, _ in draft.address = "https://host/\(World.token)" }, code: .invalidAddress, field: .address),
    Wrong(change: { draft, _ in draft.token = nil }, code: .missing, field: .token),
    Wrong(
      change: { draft, _ in draft.caCertificates = "-----BEGIN PRIVATE KEY-----" }, code: .invalidCaFile, field: .caFile
    ),
    Wrong(
      change: { draft, world in
        let other = try world.workspace.createInstance(
          name: "other", region: "cn-hangzhou", specification: "basic")
        draft.linkId = try world.link { $0.instanceId = other.id }.id
      }, code: .linkOfOtherInstance, field: .linkId),
    Wrong(
      change: { draft, world in
        draft.instanceId =
          try world.workspace.createInstance(
            name: "x", region: "cn-hangzhou", specification: "basic", status: "STOPPED"
          ).id
      }, code: .instanceNotRunning, field: .instanceId),
  ]

  @Test(arguments: wrong) func `what is wrong is said at its field before anything is asked`(_ wrong: Wrong)
    async throws
  {
    let world = try World()
    var draft = world.binding(over: try world.namedLink())
    try wrong.change(&draft, world)
    let binding = draft
    let refusal = await refusedTry { _ = try await world.workspace.bind(binding) }
    #expect(refusal?.code == wrong.code)
    #expect(refusal?.field == wrong.field)
    #expect(world.network.endpoints.isEmpty && world.gitLab.sites.isEmpty)
    #expect(refused { try world.workspace.rehearseBinding(binding) } == refusal)
    let problems = try world.workspace.latest.problems(of: binding, hasToken: false)
    #expect(problems.contains { $0.code == wrong.code && $0.field == wrong.field })
  }

  @Test func `all fields' problems are said at once`() throws {
    let world = try World()
    let problems = try world.workspace.latest.problems(
      of: BindingDraft(instanceId: world.instance.id), hasToken: false)
    #expect(problems.map(\.field) == [.linkId, .address, .username, .token])
    let link = try world.link()
    #expect(try world.workspace.latest.problems(of: world.binding(over: link), hasToken: false).isEmpty)
    #expect(
      try world.workspace.latest.problems(of: world.binding(over: link) { $0.token = nil }, hasToken: true).isEmpty)
  }

  @Test(arguments: ["dev", "DEV", "@dev", " dev "]) func `the user name matches without case`(typed: String)
    async throws
  {
    let world = try World()
    let binding = try await world.workspace.bind(world.binding(over: world.namedLink()) { $0.username = typed })
    #expect(binding.username.lowercased() == "dev")
  }

  @Test func `a token that the world did not give out is refused before it goes anywhere`() async throws {
    let world = try World(.training, admission: AdmitOne(token: try #require(Token(World.otherToken))))
    let link = try world.namedLink()
    let bind = await refusedTry { _ = try await world.workspace.bind(world.binding(over: link)) }
    #expect(bind?.code == .trainingToken)
    let draft = refused { _ = try world.workspace.saveDraft(world.binding(over: link)) }
    #expect(draft?.field == .token)
    #expect(world.network.endpoints.isEmpty && world.secrets.isEmpty)
    #expect(try world.files(holding: "PLANTED").isEmpty)
  }

  // MARK: Notes

  struct Noted: Sendable {
    var address = "https://gitlab.corp.example"
    var set: @Sendable (World) -> Void = { _ in }
    let notes: [Note]
    let warnings: [Note]
  }

  static func expiring(_ day: String?) -> @Sendable (World) -> Void {
    { world in
      world.gitLab.set {
        $0.facts = .success(GitLabTokenFacts(scopes: ["api"], expiresOn: day, active: true, revoked: false))
      }
    }
  }

  static let noted = [
    Noted(notes: [], warnings: []),
    Noted(address: "http://gitlab.corp.example", notes: [.plainHTTP], warnings: [.plainHTTP]),
    Noted(address: "https://gitlab.corp.example:8443", notes: [.portNotAccepted], warnings: [.portNotAccepted]),
    Noted(
      set: { $0.network.set { $0.handshake = .success(TLSFinding(onlyByGivenRoots: true, expires: nil)) } },
      notes: [.onlyByCaFile], warnings: [.onlyByCaFile]),
    Noted(set: expiring("2026-12-24"), notes: [.expiresSoon], warnings: [.expiresSoon]),
    Noted(set: expiring("2026-12-25"), notes: [], warnings: []),
    Noted(set: expiring(nil), notes: [], warnings: []),
    // GitLab says it is active: this host's clock alone makes nothing invalid.
    Noted(set: expiring("2026-11-01"), notes: [.pastExpiry], warnings: [.pastExpiry]),
    Noted(
      set: {
        $0.gitLab.set {
          $0.user = .success(GitLabUser(username: "dev", email: nil, state: "active", isBot: true))
        }
      }, notes: [.botAccount], warnings: []),
    Noted(
      set: { $0.gitLab.set { $0.facts = .success(nil) } }, notes: [.scopeNotChecked], warnings: [.scopeNotChecked]),
  ]

  @Test(arguments: noted) func `what passes with a note is bound with it`(_ noted: Noted) async throws {
    let world = try World()
    noted.set(world)
    _ = try await world.workspace.bind(
      world.binding(over: world.namedLink()) {
        $0.address = noted.address
        $0.caCertificates = Self.ca
      })
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .bound)
    #expect(source.notes == noted.notes)
    #expect(source.warnings == noted.warnings)
  }

  @Test func `an expiry that comes near is warned of as time goes by`() async throws {
    let world = try World()
    Self.expiring("2027-06-01")(world)
    try await world.bound()
    func warnings() throws -> [Note] { try world.workspace.codeSource(of: world.instance.id).warnings }
    #expect(try warnings().isEmpty)
    world.clock.set("2027-05-20T00:00:00Z")
    #expect(try warnings() == [.expiresSoon])
    world.clock.set("2027-06-02T00:00:00Z")
    #expect(try warnings() == [.pastExpiry])
    #expect(try world.workspace.codeSource(of: world.instance.id).status == .bound)
  }

  static let ca = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

  @Test func `of a CA file only the certificates are kept`() async throws {
    let world = try World()
    let file =
      "junk\n-----BEGIN PRIVATE KEY-----\nSECRETKEY\n-----END PRIVATE KEY-----\n" + Self.ca + "more\n" + Self.ca
    let binding = try await world.workspace.bind(world.binding(over: world.namedLink()) { $0.caCertificates = file })
    #expect(binding.caCertificates == Self.ca + Self.ca)
    #expect(try world.files(holding: "SECRETKEY").isEmpty)
    #expect(world.gitLab.sites.allSatisfy { $0.trust == .systemAnd(pem: Self.ca + Self.ca) })
  }

  @Test func `certificates stay for the same host, and go for another or when taken away`() async throws {
    let world = try World()
    let link = try world.link {
      $0.hosts = [HostEntryDraft("gitlab.corp.example=192.168.10.20"), HostEntryDraft("b.example=192.168.10.20")]
    }
    func bind(_ address: String, _ ca: String?) async throws -> String? {
      try await world.workspace.bind(
        world.binding(over: link) {
          $0.address = address
          $0.caCertificates = ca
        }
      ).caCertificates
    }
    #expect(try await bind("https://gitlab.corp.example", Self.ca) == Self.ca)
    #expect(try await bind("https://gitlab.corp.example:8443/x", nil) == Self.ca)
    #expect(try await world.workspace.check(world.instance.id).caCertificates == Self.ca)
    #expect(try await bind("https://b.example", nil) == nil)
    #expect(try await bind("https://b.example", Self.ca) == Self.ca)
    #expect(try await bind("https://b.example", "") == nil)
  }

  // MARK: Cancelling

  @Test func `a try that is cancelled saves nothing`() async throws {
    let world = try World()
    let link = try world.namedLink()
    let before = try world.contents()
    world.gitLab.set { $0.meanwhile = { withUnsafeCurrentTask { $0?.cancel() } } }
    let draft = world.binding(over: link)
    let outcome = await Task { try await world.workspace.bind(draft) }.result
    #expect(throws: Refusal.self) { try outcome.get() }
    if case .failure(let error) = outcome { #expect(Refusal(error).exit == 130) }
    #expect(try world.contents() == before)
    #expect(world.secrets.isEmpty)
  }
}
