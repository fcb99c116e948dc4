/// What a probe script found on another machine (an ECS instance in the link's vSwitch, say): how the addresses of a
/// link could be reached from there. It is what that machine said of itself, read back.
public struct Probe: Sendable, Equatable, Codable {
  public var instanceId: String
  public var linkId: String
  /// The machine's own name.
  public var host: String
  /// The address that it connects from; nil where it couldn't tell.
  public var source: IPAddress?
  /// When it was tried, by that machine's clock.
  public var triedAt: Timestamp
  /// In the order in which they were made.
  public var tries: [ProbeTry]
  /// What that machine lacked for it: `openssl`.
  public var missing: [String]
  /// When and by whom it was read back.
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case instanceId = "InstanceId"
    case linkId = "LinkId"
    case host = "Host"
    case source = "Source"
    case triedAt = "TriedAt"
    case tries = "Tries"
    case missing = "Missing"
    case at = "At"
    case by = "By"
  }

  /// One a link and machine: a newer one takes the place of an older one.
  var id: String { "\(linkId) \(host) \(source?.description ?? "-")" }

  /// Whether the other says the same of the same moment, whoever read it and when.
  func saysTheSame(as other: Probe) -> Bool {
    var same = other
    (same.at, same.by) = (at, by)
    return same == self
  }

  /// The range that builds come from, whose rule no try from elsewhere exercises.
  public static let notExercised = LinkRules.reverseAccess.description

  /// Tried, by that machine: when, and from where.
  public var provenance: Provenance { Provenance(.tried, at: triedAt, by: by, from: host) }
}

/// One step of a probe to one address.
public struct ProbeTry: Sendable, Hashable, Codable {
  public var ip: IPv4Address
  /// Nil where none was known.
  public var port: Int?
  public var step: ProbeStep
  public var outcome: ProbeOutcome
  public var milliseconds: Int?
  /// That machine's words, without control characters.
  public var detail: String

  enum CodingKeys: String, CodingKey {
    case ip = "Ip"
    case port = "Port"
    case step = "Step"
    case outcome = "Outcome"
    case milliseconds = "Milliseconds"
    case detail = "Detail"
  }
}

/// What is tried of an address, in this order.
public enum ProbeStep: String, Sendable, Codable, CaseIterable {
  case name = "NAME"
  case connect = "CONNECT"
  case tls = "TLS"
  case http = "HTTP"

  public var title: Phrase {
    switch self {
    case .name: Phrase("host name", "域名解析")
    case .connect: Phrase("connect", "连接")
    case .tls: Phrase("TLS", "TLS")
    case .http: Phrase("HTTP", "HTTP")
    }
  }

  /// As a probe script prints it.
  var word: String { rawValue.lowercased() }
}

/// What came of a step.
public enum ProbeOutcome: String, Sendable, Codable, CaseIterable {
  case passed = "PASSED"
  case refused = "REFUSED"
  case timedOut = "TIMEOUT"
  case unreachable = "UNREACHABLE"
  case failed = "FAILED"
  /// It couldn't be tried there: a program or a port was lacking.
  case untried = "UNTRIED"

  public var title: Phrase {
    switch self {
    case .passed: Phrase("passed", "通过")
    case .refused: Phrase("refused", "被拒绝")
    case .timedOut: Phrase("timed out", "超时")
    case .unreachable: Phrase("unreachable", "不可达")
    case .failed: Phrase("failed", "失败")
    case .untried: Phrase("not tried", "未测试")
    }
  }

  /// A sign a cell wide.
  public var mark: String {
    switch self {
    case .passed: "✓"
    case .untried: "-"
    default: "✗"
    }
  }

  var word: String { rawValue.lowercased() }
}

extension Phrase {
  /// What stands beside every tried result: its way isn't a build's.
  public static let notExercised = Phrase(
    "Builds come from \(LinkRules.reverseAccess), and a try doesn't: neither its pass nor its time-out says anything of the rule for that range.",
    "构建来自 \(LinkRules.reverseAccess)，实测并非如此：无论通过还是超时，都不能说明针对该地址段的规则。")
}
