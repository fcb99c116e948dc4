import FlatFiles

/// The records that builds are made from.
extension Records {
  func repository(_ id: String) throws -> Repository {
    guard let record = try record(.repository, id) else { throw Refusal.noSuch(.noSuchRepository, .repoId, id) }
    return try record.decode(Repository.self)
  }

  func rule(_ id: String) throws -> BuildRule {
    guard let record = try record(.buildRule, id) else { throw Refusal.noSuch(.noSuchRule, .buildRuleId, id) }
    return try record.decode(BuildRule.self)
  }

  func registry(of instance: String) throws -> Registry? {
    try record(.registry, instance)?.decode(Registry.self)
  }

  func repositories(of instance: String) throws -> [Repository] {
    try all(.repository, as: Repository.self, where: .instanceId, is: instance)
  }

  func namespaces(of instance: String) throws -> [Namespace] {
    try all(.namespace, as: Namespace.self, where: .instanceId, is: instance)
  }

  func rules(of repository: String) throws -> [BuildRule] {
    try all(.buildRule, as: BuildRule.self, where: .repoId, is: repository)
  }
}
