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
      "Use the token that `acr-console workspace init --training` printed for this workspace. For a token of your own, make a workspace of your own (`--own`).",
      "请使用创建该工作区时 `acr-console workspace init --training` 输出的 Token。要使用自己的 Token，请创建自有工作区（`--own`）。"))
}
