import Foundation
import Testing

/// Somebody who goes through lessons by commands at a terminal.
struct Learner {
  let ground: TrainingGround
  private let world: [String: Any]

  static let buildProd = "cri-9zq3hx0v2k7mfa1c"
  static let retailProd = "cri-u8f2y6qn1r0xc4ja"
  static let dataProd = "cri-0ah4w8zs6j1qn7ry"

  /// A network of the training world, and the vSwitch in it that a link takes.
  struct Network {
    let vpc: String
    let vSwitch: String

    static let prod = Network(vpc: "vpc-bp1a4v9q6o1ycs3kb8gxe", vSwitch: "vsw-bp1e5d0h2u7mfr9pl6zoi")
    static let prodOfGitLab = Network(vpc: prod.vpc, vSwitch: "vsw-bp1w3c8z5n0rjx7dqk2th")
    static let prodOld = Network(vpc: prod.vpc, vSwitch: "vsw-bp1y9m4s6e1gvb3fo8lau")
    static let shanghai = Network(vpc: "vpc-uf6c3y8w1n5bgv0jx7qpe", vSwitch: "vsw-uf6d1r6j8b3ylo0vs5gqm")
    static let beijing = Network(vpc: "vpc-2ze9t4h6s0f1ldk8mo3ua", vSwitch: "vsw-2zef8q3m0y5tjd2rg7vbs")
  }

  init() async throws {
    ground = try await TrainingGround()
    world = try await ground.sandbox.run("train world --format json").object
  }

  // MARK: What commands do

  /// At a terminal of its own; what is typed answers the question for a token.
  @discardableResult
  func run(_ line: String, typing token: String? = nil) async throws -> Outcome {
    let terminal = try RawTerminal(width: 200)
    let arguments = (line + " --format json").split(separator: " ").map(String.init)
    try ground.sandbox.start(arguments, on: terminal)
    if let token {
      try await terminal.wrote("Private token")
      terminal.type(token + "\n")
    }
    let ending = try await terminal.ended(within: .seconds(120))
    guard case .exited(let status) = ending else { throw Failure(line: line, ending: "\(ending)") }
    // Results and errors come to the same terminal.
    let lines = terminal.text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    let json = lines.drop { !["{", "["].contains($0.prefix(1)) }.joined(separator: "\n")
    return Outcome(status: status, output: json, error: json)
  }

  private struct Failure: Error {
    let line: String
    let ending: String
  }

  /// Does what must succeed.
  @discardableResult
  func must(_ line: String, _ location: SourceLocation = #_sourceLocation) async throws -> [String: Any] {
    let outcome = try await run(line)
    #expect(outcome.status == 0, "\(line): \(outcome.error)", sourceLocation: location)
    return outcome.object
  }

  func start(_ lesson: String) async throws { try await must("train start \(lesson) --yes") }

  /// - Returns: the link's id; nil where it was refused.
  @discardableResult
  func link(
    _ instance: String = buildProd, to address: String = "192.168.10.20", in network: Network = .prod,
    allowing: [String] = []
  ) async throws -> String? {
    let others = allowing.map { " --allow \($0)" }.joined()
    let line =
      "link create --instance \(instance) --gitlab-ip \(address) --vpc \(network.vpc) --vswitch \(network.vSwitch)\(others)"
    return try await run(line).object["LinkId"] as? String
  }

  /// - Returns: the code that it was refused by; nil where the account is bound.
  @discardableResult
  func bind(
    _ instance: String = buildProd, over link: String?, at host: String = "gitlab.corp.example",
    _ purpose: String = "good", as user: String = "dev"
  ) async throws -> String? {
    let link = try #require(link)
    let tokens = try #require(world["Tokens"] as? [[String: Any]])
    let token = try #require(
      tokens.first { $0["Host"] as? String == host && $0["Purpose"] as? String == purpose }?["Token"] as? String)
    let hosts = try #require(world["Hosts"] as? [[String: Any]])
    let address = try #require(hosts.first { $0["Name"] as? String == host }?["Address"] as? String)
    let line = "gitlab bind --instance \(instance) --link \(link) --address \(address) --username \(user) --ask-token"
    let outcome = try await run(line, typing: token)
    return outcome.status == 0 ? nil : outcome.code
  }

  // MARK: What the coach says

  func status() async throws -> [String: Any] { try await run("train status").object }

  /// The step that comes next; nil once the lesson is done.
  func step() async throws -> String? {
    let status = try await status()
    return status["Status"] as? String == "DONE" ? nil : status["Step"] as? String ?? "none"
  }
}
