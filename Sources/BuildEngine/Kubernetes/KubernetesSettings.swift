/// Which cluster builds are given to, and how a pod for one is made there. Where nothing is set, it is what the user's
/// `kubectl` means by itself.
public struct KubernetesSettings: Sendable, Equatable {
  /// A context of the user's kubeconfig; nil for the current one.
  public var context: String?
  /// Nil for the context's own.
  public var namespace: String?
  /// What the pod runs: it must have bash, git and buildah, and a user 1000 with subordinate ids.
  public var image: String
  /// Labels that a node must have, beside the platform's own.
  public var nodeSelector: [String: String]
  /// A seccomp profile below the kubelet's folder of profiles that lets user namespaces be made. Nil runs the containers
  /// that need them without one, which a namespace with the pod security level *baseline* refuses.
  public var seccompProfile: String?
  /// Gives the pod a user namespace of its own (`hostUsers: false`), which the cluster's runtime must know.
  public var userNamespaces: Bool
  /// Seconds that a pod may take to start.
  public var patience: Int

  public init(
    context: String? = nil, namespace: String? = nil, image: String = Self.upstreamImage,
    nodeSelector: [String: String] = [:], seccompProfile: String? = nil, userNamespaces: Bool = false,
    patience: Int = 300
  ) {
    self.context = context
    self.namespace = namespace
    self.image = image
    self.nodeSelector = nodeSelector
    self.seccompProfile = seccompProfile
    self.userNamespaces = userNamespaces
    self.patience = patience
  }

  /// Upstream's own; the tagged ones never change once they are pushed. Those before v1.41 have no git.
  public static let upstreamImage = "quay.io/buildah/stable:v1.43.1"
}
