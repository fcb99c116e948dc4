import FoundationEssentials

/// A GitLab as it stands: what it says of itself, and everything it holds. A value: change a copy and give it back.
public struct SimulatedSite: Sendable {
  /// `17.11.2-ee`: the program behaves as that version does (see `GitLabRelease`).
  public var version: String
  public var revision: String
  /// Where people reach it, without a slash at its end; links in answers begin with it. Nil: whatever `Host` says.
  public var externalURL: String?
  /// The path that it is installed under: `""` or `/gitlab`. Fixed once a server runs.
  public let path: String
  public var users: [SimulatedUser]
  public var tokens: [SimulatedToken]
  public var projects: [SimulatedProject]
  /// What goes wrong there, in order of precedence.
  public var faults: [SimulatedFault]
  /// What day it is there, `YYYY-MM-DD`: a token expires as its day begins.
  public var today: @Sendable () -> String

  public init(
    version: String, revision: String = "0000000000a", externalURL: String? = nil, path: String = "",
    users: [SimulatedUser] = [], tokens: [SimulatedToken] = [], projects: [SimulatedProject] = [],
    faults: [SimulatedFault] = [], today: @escaping @Sendable () -> String = SimulatedSite.systemDay
  ) {
    self.version = version
    self.revision = revision
    self.externalURL = externalURL
    self.path = path
    self.users = users
    self.tokens = tokens
    self.projects = projects
    self.faults = faults
    self.today = today
  }

  /// The day by this host's clock, in UTC.
  public static let systemDay: @Sendable () -> String = {
    Date.now.formatted(Date.ISO8601FormatStyle().year().month().day())
  }

  var release: GitLabRelease { GitLabRelease(version) }
}

/// The first two numbers of a GitLab's version, and what came with which (GitLab's release notes and API history).
struct GitLabRelease: Comparable {
  let major: Int
  let minor: Int

  init(_ version: String) {
    let numbers = version.split(separator: ".").prefix(2).map { Int($0.prefix { $0.isNumber }) ?? 0 }
    self.init(major: numbers.first ?? 0, minor: numbers.count > 1 ? numbers[1] : 0)
  }

  init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

  /// Before 9.0 there was API v3 and no other.
  var speaksV4: Bool { major >= 9 }
  /// API v3 was taken away with 11.0.
  var speaksV3: Bool { major < 11 }
  /// `personal_access_tokens/self` came with 15.5.
  var tellsOwnToken: Bool { self >= GitLabRelease(major: 15, minor: 5) }
  /// `personal_access_tokens/:id` came with 15.1; to it, `self` is no number.
  var tellsTokensById: Bool { self >= GitLabRelease(major: 15, minor: 1) }
}
