import FlatFiles
import SecureBuild
import Training

/// A workspace that was just made, with what a person needs to go on.
struct NewWorkspace: Presentable {
  let kind: WorkspaceKind
  let path: String
  let facts: TrainingFacts?

  /// Makes a workspace of this kind.
  /// - Parameter dryRun: look only whether it could be made: the facts of a training world come with it.
  /// - Throws: `Refusal` where there is one already, or the folder can't be made.
  static func make(_ kind: WorkspaceKind, at path: String, dryRun: Bool = false) throws -> NewWorkspace {
    if dryRun {
      try rehearse(at: path)
      return NewWorkspace(kind: kind, path: path, facts: nil)
    }
    guard kind == .own else {
      let facts = try TrainingWorkspace.create(at: path, actor: ProcessEnvironment.actor)
      return NewWorkspace(kind: kind, path: path, facts: facts)
    }
    _ = try Workspace.createOwn(at: path, surroundings: Invocation.ownSurroundings)
    return NewWorkspace(kind: kind, path: path, facts: nil)
  }

  /// Makes a workspace of what one exported.
  static func restore(_ document: WorkspaceDocument, at path: String, dryRun: Bool) throws -> NewWorkspace {
    guard let kind = WorkspaceKind(rawValue: document.header.kind) else {
      throw Refusal(ofDocument: document.header.kind)
    }
    let facts = kind == .training ? try TrainingWorkspace.facts(of: document.header) : nil
    if dryRun { try rehearse(at: path) }
    let (actor, now) = (ProcessEnvironment.actor, SystemClock().now())
    switch kind {
    case _ where dryRun: break
    case .training: try TrainingWorkspace.restore(document, at: path, by: actor, at: now)
    case .own: _ = try Workspace.restore(document, at: path, by: actor, at: now)
    }
    return NewWorkspace(kind: kind, path: path, facts: facts)
  }

  private static func rehearse(at path: String) throws(Refusal) {
    switch SmallFile.names(in: path) {
    case .some(let names) where names.contains("workspace.json"): throw Refusal(StoreError.alreadyWorkspace(path: path))
    case .some(let names) where !names.isEmpty: throw Refusal(StoreError.folderNotEmpty(path: path))
    default: return
    }
  }

  /// What to do next.
  var next: Phrase {
    guard let facts else {
      return Phrase(
        "Next: `acr-console instance create` and `acr-console network add vpc`, or the console: `acr-console`.",
        "接下来：`acr-console instance create`、`acr-console network add vpc`，或打开控制台：`acr-console`。")
    }
    let link = "acr-console link create --instance \(facts.instanceId) --gitlab-ip \(facts.gitLabIntranetIp)"
    let network = "--vpc \(facts.vpcId) --vswitch \(facts.vSwitchId)"
    return Phrase(
      "Next: the console, `acr-console`; or a first link: `\(link) \(network)`.",
      "接下来：打开控制台 `acr-console`；或创建第一条链路：`\(link) \(network)`。")
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Workspace", "工作区")) { made, _ in made.path },
      Column(Phrase("Kind", "类型")) { made, language in made.kind.title(language) },
      Column(Phrase("Training GitLab", "演练 GitLab")) { made, _ in made.facts?.address ?? "" },
      Column(Phrase("GitLab intranet IP", "GitLab 内网 IP")) { made, _ in made.facts?.gitLabIntranetIp.description ?? ""
      },
      Column(Phrase("Username", "用户名称")) { made, _ in made.facts?.username ?? "" },
      Column(Phrase("Training token", "演练 Token")) { made, _ in made.facts?.token.secret ?? "" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    let base: JSONText = ["Kind": .string(kind.rawValue), "Path": .string(path)]
    guard let facts else { return base }
    return base.adding([
      "Address": .string(facts.address), "Username": .string(facts.username), "Token": .string(facts.token.secret),
      "GitLabIntranetIp": .string(facts.gitLabIntranetIp.description), "InstanceId": .string(facts.instanceId),
      "VpcId": .string(facts.vpcId), "VSwitchId": .string(facts.vSwitchId),
    ])
  }
}
