/// Where one can be in the console.
enum Place: Hashable {
  case instances
  case networks
  case activity
  case workspace
  case overview(instance: String)
  case codeSource(instance: String)
  case securityGroup(instance: String)

  /// The instance that it belongs to.
  var instance: String? {
    switch self {
    case .instances, .networks, .activity, .workspace: nil
    case .overview(let id), .codeSource(let id), .securityGroup(let id): id
    }
  }
}
