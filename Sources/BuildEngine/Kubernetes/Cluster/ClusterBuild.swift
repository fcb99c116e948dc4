import SecureBuild

/// A build as a cluster is given it: the plan, and what was found out about it before, since nothing in the cluster may
/// ask for that.
struct ClusterBuild: Sendable {
  let plan: BuildPlan
  let settings: KubernetesSettings
  /// 40 hexadecimal digits.
  let commit: String
  let baseImages: [ClusterImage]
  /// Where base images come from.
  let sources: ClusterHosts
  /// Where the image goes.
  let registry: ClusterHosts
  let server: RegistryServer
  let platform: BuildPlatform
  /// Whether somebody outside follows the build and switches its network from stage to stage.
  let isFollowed: Bool

  var names: ClusterNames { ClusterNames(build: plan.request.id) }

  /// The stages that the pod has a container for, in their order.
  var stages: [PodStage] { baseImages.isEmpty ? [.clone, .build, .push] : PodStage.allCases }

  /// What the network of a stage lets out to.
  func allowed(in stage: PodStage) -> [AllowedEndpoint] {
    guard case .confined(let gitLab, let others, _) = plan.network else { return [] }
    let site = AllowedEndpoint(ip: gitLab, port: plan.source.site.address.port, label: "GitLab")
    return switch stage {
    case .clone: [site]
    case .images: sources.endpoints
    case .build: [site] + others
    case .push: registry.endpoints
    }
  }

  /// All that any stage is let out to, without repeats.
  var allowedInAll: [AllowedEndpoint] {
    var seen: Set<AllowedEndpoint> = []
    return stages.flatMap(allowed).filter { seen.insert($0).inserted }
  }

  /// Whether the network is closed at all.
  var isConfined: Bool { plan.network != .open }

  /// `host[:port]/namespace/name:tag`.
  var image: String { "\(server.address)/\(plan.request.repository):\(plan.request.imageTag)" }

  /// The names that the link gives its addresses, and GitLab's own.
  var linkHosts: [ClusterHost] {
    guard case .confined(let gitLab, _, let hosts) = plan.network else { return [] }
    let site = ClusterHost(name: plan.source.site.address.host, address: gitLab)
    return hosts.map { ClusterHost(name: $0.name, address: .v4($0.ip)) } + (site.isName ? [site] : [])
  }

  /// Every name that the pod knows, without repeats. Nothing else resolves.
  var hosts: [ClusterHost] {
    guard isConfined else { return [] }
    var seen: Set<ClusterHost> = []
    return (linkHosts + sources.hosts + registry.hosts).filter { seen.insert($0).inserted }
  }
}

/// A base image as a pod pulls it.
struct ClusterImage: Sendable, Equatable {
  let base: BaseImage
  /// What the Dockerfile's name means in full: `docker.io/library/debian:12`.
  let fullName: String
  /// What is pulled: `mirror.corp.example/hub/library/debian@sha256:…`.
  let reference: String
  let platform: BuildPlatform
  let plainHTTP: Bool
  /// PEM.
  let caCertificates: String?
}

/// Hosts that are connected to by name.
struct ClusterHosts: Sendable, Equatable {
  var endpoints: [AllowedEndpoint] = []
  var hosts: [ClusterHost] = []
}

/// A name that the pod is told the address of.
struct ClusterHost: Sendable, Hashable {
  let name: String
  let address: IPAddress

  /// Whether it is a name and no address.
  var isName: Bool { !name.contains(":") && IPv4Address(name) == nil }
}
