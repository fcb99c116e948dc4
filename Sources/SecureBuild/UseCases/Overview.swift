import FlatFiles

/// Overview (概览) of an instance: its facts, and what is still missing for the first secure build.
public struct Overview: Sendable, Equatable {
  public let instance: Instance
  public let endpoints: [RegistryEndpoint]
  public let counts: [Count]
  public let checklist: Checklist

  /// How many there are of something, and how many there may be.
  public struct Count: Sendable, Equatable, Identifiable {
    public let id: Kind
    public let count: Int
    /// Only the vendor knows it: nil until it is imported.
    public let quota: Int?
    public let known: Known

    public enum Kind: String, Sendable, CaseIterable {
      case links = "Links"
      case codeSources = "CodeSources"
      case networks = "Vpcs"
      case vSwitches = "VSwitches"
      case namespaces = "Namespaces"
      case repositories = "Repositories"

      public var title: Phrase {
        switch self {
        case .links: Phrase("Links", "链路")
        case .codeSources: Phrase("Bound code sources", "已绑定代码源")
        case .networks: Phrase("VPCs of the region", "本地域专有网络")
        case .vSwitches: Phrase("vSwitches that can carry a link", "可承载链路的交换机")
        case .namespaces: Phrase("Namespaces", "命名空间")
        case .repositories: Phrase("Repositories", "镜像仓库")
        }
      }
    }
  }
}

/// Where images of an instance are pushed and pulled: as the vendor told, or by its pattern of names.
public struct RegistryEndpoint: Sendable, Equatable {
  public let networkType: NetworkType
  public let title: Phrase
  public let domain: String
  public let known: Known
  /// Nil where nobody has asked the vendor.
  public let isEnabled: Bool?

  private init(_ networkType: NetworkType, _ domain: String, _ known: Known, isEnabled: Bool?) {
    self.networkType = networkType
    self.domain = domain
    self.known = known
    self.isEnabled = isEnabled
    title =
      networkType == .internet ? Phrase("Internet endpoint", "公网访问域名") : Phrase("VPC endpoint", "专有网络访问域名")
  }

  static func all(of instance: Instance, told: [VendorEndpoint]) -> [RegistryEndpoint] {
    [("", NetworkType.internet), ("-vpc", .intranet)].compactMap { suffix, type in
      let answer = told.first { $0.networkType == type }
      if let domain = answer?.domains.first {
        return RegistryEndpoint(type, domain, answer?.provenance?.known ?? .confirmed, isEnabled: answer?.isEnabled)
      }
      // Without a region there is no name.
      guard !instance.regionId.isEmpty else { return nil }
      return RegistryEndpoint(
        type, "\(instance.name)-registry\(suffix).\(instance.regionId).cr.aliyuncs.com", .computed,
        isEnabled: answer?.isEnabled)
    }
  }
}

extension Reading {
  /// - Parameter builds: what a look at the builds said; nil where nobody looked, since that reads files.
  public func overview(of id: String, builds: BuildGlance? = nil) throws(Refusal) -> Overview {
    let instance = try instance(id)
    let endpoints = try endpoints(of: id)
    let facts = ChecklistFacts(
      instance: instance, links: try links(of: id), networks: try networks(in: instance.regionId),
      source: try codeSource(of: id), zones: zones, repositories: try repositories(of: id),
      rules: try rules(ofInstance: id),
      builds: builds, path: try pathToGitLab(of: id), endpoints: endpoints)
    let carrying = facts.carrying.count
    return Overview(
      instance: instance, endpoints: RegistryEndpoint.all(of: instance, told: endpoints),
      counts: [
        Overview.Count(id: .links, count: facts.links.count, quota: nil, known: .planned),
        Overview.Count(
          id: .codeSources, count: facts.source.status == .bound ? 1 : 0, quota: nil,
          known: facts.source.status == .bound ? .tried : .planned),
        Overview.Count(id: .networks, count: facts.networks.count, quota: nil, known: .planned),
        Overview.Count(id: .vSwitches, count: carrying, quota: nil, known: .computed),
        Overview.Count(id: .namespaces, count: try namespaces(of: id).count, quota: nil, known: .planned),
        Overview.Count(id: .repositories, count: facts.repositories.count, quota: nil, known: .planned),
      ],
      checklist: Checklist(facts))
  }
}

extension Builds {
  /// A look at an instance's newest builds, for its checklist.
  public func glance(of instance: String) throws(Refusal) -> BuildGlance {
    BuildGlance(of: try records(of: instance, limit: 50).records)
  }
}
