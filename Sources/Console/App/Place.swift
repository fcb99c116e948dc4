import SecureBuild

/// Where one can be in the console.
enum Place: Hashable {
  case instances
  case networks
  case inventory(InventoryKind)
  case activity
  case workspace
  case lessons
  case overview(instance: String)
  case repositories(instance: String)
  case repository(id: String, instance: String)
  case codeSource(instance: String)
  case builds(instance: String)
  case build(id: String, instance: String)
  case securityGroup(instance: String)

  /// The instance that it belongs to.
  var instance: String? {
    switch self {
    case .instances, .networks, .inventory, .activity, .workspace, .lessons: nil
    case .overview(let id), .repositories(let id), .codeSource(let id), .builds(let id), .securityGroup(let id): id
    case .repository(_, let id), .build(_, let id): id
    }
  }

  /// Where it is found: the place of the list that it is in.
  var list: Place {
    switch self {
    case .inventory: .networks
    case .repository(_, let instance): .repositories(instance: instance)
    case .build(_, let instance): .builds(instance: instance)
    default: self
    }
  }
}
