import FlatFiles
import Foundation
import SecureBuild
import Testing

@testable import Training

/// A training workspace with a link to a web server of the world.
private struct Scene {
  let trainee: Trainee
  let workspace: Workspace
  private let site: TrainingSite

  init(_ site: TrainingSite = .ecs, like: Surroundings = .real) throws {
    self.site = site
    trainee = try Trainee()
    workspace = try trainee.workspace(like: like)
  }

  var linkDraft: LinkDraft {
    LinkDraft(
      instanceId: .buildProd, gitLabIntranetIp: TrainingHost.having(site).address.description, vpcId: .prod,
      vSwitchId: .prodBuild)
  }

  func bind(over link: Link) async throws -> Binding {
    var draft = BindingDraft(
      instanceId: .buildProd, linkId: link.id, address: try trainee.url(site), username: "dev",
      token: trainee.token(.good, at: site).token)
    if site.isSecure {
      draft.caCertificates = try String(
        contentsOfFile: TrainingWorkspace.authorityFile(of: trainee.store), encoding: .utf8)
    }
    return try await workspace.bind(draft)
  }

  /// What a binding ends in; nil where it is made.
  func outcome(over link: Link) async -> Refusal? {
    do {
      _ = try await bind(over: link)
      return nil
    } catch { return Refusal(error) }
  }

  func set(_ fault: HostFault?) throws {
    try TrainingWorkspace.setFault(fault, at: TrainingHost.having(site).name, in: workspace)
  }
}

@Suite("The simulated vendor") struct SimulatedVendorTests {
  @Test("without the service role there is no link, and no first binding; GitLab isn't even asked")
  func serviceRole() async throws {
    let recorder = Recorder()
    let scene = try Scene(like: .recorded(by: recorder))
    let workspace = scene.workspace
    try workspace.setVendor(serviceRole: .missing)
    let refused = #expect(throws: Refusal.self) { try workspace.createLink(scene.linkDraft) }
    #expect(refused?.code == .serviceRoleMissing && refused?.field == .vpcId)
    #expect(refused?.message.en.hasPrefix("Simulated") == true && refused?.message.zh.hasPrefix("（模拟") == true)
    #expect(try workspace.links().isEmpty)
    try workspace.setVendor(serviceRole: .authorised)
    let link = try workspace.createLink(scene.linkDraft)
    try workspace.setVendor(serviceRole: .missing)
    let unbound = await scene.outcome(over: link)
    #expect(unbound?.code == .serviceRoleMissing && unbound?.field == .linkId)
    #expect(recorder.tokens == [] && recorder.endpoints == [])
    #expect(try workspace.binding(of: .buildProd) == nil)
    #expect(throws: Refusal.self) {
      try workspace.rehearseBinding(
        BindingDraft(
          instanceId: .buildProd, linkId: link.id, address: scene.trainee.facts.address, username: "dev",
          token: scene.trainee.facts.token))
    }
  }

  @Test("what is bound stays bound, and network type Internet asks for no group")
  func laterOn() async throws {
    let scene = try Scene()
    let workspace = scene.workspace
    let link = try workspace.createLink(scene.linkDraft)
    _ = try await scene.bind(over: link)
    try workspace.setVendor(serviceRole: .missing, groupQuota: .most(0))
    #expect(try await workspace.check(.buildProd).state == .bound)
    _ = try workspace.unbind(.buildProd)
    #expect(await scene.outcome(over: link)?.code == .serviceRoleMissing)
    let binding = try await workspace.bind(
      BindingDraft(
        instanceId: .buildProd, networkType: .internet, address: scene.trainee.facts.address, username: "dev",
        token: scene.trainee.facts.token))
    #expect(binding.state == .bound)
  }

  @Test("a quota that is used up refuses the first binding; a higher one lets it through, or a group less")
  func quota() async throws {
    let scene = try Scene()
    let workspace = scene.workspace
    let link = try workspace.createLink(scene.linkDraft)
    let count = try workspace.state().inventory(.securityGroup, in: "cn-hangzhou").count
    try workspace.setVendor(groupQuota: .most(count))
    let refused = await scene.outcome(over: link)
    #expect(refused?.code == .groupQuotaReached && refused?.vendor != nil)
    try workspace.setVendor(groupQuota: .most(count + 1))
    #expect(await scene.outcome(over: link) == nil)
    _ = try workspace.unbind(.buildProd)
    try workspace.setVendor(groupQuota: .most(count))
    #expect(await scene.outcome(over: link)?.code == .groupQuotaReached)
    try workspace.deleteFromInventory("sg-bp1maven0e8t3w6y1kz4c")
    #expect(await scene.outcome(over: link) == nil)
  }

  @Test("an own workspace has neither: nothing can be set there, and nobody answers for the vendor")
  func own() throws {
    let sandbox = try Sandbox()
    let own = try Workspace.createOwn(at: sandbox.file("own"), surroundings: .real)
    #expect(own.surroundings.vendor == nil)
    for change: () throws -> Void in [
      { try own.setVendor(serviceRole: .missing) }, { try own.setFault(.slow, at: "gitlab.corp.example") },
      { try TrainingWorkspace.setFault(.slow, at: "gitlab.corp.example", in: own) },
    ] {
      #expect(#expect(throws: Refusal.self) { try change() }?.code == .trainingOnly)
    }
    #expect(try own.state().trainingFaults() == .none)
  }
}

