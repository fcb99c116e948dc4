import FlatFiles
import GitLabSimulator
import SecureBuild

/// Training workspaces: a whole world to practise on, the same in every workspace but for its tokens and where on this
/// host its GitLab listens.
public enum TrainingWorkspace {
  /// Makes a training workspace.
  /// - Parameters:
  ///   - path: a folder that isn't there or is empty.
  ///   - isDayFixed: whether it is for ever the day of its making there, as its GitLabs see it.
  /// - Returns: values with which a link can be created and GitLab bound.
  /// - Throws: `Refusal` where the folder can't be used.
  public static func create(
    at path: String, actor: Actor, clock: any WallClock = SystemClock(), ids: any IdSource = RandomIds(),
    isDayFixed: Bool = false
  ) throws(Refusal) -> TrainingFacts {
    let now = clock.now()
    let place = TrainingPlace(
      choosingFor: ids.next("workspace"), day: isDayFixed ? String(now.description.prefix(10)) : nil)
    let header = WorkspaceHeader(
      id: place.workspace, kind: WorkspaceKind.training.rawValue, created: now.description, members: place.members)
    do {
      _ = try Store.create(at: path, header, by: actor.name, as: "workspace init", at: now.description) { transaction in
        for instance in TrainingWorld.instances(at: now, by: actor.name) {
          try transaction.put(.instance, instance.id, instance)
        }
        for vpc in TrainingWorld.vpcs(at: now, by: actor.name) { try transaction.put(.vpc, vpc.id, vpc) }
        for vSwitch in TrainingWorld.vSwitches(at: now, by: actor.name) {
          try transaction.put(.vSwitch, vSwitch.id, vSwitch)
        }
        for entry in TrainingInventory(place: place, at: now, by: actor.name).entries() {
          try transaction.put(entry.kind, entry.id, json: .object(entry.members))
        }
      }
    } catch {
      throw Refusal(error)
    }
    try writeAuthority(of: place.workspace, to: path)
    return TrainingFacts(place)
  }

  /// Makes a training workspace of what one exported: the same world, at the same place on this host.
  public static func restore(
    _ document: WorkspaceDocument, at path: String, by actor: Actor, at now: Timestamp
  ) throws(Refusal) {
    _ = try TrainingPlace(document.header)
    let store = try Workspace.restore(document, at: path, by: actor, at: now)
    try writeAuthority(of: store.header.id, to: path)
  }

  private static func writeAuthority(of workspace: String, to path: String) throws(Refusal) {
    do {
      try TrainingFolder(in: path).write(TrainingAuthority(of: workspace))
    } catch let fault as FileFault {
      throw .folderUnwritable(fault)
    } catch {
      throw Refusal(error)
    }
  }

  /// What was told when the workspace was made.
  /// - Throws: `Refusal` where this is no training workspace.
  public static func facts(of header: WorkspaceHeader) throws(Refusal) -> TrainingFacts {
    TrainingFacts(try TrainingPlace(header))
  }

  /// Whether nobody listens where the GitLabs of a workspace with this id would: its own server, say.
  public static func isFree(_ workspace: String) -> Bool {
    let place = TrainingPlace(choosingFor: workspace)
    return place.ports.values.allSatisfy { port in
      guard let socket = try? ListeningSocket(binding: place.address.description, port: port) else { return false }
      socket.close()
      return true
    }
  }

  /// Every token that this workspace's world gives out, good and bad.
  public static func tokens(of header: WorkspaceHeader) -> [TrainingToken] { TrainingToken.all(of: header.id) }

  /// What this machine lacks for all sample projects to be there; nil where all are.
  public static var missingSamples: Phrase? { Busybox.program == nil ? Busybox.mend : nil }

  /// The file with the authority's certificate that makes the world's https addresses valid.
  public static func authorityFile(of store: Store) -> String { TrainingFolder.authorityFile(in: store.path) }

  /// The address of every web server of this world, by which a trainee can provoke what can go wrong.
  public static func addresses(of header: WorkspaceHeader) throws(Refusal) -> [String] {
    let place = try TrainingPlace(header)
    return TrainingHost.sites.map { place.url(of: $0.site) }
  }

  /// The world around a training workspace: its names, its network and its GitLabs, reached through the real adapters
  /// of `like`, and never anything beyond this host's loopback.
  /// - Parameters:
  ///   - start: how the server is started when the first connection needs it.
  ///   - patience: the most that an address at which nothing answers is waited for.
  public static func surroundings(
    for store: Store, like: Surroundings, start: TrainingServerStart = .thisProgram, patience: Duration = .seconds(60)
  ) throws(Refusal) -> Surroundings {
    let place = try TrainingPlace(store.header)
    let admission = TrainingAdmission(workspace: place.workspace)
    let way = TrainingWay(
      place: place, session: TrainingSession(workspace: store.path, place: place, start: start),
      inventory: Workspace(store: store, surroundings: like), patience: patience)
    var surroundings = like
    surroundings.names = TrainingNames()
    surroundings.reach = TrainingReach(reach: like.reach, way: way)
    surroundings.gitLab = TrainingGitLab(gitLab: like.gitLab, way: way, admission: admission)
    surroundings.admission = admission
    surroundings.vendor = TrainingVendor()
    // Its tokens are nobody's, and training workspaces are thrown away: nothing of them is left in anybody's keyring.
    surroundings.credentialHelper = nil
    surroundings.knowsAddress = { TrainingHost.at($0) != nil }
    surroundings.observer = TrainingObserver()
    let companion = TrainingCompanion(workspace: store.path, way: way)
    surroundings.companions = { network in try companion.companions(in: network) }
    return surroundings
  }
}

/// What a newcomer needs for the first link and the first binding.
public struct TrainingFacts: Sendable, Equatable {
  /// GitLab's address, by its name in the training network.
  public let address: String
  public let username: String
  public let token: Token
  public let gitLabIntranetIp: IPv4Address
  /// An instance that runs, and a VPC and a vSwitch in its region that carries the mode.
  public let instanceId: String
  public let vpcId: String
  public let vSwitchId: String

  init(_ place: TrainingPlace) {
    let good = TrainingToken.token(at: .ecs, .good, of: place.workspace)
    address = place.url(of: .ecs)
    username = good.username
    token = good.token
    gitLabIntranetIp = TrainingHost.first.address
    instanceId = .buildProd
    vpcId = .prod
    vSwitchId = .prodBuild
  }
}
