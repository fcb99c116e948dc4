import FoundationEssentials
import GitLabSimulator
import SecureBuild

extension TrainingSite {
  /// This site as the workspace's server has it.
  /// - Parameter wrong: what has become of tokens that worked.
  func simulation(in place: TrainingPlace, tokens wrong: TrainingToken.Purpose? = nil) -> SimulatedSite {
    var site = SimulatedSite(
      version: version, revision: String(commitDigits.prefix(11)), externalURL: place.url(of: self), path: path,
      users: TrainingUser.allCases.map(\.simulation), tokens: tokens(in: place, wrong),
      projects: self == .ecs ? TrainingProjects.many + samples(in: place) : TrainingProjects.few)
    if let day = place.day { site.today = { day } }
    if let fault = fault(in: place) { site.faults = [SimulatedFault(fault)] }
    return site
  }

  private func samples(in place: TrainingPlace) -> [SimulatedProject] {
    // A web server of the training network that isn't GitLab.
    let wiki = TrainingHost.having(.wiki)
    let page = place.ports[wiki.name].map { Endpoint(address: .v4(wiki.address), port: $0) }
    return TrainingSamples.all(busybox: Busybox.program, page: page)
  }

  private var version: String {
    switch self {
    case .slb: "16.11.10-ee"
    // The last that has API v4 without `personal_access_tokens/self`.
    case .idc: "15.4.6-ee"
    case .v3: "8.17.8-ee"
    default: "17.11.2-ee"
    }
  }

  /// What it shows over TLS; nil for plain HTTP.
  func identity(by authority: TrainingAuthority) throws -> ServerIdentity? {
    switch self {
    case .secure: try authority.identity(for: host.name, days: -1...90)
    case .expired: try authority.identity(for: host.name, days: -120 ... -30)
    case .other: try authority.identity(for: "gitlab.corp.example", days: -1...90)
    default: nil
    }
  }

  var isSecure: Bool { [.secure, .expired, .other].contains(self) }

  /// The path that GitLab is installed under.
  var path: String { self == .slb ? "/gitlab" : "" }

  private var commitDigits: String {
    var derivation = Derivation(from: "revision/\(version)")
    return derivation.text(40, of: "0123456789abcdef")
  }

  private func fault(in place: TrainingPlace) -> SimulatedFault.Kind? {
    switch self {
    case .ecs, .slb, .idc, .v3, .secure, .expired, .other, .lost: nil
    case .wiki: .otherSite(.handbook)
    case .maven: .otherSite(.mavenRepository)
    case .busy: .tooManyRequests(retryAfter: 30)
    case .down: .gateway(status: 502)
    case .moved: .redirect(to: place.url(of: .ecs))
    case .proxy: .brokenJSON
    case .flood: .endlessBody
    case .slow: .silent
    case .cut: .cutOff
    }
  }

  /// The tokens that this GitLab knows, those too that it gave to nobody yet: a deleted one it doesn't know any more.
  private func tokens(in place: TrainingPlace, _ wrong: TrainingToken.Purpose?) -> [SimulatedToken] {
    let today = place.day.flatMap { try? TrainingToken.Purpose.dayStyle.parse($0) } ?? .now
    return TrainingToken.Purpose.allCases.filter { $0 != .deleted }.enumerated().map { index, purpose in
      let token = TrainingToken.token(at: self, purpose, of: place.workspace)
      let now = purpose.code == nil ? wrong ?? purpose : purpose
      return SimulatedToken(
        id: index + 11, name: purpose.rawValue, userId: purpose.user.rawValue, secret: token.token.secret,
        scopes: now.scopes, expiresOn: now.expiry(from: today), revoked: now == .revoked)
    }
  }

  private var host: TrainingHost { .having(self) }
}

extension TrainingUser {
  fileprivate var simulation: SimulatedUser {
    SimulatedUser(
      id: rawValue, username: username, name: name, email: "\(username)@corp.example",
      state: self == .blocked ? .blocked : .active, isBot: self == .bot)
  }
}

extension TrainingToken.Purpose {
  fileprivate var scopes: [String] { self == .smallScope ? ["read_user", "read_repository"] : ["api"] }

  fileprivate static let dayStyle = Date.ISO8601FormatStyle().year().month().day()

  /// Counted from today, so that a training workspace never grows old.
  fileprivate func expiry(from today: Date) -> String? {
    let days =
      switch self {
      case .expired: -40
      case .expiresSoon: 12
      default: 200
      }
    return today.addingTimeInterval(Double(days) * 86400).formatted(Self.dayStyle)
  }
}
