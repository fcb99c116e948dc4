extension LinkDraft {
  /// What is wrong with each field, in the order of the fields.
  func problems(zones: ZoneTable, in records: some Records) throws -> [Refusal] {
    var problems: [Refusal] = []
    func collect<Value>(_ body: () throws -> Value) throws -> Value? {
      do { return try body() } catch let refusal as Refusal {
        problems.append(refusal)
        return nil
      }
    }
    let instance = try collect { try LinkRules.runningInstance(instanceId, in: records) }
    _ = try collect { try LinkRules.address(gitLabIntranetIp, at: .gitLabIntranetIp) }
    for ip in allowedIps { _ = try collect { try LinkRules.allowed(ip) } }
    for host in hosts { _ = try collect { try LinkRules.host(host) } }
    if let instance, let vpc = try collect({ try LinkRules.vpc(vpcId, for: instance, in: records) }) {
      _ = try collect { try LinkRules.vSwitch(vSwitchId, of: vpc, zones: zones, in: records) }
    }
    return problems
  }
}