@Suite("Faults of the training world's hosts", .serialized) struct HostFaultTests {
  @Test(
    "each shows as the real thing, and is gone with it",
    arguments: [
      (HostFault.badGateway, TrainingSite.ecs, Code.serverError), (.tooManyRequests, .ecs, .rateLimited),
      (.brokenJSON, .ecs, .brokenAnswer), (.endless, .ecs, .endlessAnswer), (.cutOff, .ecs, .connectionLost),
      (.notGitLab, .ecs, .notGitLab), (.expiredTokens, .ecs, .tokenExpired), (.revokedTokens, .ecs, .tokenRevoked),
      (.smallScope, .ecs, .tokenScope), (.wrongCertificate, .secure, .tlsWrongHost),
      (.expiredTokens, .secure, .tokenExpired),
    ])
  func shown(fault: HostFault, site: TrainingSite, code: Code) async throws {
    let scene = try Scene(site)
    let link = try scene.workspace.createLink(scene.linkDraft)
    _ = try await scene.bind(over: link)
    try scene.set(fault)
    await #expect(throws: Refusal.self) { try await scene.workspace.check(.buildProd) }
    #expect(await scene.outcome(over: link)?.code == code)
    try scene.set(nil)
    #expect(try await scene.workspace.check(.buildProd).state == .bound)
    #expect(try scene.workspace.state().trainingFaults() == .none)
  }

  @Test("a slow host leads where nothing ever answers, also under a path and in a data centre")
  func slow() throws {
    let place = try Trainee().place
    for site in [TrainingSite.ecs, .slb, .idc] {
      let host = TrainingHost.having(site)
      let port = try #require(place.ports[host.name])
      let arrival = place.arrival(
        at: Endpoint(address: .v4(host.address), port: port), with: TrainingFaults(hosts: [host.name: .slow]))
      let slow = try #require(place.ports["slow.lab.example"])
      #expect(arrival == .leads(to: Endpoint(address: .v4(place.address), port: slow), .slow))
    }
  }

  @Test("it shows nowhere but in what is tried: not in the world's list, and not by name in the activity")
  func hidden() throws {
    let scene = try Scene()
    let before = try TrainingWorkspace.hosts(of: scene.trainee.store.header)
    try scene.set(.expiredTokens)
    #expect(try TrainingWorkspace.hosts(of: scene.trainee.store.header) == before)
    let sentence = try #require(try scene.workspace.activity().entries.first?.sentence)
    for words in [sentence.en, sentence.zh] {
      #expect(!words.contains("token") && !words.contains("gitlab.corp"), "\(words)")
    }
  }

  @Test("a host can't show what it hasn't got")
  func refused() throws {
    let scene = try Scene()
    func code(_ fault: HostFault, _ host: String) -> Code? {
      do throws(Refusal) {
        try TrainingWorkspace.check(fault, at: host)
        return nil
      } catch { return error.code }
    }
    #expect(code(.wrongCertificate, "gitlab.corp.example") == .invalidValue)
    #expect(code(.badGateway, "secure.lab.example") == .invalidValue)
    #expect(code(.slow, "closed.lab.example") == .noSuchResource && code(.slow, "gitlab.com") == .noSuchResource)
    #expect(code(.expiredTokens, "secure.lab.example") == nil)
    #expect(throws: Refusal.self) {
      try TrainingWorkspace.setFault(.wrongCertificate, at: "gitlab.corp.example", in: scene.workspace)
    }
    #expect(try scene.workspace.state().trainingFaults() == .none)
  }

  @Test("a build's companion shows it, too")
  func companions() async throws {
    let scene = try Scene()
    let ip = IPAddress.v4(TrainingHost.first.address)
    try scene.set(.badGateway)
    let found = try await scene.workspace.surroundings.companions(.confined(gitLab: ip, others: [], hosts: []))
    #expect(found.first?.arguments.suffix(2) == ["--fault", "502"])
  }

  @Test("they go into one transaction with whatever else, come out as they went in, and faulty ones are named")
  func stored() throws {
    let scene = try Scene()
    let faults = TrainingFaults(
      serviceRole: .missing, groupQuota: 3,
      hosts: ["gitlab.corp.example": .expiredTokens, "git.idc.example": .badGateway])
    let text = try JSONEncoder().encode(faults)
    #expect(try JSONDecoder().decode(TrainingFaults.self, from: text) == faults)
    #expect(try JSONDecoder().decode(TrainingFaults.self, from: Data("{}".utf8)) == .none)
    let store = scene.workspace.store
    func commit(_ body: (inout Transaction) throws -> Void) throws {
      _ = try store.commit(by: "lin@bastion", as: "train start", at: "2026-11-24T20:15:00.000Z") { try body(&$0) }
    }
    try commit { transaction in
      try faults.put(in: &transaction)
      try transaction.put(RecordKind("note"), "1", ["Text": "beside"])
    }
    #expect(try scene.workspace.state().trainingFaults() == faults)
    #expect(try scene.workspace.unreadableRecords().isEmpty)
    try commit { try TrainingFaults.none.put(in: &$0) }
    #expect(try scene.workspace.state().trainingFaults() == .none)
    try commit { try $0.put(RecordKind("training-faults"), "world", ["ServiceRole": "perhaps"]) }
    #expect(try scene.workspace.unreadableRecords().count == 1)
  }
}
