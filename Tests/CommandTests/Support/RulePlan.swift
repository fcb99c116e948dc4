import Testing

/// An own workspace with a repository and a rule, made by the commands themselves. No GitLab is bound.
struct RulePlan {
  let sandbox: Sandbox
  let instance: String
  let repository: String
  let rule: String

  init() async throws {
    sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    instance = try await Self.id(
      "InstanceId",
      sandbox.run("instance create --name build --region cn-hangzhou --specification Enterprise_Basic --format json"))
    repository = try await Self.id(
      "RepoId",
      sandbox.run("repository create --instance \(instance) --namespace team --name app --summary App --format json"))
    rule = try await Self.id(
      "BuildRuleId",
      sandbox.run(
        "rule add --repository \(repository) --push-type GIT_BRANCH --push-name main --image-tag latest --format json"))
  }

  /// Runs a command line with the ids in the places of `INSTANCE`, `REPOSITORY` and `RULE`.
  @discardableResult
  func run(_ line: String, input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
    try await sandbox.run(filled(line), input: input, environment: environment)
  }

  func filled(_ line: String) -> String {
    line.replacing("INSTANCE", with: instance).replacing("REPOSITORY", with: repository).replacing("RULE", with: rule)
  }

  private static func id(_ member: String, _ outcome: Outcome) throws -> String {
    try #require(outcome.object[member] as? String, "\(outcome.error)")
  }
}
