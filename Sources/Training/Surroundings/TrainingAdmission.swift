import SecureBuild

/// Lets in only tokens that this workspace's world gave out, so that nobody's real token is sent or stored here.
struct TrainingAdmission: TokenAdmission {
  private let known: Set<String>

  init(workspace: String) {
    known = Set(TrainingToken.all(of: workspace).map(\.token.secret))
  }

  func admit(_ token: Token) throws {
    guard known.contains(token.secret) else { throw Self.refusal }
  }

  static let refusal = Refusal(
    .trainingToken, field: .token,
    message: Phrase(
      "This is a training workspace: it takes only tokens that its own GitLab gave out. This one was sent nowhere and is not kept.",
      "这是演练工作区，只接受其自带 GitLab 发放的 Token。该 Token 未发送到任何地方，也不会保存。"),
    mend: Phrase(
      "Use the training world's token: F3 in the form fills it in, `acr-console train world` prints it. Your own token belongs in a workspace of your own (`--own`).",
      "请使用演练环境的 Token：在表单中按 F3 填入，或用 `acr-console train world` 查看。自己的 Token 请在自有工作区（`--own`）中使用。"))
}
