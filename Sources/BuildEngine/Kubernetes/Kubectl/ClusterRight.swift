import SecureBuild

/// What a build does in a cluster, and so what its user must be let do in the namespace.
struct ClusterRight: Sendable, Hashable {
  let verb: String
  let group: String
  let resource: String
  var subresource = ""

  static let all: [ClusterRight] = [
    ClusterRight(verb: "create", group: "batch", resource: "jobs"),
    ClusterRight(verb: "list", group: "batch", resource: "jobs"),
    ClusterRight(verb: "patch", group: "batch", resource: "jobs"),
    ClusterRight(verb: "delete", group: "batch", resource: "jobs"),
    ClusterRight(verb: "create", group: "", resource: "secrets"),
    ClusterRight(verb: "delete", group: "", resource: "secrets"),
    ClusterRight(verb: "create", group: "", resource: "configmaps"),
    ClusterRight(verb: "delete", group: "", resource: "configmaps"),
    ClusterRight(verb: "create", group: "networking.k8s.io", resource: "networkpolicies"),
    ClusterRight(verb: "delete", group: "networking.k8s.io", resource: "networkpolicies"),
    ClusterRight(verb: "list", group: "", resource: "pods"),
    ClusterRight(verb: "patch", group: "", resource: "pods"),
    ClusterRight(verb: "delete", group: "", resource: "pods"),
    ClusterRight(verb: "get", group: "", resource: "pods", subresource: "log"),
  ]

  /// `jobs.batch`, `pods/log`.
  var thing: String {
    resource + (group.isEmpty ? "" : ".\(group)") + (subresource.isEmpty ? "" : "/\(subresource)")
  }

  /// The question whether the user has it, as the cluster's API takes it.
  func review(in namespace: String) -> ManifestNode {
    var attributes: ManifestNode = [
      "namespace": .text(namespace), "verb": .text(verb), "group": .text(group), "resource": .text(resource),
    ]
    if !subresource.isEmpty { attributes = attributes.adding("subresource", .text(subresource)) }
    return [
      "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
      "spec": ["resourceAttributes": attributes],
    ]
  }

  static let sentence = Phrase(
    "create, list, patch and delete jobs.batch and pods, read pods/log, and create and delete secrets, configmaps and networkpolicies.networking.k8s.io",
    "对 jobs.batch 和 pods 的 create、list、patch、delete，对 pods/log 的 get，以及对 secrets、configmaps、networkpolicies.networking.k8s.io 的 create、delete"
  )
}
