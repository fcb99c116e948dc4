import FlatFiles
import Mutation
import RecordedDisk

@testable import SecureBuild

/// A workspace on a disk of memory, with two handles on it, that does the steps of a sequence.
final class ModelGround {
  private(set) var disk: RecordedDisk
  private(set) var handles: [Workspace] = []
  private var form: Versioned<Link>?
  private let gitLab = FakeGitLab()
  private let network = FakeNetwork()
  private let ids = CountedIds()
  private let clock = FakeClock("2026-11-24T12:00:00Z")

  /// Nothing of the real machine is there.
  private static let folder = "/model-of-a-workspace/workspace"

  /// - Parameter liesAboutSyncs: whether the disk says that it synced and didn't: to see that this is found.
  init(liesAboutSyncs: Bool) throws {
    disk = RecordedDisk()
    let header = WorkspaceHeader(id: "workspace-1", kind: "own", created: clock.now().description)
    _ = try Store.create(
      at: Self.folder, header, files: disk, by: "anna@bastion", as: "workspace init", at: clock.now().description
    ) { _ in }
    if liesAboutSyncs { disk.forgetSyncs() }
    try open(on: disk)
  }

  /// Both processes begin anew, on what is left.
  func open(on disk: RecordedDisk) throws {
    self.disk = disk
    handles = try ["anna", "bert"].map(handle)
  }

  func reopen(_ handle: Int) throws { handles[handle] = try self.handle(["anna", "bert"][handle]) }

  private func handle(_ user: String) throws -> Workspace {
    let surroundings = Surroundings(
      names: network, reach: network, gitLab: gitLab, clock: clock, ids: ids, actor: Actor(user: user, host: "bastion"))
    return Workspace(
      store: try Store(opening: Self.folder, files: disk, waiting: .never), surroundings: surroundings, waiting: .never)
  }

  /// What the workspace holds, a line a thing, as `Model.lines` has it.
  func lines(_ handle: Int) throws -> [String] {
    let state = try handles[handle].store.state(waiting: .never)
    func secret(_ id: String?) throws -> String {
      guard let id = id.flatMap(SecretID.init) else { return "-" }
      return String(decoding: try handles[handle].store.readSecret(id), as: UTF8.self)
    }
    var lines = try state.all(.instance, as: Instance.self).map {
      "instance \($0.id) \($0.name) \($0.regionId) \($0.status == .running)"
    }
    lines += try state.all(.vpc, as: Vpc.self).map { "vpc \($0.id) \($0.regionId) \($0.cidrBlock)" }
    lines += try state.all(.vSwitch, as: VSwitch.self).map {
      "vSwitch \($0.id) \($0.vpcId) \($0.zoneId) \($0.cidrBlock) "
        + ($0.availableIpAddressCount.map { String($0) } ?? "-")
    }
    lines += try state.all(.link, as: Link.self).map { link in
      let host = link.hosts.first.map { "\($0.name)=\($0.ip)" } ?? "-"
      return "link \(link.id) \(link.instanceId) \(link.addresses.map(\.description)) \(host) \(link.vpcId) "
        + link.vSwitchId
    }
    lines += try state.all(.binding, as: Binding.self).map {
      "binding \($0.instanceId) \($0.networkType == .intranet) \($0.linkId ?? "-") \($0.address) \($0.username) "
        + "\(try secret($0.secret)) \($0.state.rawValue) \($0.confirmed != nil) \($0.lastFailed?.code ?? "-")"
    }
    lines += try state.all(.securityGroup, as: SecurityGroup.self).map { "group \($0.instanceId) \($0.linkId)" }
    lines += try state.all(.namespace, as: Namespace.self).map { "namespace \($0.instanceId) \($0.name)" }
    lines += try state.all(.repository, as: Repository.self).map {
      "repository \($0.id) \($0.instanceId) \($0.path) \($0.source?.path ?? "") \($0.autoBuild)"
    }
    lines += try state.all(.buildRule, as: BuildRule.self).map {
      "rule \($0.id) \($0.repoId) \($0.pushName) \($0.imageTag)"
    }
    lines += try state.all(.registry, as: Registry.self).map { registry in
      let place =
        switch registry.place {
        case .workspace: "workspace"
        case .layout(let folder): folder
        case .server(let server): server.address
        }
      return "registry \(registry.instanceId) \(place) \(registry.server?.username ?? "") "
        + (try secret(registry.server?.secret))
    }
    return lines
  }

  /// How many tokens and passwords there are.
  func secrets() throws -> Int {
    let folder = "\(Self.folder)/secrets"
    return try disk.status(folder) == nil ? 0 : disk.list(folder).count
  }

  /// What is wrong with the files.
  func findings() throws -> [String] {
    try handles[0].store.check(waiting: .never).filter(\.isDamage).map { "\($0)" }
      + handles[0].unreadableRecords().map { "\($0)" }
  }

