import SecureBuild

/// A host of the training world: what it is called, where it stands in the training networks, and what answers there.
struct TrainingHost: Sendable {
  let name: String
  let address: IPv4Address
  let role: Role

  enum Role: Sendable {
    /// A web server, at a port of the workspace's own loopback address.
    case site(TrainingSite)
    /// The host is up, and nothing listens on any port.
    case refusing
  }

  private init(_ name: String, _ address: String, _ role: Role) {
    guard let address = IPv4Address(address) else {
      preconditionFailure("the training world names no address: \(address)")
    }
    self.name = name
    self.address = address
    self.role = role
  }

  /// All of them. New ones go to the end: a site's port follows from its place here when a workspace is made.
  static let all: [TrainingHost] = [
    // In the VPC of Hangzhou, behind an ECS instance's IP.
    TrainingHost("gitlab.corp.example", "192.168.10.20", .site(.ecs)),
    // In Shanghai behind an SLB, installed under a path.
    TrainingHost("git.retail.example", "172.16.0.80", .site(.slb)),
    // In a data centre that Express Connect joins to Beijing; a version that can't tell a token's scopes.
    TrainingHost("git.idc.example", "10.200.0.8", .site(.idc)),
    // What can go wrong, a host each.
    TrainingHost("old-git.lab.example", "192.168.10.31", .site(.v3)),
    TrainingHost("wiki.lab.example", "192.168.10.32", .site(.wiki)),
    TrainingHost("busy.lab.example", "192.168.10.33", .site(.busy)),
    TrainingHost("down.lab.example", "192.168.10.34", .site(.down)),
    TrainingHost("moved.lab.example", "192.168.10.35", .site(.moved)),
    TrainingHost("proxy.lab.example", "192.168.10.36", .site(.proxy)),
    TrainingHost("flood.lab.example", "192.168.10.37", .site(.flood)),
    TrainingHost("slow.lab.example", "192.168.10.38", .site(.slow)),
    TrainingHost("cut.lab.example", "192.168.10.39", .site(.cut)),
    TrainingHost("secure.lab.example", "192.168.10.42", .site(.secure)),
    TrainingHost("expired.lab.example", "192.168.10.43", .site(.expired)),
    TrainingHost("other.lab.example", "192.168.10.44", .site(.other)),
    TrainingHost("closed.lab.example", "192.168.10.40", .refusing),
    // Behind security groups that keep builds out, until somebody mends them.
    TrainingHost("lost.lab.example", "192.168.10.41", .site(.lost)),
    TrainingHost("maven.corp.example", "192.168.10.30", .site(.maven)),
  ]

  static let first = all[0]

  /// The web servers among them.
  static let sites: [(host: TrainingHost, site: TrainingSite)] = all.compactMap { host in
    if case .site(let site) = host.role { (host, site) } else { nil }
  }

  static func having(_ site: TrainingSite) -> TrainingHost {
    guard let found = sites.first(where: { $0.site == site }) else {
      preconditionFailure("no host of the training world has \(site)")
    }
    return found.host
  }

  static func at(_ address: IPv4Address) -> TrainingHost? { all.first { $0.address == address } }
  static func named(_ name: String) -> TrainingHost? { all.first { $0.name == name } }
}

/// The web servers of the training world.
enum TrainingSite: String, Sendable, CaseIterable {
  case ecs, slb, idc
  /// A GitLab of API v3 alone.
  case v3
  /// No GitLab at all.
  case wiki
  /// 429, 502, a redirect to another host, broken JSON, an endless body, no answer, a broken connection.
  case busy, down, moved, proxy, flood, slow, cut
  /// Over TLS, by an authority that only the CA file knows: a valid certificate, an expired one, one for another name.
  case secure, expired, other
  /// A GitLab and a Maven repository, both behind security groups that don't let builds in.
  case lost, maven

  /// Whose tokens it takes: what can go wrong goes wrong on the way to the first GitLab.
  var issuer: TrainingSite { [.slb, .idc].contains(self) ? self : .ecs }
}
