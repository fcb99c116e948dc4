import FlatFiles
import Foundation
import SecureBuild
import Testing

@testable import Training

/// The use cases of the flow with the real adapters, against the training GitLabs of a workspace.
@Suite("The flow on a training workspace", .serialized)
struct FlowTests {
  @Test("from an instance to Bound, with the values that the workspace told at its creation")
  func bound() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let facts = trainee.facts
    let link = try workspace.createLink(
      LinkDraft(
        instanceId: facts.instanceId, gitLabIntranetIp: facts.gitLabIntranetIp.description, vpcId: facts.vpcId,
        vSwitchId: facts.vSwitchId))
    let binding = try await workspace.bind(
      BindingDraft(
        instanceId: facts.instanceId, linkId: link.id, address: facts.address, username: facts.username,
        token: facts.token))
    #expect(binding.state == .bound)
    #expect(binding.lastPassed?.endpoint.hasPrefix("192.168.10.20:") == true)
    #expect(try workspace.codeSource(of: facts.instanceId).status == .bound)
    #expect(try workspace.securityGroup(of: facts.instanceId).state == .active)
    #expect(try await workspace.check(facts.instanceId).state == .bound)
  }

  @Test(
    "each token does what it is for",
    arguments: [
      (TrainingToken.Purpose.good, nil), (.expiresSoon, nil), (.bot, nil), (.expired, .tokenExpired),
      (.revoked, .tokenRevoked), (.smallScope, .tokenScope), (.blockedUser, .blockedUser),
      (.deleted, .tokenUnauthorized),
    ] as [(TrainingToken.Purpose, Code?)])
  func tokens(purpose: TrainingToken.Purpose, code: Code?) async throws {
    let trainee = try Trainee()
    let token = trainee.token(purpose)
    #expect(await trainee.tryOut(.ecs, token.username, token.token) == code, "\(purpose)")
  }

  @Test("a token of somebody else is told from one's own, an e-mail from a user name")
  func otherUsers() async throws {
    let trainee = try Trainee()
    #expect(await trainee.tryOut(.ecs, "dev", trainee.token(.otherUser).token) == .otherUser)
    #expect(await trainee.tryOut(.ecs, "dev@corp.example", trainee.facts.token) == .emailGiven)
  }

  @Test(
    "each site of the world is what it should be",
    arguments: [
      (TrainingSite.ecs, nil), (.slb, nil), (.idc, nil), (.v3, .apiV3Only), (.wiki, .notGitLab), (.busy, .rateLimited),
      (.down, .serverError), (.moved, .redirected), (.proxy, .brokenAnswer), (.flood, .endlessAnswer),
      (.cut, .connectionLost),
    ] as [(TrainingSite, Code?)])
  func sites(site: TrainingSite, code: Code?) async throws {
    let trainee = try Trainee()
    #expect(await trainee.tryOut(site, "dev", trainee.token(.good, at: site).token) == code, "\(site)")
  }

  @Test(
    "certificates are judged with the world's CA file, and without it",
    arguments: [
      (TrainingSite.secure, true, nil), (.secure, false, .tlsUnknownAuthority), (.expired, true, .tlsExpired),
      (.other, true, .tlsWrongHost),
    ] as [(TrainingSite, Bool, Code?)])
  func certificates(site: TrainingSite, withCA: Bool, code: Code?) async throws {
    let trainee = try Trainee()
    let file = TrainingWorkspace.authorityFile(of: trainee.store)
    var draft = BindingDraft(
      instanceId: trainee.facts.instanceId, networkType: .internet, address: try trainee.url(site), username: "dev",
      token: trainee.token(.good, at: site).token)
    if withCA { draft.caCertificates = try String(contentsOfFile: file, encoding: .utf8) }
    let workspace = try trainee.workspace()
    do {
      let binding = try await workspace.bind(draft)
      #expect(code == nil)
      #expect(binding.lastPassed?.notes.contains(.onlyByCaFile) == true)
    } catch {
      #expect(Refusal(error).code == code)
    }
  }

  @Test(
    "hosts without a site are told apart",
    arguments: [
      ("http://closed.lab.example", Code.connectRefused), ("http://gitlab.corp.example", .connectRefused),
      ("http://nowhere.example", .nameNotResolved),
    ])
  func hosts(address: String, code: Code) async throws {
    let trainee = try Trainee()
    #expect(await trainee.tryOut(address, "dev", trainee.facts.token) == code)
  }

  @Test("where nothing ever comes, it is told whether anything answered at all")
  func patience() async throws {
    let trainee = try Trainee()
    let token = trainee.token(.good, at: .slow).token
    async let slow = trainee.tryOut(.slow, "dev", token)
    async let lost = trainee.tryOut("http://lost.lab.example", "dev", token)
    #expect(await (slow, lost) == (.answerTimedOut, .connectTimedOut))
  }

  @Test("a GitLab that can't tell a token's scope is bound, and that is said")
  func oldGitLab() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let binding = try await workspace.bind(
      BindingDraft(
        instanceId: trainee.facts.instanceId, networkType: .internet, address: try trainee.url(.idc), username: "dev",
        token: trainee.token(.good, at: .idc).token))
    #expect(binding.lastPassed?.notes.contains(.scopeNotChecked) == true)
    #expect(binding.lastPassed?.version == "15.4.6-ee")
  }

  @Test(
    "a token that expires soon, and a bot's, are bound with a note",
    arguments: [
      (TrainingToken.Purpose.expiresSoon, Note.expiresSoon), (.bot, .botAccount),
    ])
  func notes(purpose: TrainingToken.Purpose, note: Note) async throws {
    let trainee = try Trainee()
    let token = trainee.token(purpose)
    let binding = try await trainee.workspace().bind(
      BindingDraft(
        instanceId: trainee.facts.instanceId, networkType: .internet, address: try trainee.url(.ecs),
        username: token.username, token: token.token))
    #expect(binding.lastPassed?.notes.contains(note) == true)
  }

  @Test("more than a hundred projects are read page by page; hidden ones are not among them")
  func projects() async throws {
    let trainee = try Trainee()
    let surroundings = try trainee.workspace().surroundings
    let site = GitLabSite(
      address: try GitLabAddress(parsing: trainee.facts.address), connectTo: .v4(trainee.facts.gitLabIntranetIp),
      trust: .system)
    var all: [GitLabProject] = []
    while true {
      let page = try await surroundings.gitLab.projects(
        of: site, token: trainee.facts.token, search: nil, after: all.last?.id)
      guard !page.isEmpty else { break }
      all += page
    }
    #expect(all.count > 100 && Set(all.map(\.id)).count == all.count)
    #expect(all.first?.path == "platform/hello-web" && !all.contains { $0.path.hasPrefix("security/") })
    let found = try await surroundings.gitLab.projects(
      of: site, token: trainee.facts.token, search: "gateway", after: nil)
    #expect(found.count == 11)
  }

  @Test("the bound token is in no file but its secret's, and nowhere in the training folder")
  func plantedToken() async throws {
    let trainee = try Trainee()
    _ = await trainee.tryOut(.ecs, "dev", trainee.facts.token)
    let files = try #require(FileManager.default.enumerator(atPath: trainee.store.path))
    var holders: [String] = []
    for case let name as String in files {
      guard let content = FileManager.default.contents(atPath: "\(trainee.store.path)/\(name)") else { continue }
      if content.range(of: Data(trainee.facts.token.secret.utf8)) != nil { holders.append(name) }
    }
    #expect(holders.count == 1 && holders[0].hasPrefix("secrets/"), "\(holders)")
  }
}

extension Trainee {
  /// Binds over the Internet (no link in the way), and gives the code that refused it; nil when it is bound.
  func tryOut(_ address: String, _ username: String, _ token: Token) async -> Code? {
    do {
      _ = try await workspace().bind(
        BindingDraft(
          instanceId: facts.instanceId, networkType: .internet, address: address, username: username, token: token))
      return nil
    } catch {
      return Refusal(error).code
    }
  }

  func tryOut(_ site: TrainingSite, _ username: String, _ token: Token) async -> Code? {
    guard let address = try? url(site) else { return .fault }
    return await tryOut(address, username, token)
  }
}