  /// Runs a use case.
  /// - Returns: the id of what came into being, or "".
  func run(_ action: ModelStep.Action, _ model: Model, handle: Int) async throws -> String {
    let workspace = handles[handle]
    switch action {
    case .createInstance(let name, let region, let specification, let status):
      return try workspace.createInstance(name: name, region: region, specification: specification, status: status).id
    case .deleteInstance(let place): _ = try workspace.deleteInstance(model.instance(place))
    case .addVpc(let region, let cidr): return try workspace.addVpc(region: region, cidr: cidr).id
    case .addVSwitch(let place, let zone, let cidr, let freeIps):
      return try workspace.addVSwitch(vpc: model.vpc(place), zone: zone, cidr: cidr, freeIps: freeIps).id
    case .deleteVpc(let place): try workspace.deleteNetwork(model.vpc(place))
    case .deleteVSwitch(let place): try workspace.deleteNetwork(model.vSwitch(place))
    case .createLink(let instance, let ip, let allow, let host, let vpc, let vSwitch):
      let draft = LinkDraft(
        instanceId: model.instance(instance), gitLabIntranetIp: ip, allowedIps: allow.map { AllowedIpDraft(ip: $0) },
        hosts: host.map { [HostEntryDraft($0)] } ?? [], vpcId: model.vpc(vpc), vSwitchId: model.vSwitch(vSwitch))
      return try workspace.createLink(draft).id
    case .editLink(let place, let words): _ = try workspace.editLink(model.link(place), words.change)
    case .openLink(let place):
      form = try openForm(model.link(place), workspace)
    case .submitLink(let words):
      if let form { _ = try workspace.editLink(form.value.id, words.change, since: form) }
    case .deleteLink(let place): _ = try workspace.deleteLink(model.link(place))
    case .bind(let account, let isKnown):
      answer(isKnown)
      _ = try await workspace.bind(account.draft(model))
    case .saveDraft(let account): _ = try workspace.saveDraft(account.draft(model))
    case .check(let place, let isKnown):
      answer(isKnown)
      _ = try await workspace.check(model.instance(place))
    case .confirm(let place): _ = try workspace.confirmBinding(of: model.instance(place))
    case .unbind(let place): _ = try workspace.unbind(model.instance(place))
    default: return try runBuilds(action, model, workspace)
    }
    return ""
  }

  private func openForm(_ id: String, _ workspace: Workspace) throws -> Versioned<Link>? {
    let state = try workspace.state()
    return try state.state.record(.link, id) != nil ? try state.openLink(id) : nil
  }

  private func runBuilds(_ action: ModelStep.Action, _ model: Model, _ workspace: Workspace) throws -> String {
    switch action {
    case .createRepository(let place, let namespace, let name, let project, let auto):
      let draft = RepositoryDraft(
        instanceId: model.instance(place), namespaceName: namespace, name: name, summary: "s", project: project,
        autoBuild: auto)
      return try workspace.createRepository(draft).id
    case .editRepository(let place, let project, let auto):
      let draft = RepositoryDraft(instanceId: "", summary: "s", project: project, autoBuild: auto)
      _ = try workspace.editRepository(model.repository(place), draft)
    case .deleteRepository(let place): _ = try workspace.deleteRepository(model.repository(place))
    case .deleteNamespace(let place, let name): _ = try workspace.deleteNamespace(name, of: model.instance(place))
    case .createRule(let place, let pushName, let tag):
      let draft = RuleDraft(repoId: model.repository(place), pushName: pushName, imageTag: tag)
      return try workspace.createRule(draft).id
    case .deleteRule(let place): _ = try workspace.deleteRule(model.rule(place))
    case .setRegistry(let place, let layout, let address, let username, let password):
      let draft = RegistryDraft(
        instanceId: model.instance(place), layout: layout, address: address, username: username,
        password: password.map { RegistryPassword($0) })
      _ = try workspace.setRegistry(draft)
    default: break
    }
    return ""
  }

  private func answer(_ knowsToken: Bool) {
    gitLab.set {
      $0.version = knowsToken ? .success(GitLabVersion(version: "17.5.2")) : .failure(.unauthorized)
    }
  }
}

extension ModelStep.LinkWords {
  fileprivate var change: LinkChange {
    LinkChange(
      gitLabIntranetIp: ip, allow: allow.map { [AllowedIpDraft(ip: $0)] } ?? [], disallow: disallow.map { [$0] } ?? [])
  }
}

extension ModelStep.Account {
  fileprivate func draft(_ model: Model) -> BindingDraft {
    BindingDraft(
      instanceId: model.instance(instance), networkType: isIntranet ? .intranet : .internet,
      linkId: link.map(model.link) ?? "", address: address, username: username, token: token.flatMap { Token($0) })
  }
}
