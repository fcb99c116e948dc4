import Foundation

/// A training workspace, set up by the commands that a person would give.
final class Workspace {
  static let branch = "benchmark"
  private static let project = "platform/hello-web"

  private let program: String
  private let path: String
  private let facts: Facts
  private(set) var rule = ""

  private struct Facts: Decodable {
    let Address, Username, Token, GitLabIntranetIp, InstanceId, VpcId, VSwitchId: String
  }
  private struct Place: Decodable {
    let loopbackAddress: String
    let ports: [String: Int]
  }

  init(_ program: String, at path: String) throws {
    self.program = program
    self.path = path
    let text = try Tool.run(
      [program, "workspace", "init", "--training", "--format", "json"], ["ACR_CONSOLE_WORKSPACE": path])
    facts = try Self.decode(text)
    try FileManager.default.createDirectory(atPath: path + "/training", withIntermediateDirectories: true)
  }

  /// Runs a command of the console.
  @discardableResult
  func console(_ words: [String], _ more: [String: String] = [:]) throws -> String {
    try Tool.run([program] + words, more.merging(["ACR_CONSOLE_WORKSPACE": path]) { $1 })
  }

  func bind() throws {
    struct Link: Decodable { let LinkId: String }
    let link: Link = try Self.decode(
      console([
        "link", "create", "--instance", facts.InstanceId, "--gitlab-ip", facts.GitLabIntranetIp, "--vpc", facts.VpcId,
        "--vswitch", facts.VSwitchId, "--format", "json",
      ]))
    try console(
      [
        "gitlab", "bind", "--instance", facts.InstanceId, "--network", "intranet", "--link", link.LinkId, "--address",
        facts.Address, "--username", facts.Username,
      ], ["ACR_CONSOLE_GITLAB_TOKEN": facts.Token])
  }

  func addRule() throws {
    struct Repository: Decodable { let RepoId: String }
    struct Rule: Decodable { let BuildRuleId: String }
    let repository: Repository = try Self.decode(
      console([
        "repository", "create", "--instance", facts.InstanceId, "--namespace", "team", "--name", "app", "--type",
        "PRIVATE", "--summary", "Benchmark", "--project", Self.project, "--no-cache", "--format", "json",
      ]))
    let added: Rule = try Self.decode(
      console([
        "rule", "add", "--repository", repository.RepoId, "--push-type", "GIT_BRANCH", "--push-name", Self.branch,
        "--image-tag", "latest", "--format", "json",
      ]))
    rule = added.BuildRuleId
  }

  /// The project at the training GitLab's place on loopback.
  var url: String {
    get throws {
      let place: Place = try Self.decode(String(contentsOfFile: path + "/workspace.json", encoding: .utf8))
      guard let host = URL(string: facts.Address)?.host(), let port = place.ports[host] else {
        throw Tool.Fault(description: "\(path)/workspace.json doesn't say where \(facts.Address) is.")
      }
      return "http://\(place.loopbackAddress):\(port)/\(Self.project).git"
    }
  }

  /// The training token as a header, where only git sees it.
  var gitEnvironment: [String: String] {
    let login = Data("\(facts.Username):\(facts.Token)".utf8).base64EncodedString()
    return [
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "http.extraHeader",
      "GIT_CONFIG_VALUE_0": "Authorization: Basic \(login)",
    ]
  }

  func push(_ files: [String: Data], from folder: String) throws {
    for (name, content) in files {
      let file = URL(filePath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/busybox")
    func git(_ words: String...) throws { try Tool.run(["git", "-C", folder] + words, gitEnvironment) }
    try git("init", "--quiet")
    try git("add", ".")
    try git("-c", "user.name=dev", "-c", "user.email=dev@corp.example", "commit", "--quiet", "-m", "Benchmark")
    try git("push", "--quiet", url, "HEAD:refs/heads/\(Self.branch)")
  }

  private static func decode<Value: Decodable>(_ text: String) throws -> Value {
    // Notes on standard error stand before the answer.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let answer = lines.drop { !$0.hasPrefix("{") }.joined(separator: "\n")
    do { return try JSONDecoder().decode(Value.self, from: Data(answer.utf8)) } catch {
      throw Tool.Fault(description: "\(error): \(text)")
    }
  }
}
