import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

/// A workspace in a real store in a temporary folder, with a world around it that does as it is told: one instance that
/// runs, a VPC, a vSwitch that carries the mode and one that doesn't.
final class World: Sendable {
  let folder: String
  let gitLab = FakeGitLab()
  let network = FakeNetwork()
  let clock = FakeClock("2026-11-24T12:00:00Z")
  let workspace: Workspace
  let instance: Instance
  let vpc: Vpc
  let vSwitch: VSwitch
  let otherZone: VSwitch

  static let token = "glpat-PLANTED-0123456789"
  static let otherToken = "glpat-SECOND-9876543210"

  init(
    _ kind: WorkspaceKind = .own, admission: any TokenAdmission = AdmitAll(),
    knowsAddress: @escaping @Sendable (IPv4Address) -> Bool = { _ in true },
    credentialHelper: (any CredentialHelper)? = nil
  ) throws {
    folder = NSTemporaryDirectory() + "secure-build-" + UUID().uuidString
    var surroundings = Surroundings(
      names: network, reach: network, gitLab: gitLab, clock: clock, ids: CountedIds(),
      actor: Actor(user: "anna", host: "bastion"), admission: admission, knowsAddress: knowsAddress)
    surroundings.credentialHelper = credentialHelper
    if kind == .own {
      workspace = try Workspace.createOwn(at: folder, surroundings: surroundings)
    } else {
      let store = try Store.create(
        at: folder, WorkspaceHeader(id: "workspace-1", kind: kind.rawValue, created: clock.now().description),
        by: "anna@bastion", as: "workspace init", at: clock.now().description
      ) { _ in }
      workspace = Workspace(store: store, surroundings: surroundings)
    }
    instance = try workspace.createInstance(
      name: "build-prod", region: "cn-hangzhou", specification: "Enterprise_Advanced")
    vpc = try workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16", name: "prod")
    vSwitch = try workspace.addVSwitch(vpc: vpc.id, zone: "cn-hangzhou-h", cidr: "192.168.10.0/24")
    otherZone = try workspace.addVSwitch(vpc: vpc.id, zone: "cn-hangzhou-a", cidr: "192.168.11.0/24")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The same files through another handle, as another process has them.
  func other(user: String = "bert") throws -> Workspace {
    var surroundings = workspace.surroundings
    surroundings.actor = Actor(user: user, host: "laptop")
    return try Workspace.open(at: folder) { _ in surroundings }
  }

  // MARK: What tests begin with

  func linkDraft(_ change: (inout LinkDraft) -> Void = { _ in }) -> LinkDraft {
    var draft = LinkDraft(
      instanceId: instance.id, gitLabIntranetIp: "192.168.10.20", vpcId: vpc.id, vSwitchId: vSwitch.id)
    change(&draft)
    return draft
  }

  func link(_ change: (inout LinkDraft) -> Void = { _ in }) throws -> Link {
    try workspace.createLink(linkDraft(change))
  }

  /// A link with a host entry for `gitlab.corp.example`.
  func namedLink() throws -> Link {
    try link { $0.hosts = [HostEntryDraft("gitlab.corp.example=192.168.10.20")] }
  }

  func binding(over link: Link?, _ change: (inout BindingDraft) -> Void = { _ in }) -> BindingDraft {
    var draft = BindingDraft(
      instanceId: instance.id, networkType: link == nil ? .internet : .intranet, linkId: link?.id ?? "",
      address: "https://gitlab.corp.example", username: "dev", token: Token(Self.token))
    change(&draft)
    return draft
  }

  /// A binding over a link of its own.
  @discardableResult
  func bound() async throws -> Binding { try await workspace.bind(binding(over: namedLink())) }

  // MARK: What tests look at

  /// The files under the workspace that hold a text.
  func files(holding text: String) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { name in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
      else { return false }
      return try Data(contentsOf: URL(filePath: "\(folder)/\(name)")).range(of: Data(text.utf8)) != nil
    }
  }

  var secrets: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/secrets")) ?? []).sorted()
  }

  /// Every byte of the records and the journal, for "nothing was changed".
  func contents() throws -> Data {
    try Data(contentsOf: URL(filePath: folder + "/journal.1.jsonl"))
  }
}

/// What a body was refused with; records an issue when it wasn't.
func refused(_ body: () throws -> Void, at location: SourceLocation = #_sourceLocation) -> Refusal? {
  do { try body() } catch { return Refusal(error) }
  Issue.record("nothing was refused", sourceLocation: location)
  return nil
}

func refusedTry(
  at location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> Refusal? {
  do { try await body() } catch { return Refusal(error) }
  Issue.record("nothing was refused", sourceLocation: location)
  return nil
}
