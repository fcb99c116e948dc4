@testable import SecureBuild

/// By which codes a use case may be refused as things are: one of them, where there are any.
extension Model {
  func refusals(_ action: ModelStep.Action) -> Set<Code> {
    switch action {
    case .createInstance(let name, let region, let specification, let status):
      let taken = instances.contains { $0.name == name }
      return Self.wrong(name, Self.names, .invalidName)
        .union(taken ? [.nameTaken] : []).union(Self.wrong(region, Self.regions, .invalidRegion))
        .union(specification == "Gold" ? [.invalidSpecification] : []).union(status == "GONE" ? [.invalidStatus] : [])
    case .deleteInstance(let place): return deletingInstance(instance(place))
    case .addVpc(let region, let cidr):
      return Self.wrong(region, Self.regions, .invalidRegion).union(Self.wrong(cidr, Self.ranges, .invalidCidr))
    case .addVSwitch(let place, let zone, let cidr, let freeIps):
      return addingVSwitch(vpc(place), zone, cidr, freeIps)
    case .deleteVpc(let place):
      guard vpcs.contains(where: { $0.id == vpc(place) }) else { return [.noSuchVSwitch] }
      return links.contains { $0.vpc == vpc(place) } ? [.vpcInUse] : []
    case .deleteVSwitch(let place):
      guard vSwitches.contains(where: { $0.id == vSwitch(place) }) else { return [.noSuchVSwitch] }
      return links.contains { $0.vSwitch == vSwitch(place) } ? [.vSwitchInUse] : []
    case .createLink(let instancePlace, let ip, let allow, let host, let vpcPlace, let vSwitchPlace):
      return running(instance(instancePlace)).union(
        ([ip] + allow).reduce(into: Set<Code>()) { $0.formUnion(Self.badAddress($1)) }
      )
      .union(Self.badHost(host))
      .union(way(instance(instancePlace), vpc(vpcPlace), vSwitch(vSwitchPlace)))
    case .editLink(let place, let words): return editing(link(place), words)
    case .submitLink(let words):
      guard let form else { return [] }
      // Stale where it can't be read who deleted it.
      guard let link = links.first(where: { $0.id == form.link }) else { return [.noSuchLink, .stale] }
      guard link.changes == form.changes else { return [.stale] }
      return editing(form.link, words)
    case .deleteLink(let place):
      guard let link = links.first(where: { $0.id == link(place) }) else { return [.noSuchLink] }
      guard let user = binding(of: link.instance), user.link == link.id else { return [] }
      return user.state == "DRAFT" && flaw == .forgetsThatDraftsUseLinks ? [] : [.linkInUse]
    case .createRepository(let place, let namespace, let name, let project, let auto):
      let taken = repositories.contains {
        $0.instance == instance(place) && $0.namespace == namespace && $0.name == name
      }
      return running(instance(place)).union(Self.wrong(namespace, ["shop", "infra"], .invalidNamespace))
        .union(Self.wrong(name, ["web", "api"], .invalidName)).union(taken ? [.nameTaken] : [])
        .union(Self.badProject(project, auto))
    case .editRepository(let place, let project, let auto):
      guard let repository = repositories.first(where: { $0.id == repository(place) }) else {
        return [.noSuchRepository]
      }
      return running(repository.instance).union(Self.badProject(project, auto))
    case .deleteRepository(let place):
      guard repositories.contains(where: { $0.id == repository(place) }) else { return [.noSuchRepository] }
      return rules.contains { $0.repository == repository(place) } ? [.repositoryInUse] : []
    case .deleteNamespace(let place, let name):
      guard instances.contains(where: { $0.id == instance(place) }) else { return [.noSuchInstance] }
      guard namespaces.contains(where: { $0.instance == instance(place) && $0.name == name }) else {
        return [.noSuchNamespace]
      }
      let isUsed = repositories.contains { $0.instance == instance(place) && $0.namespace == name }
      return isUsed ? [.namespaceInUse] : []
    case .createRule(let place, let pushName, let tag):
      guard let repository = repositories.first(where: { $0.id == repository(place) }) else {
        return [.noSuchRepository]
      }
      return running(repository.instance).union(Self.wrong(pushName, ["main", "v1"], .invalidPushName))
        .union(Self.wrong(tag, ["latest"], .invalidImageTag))
    case .deleteRule(let place): return rules.contains { $0.id == rule(place) } ? [] : [.noSuchRule]
    case .setRegistry(let place, let layout, let address, let username, let password):
      return settingRegistry(instance(place), layout, address, username, password)
    default: return bindingRefusals(action)
    }
  }

  func running(_ id: String) -> Set<Code> {
    guard let instance = instances.first(where: { $0.id == id }) else { return [.noSuchInstance] }
    return instance.isRunning ? [] : [.instanceNotRunning]
  }

  private func deletingInstance(_ id: String) -> Set<Code> {
    guard instances.contains(where: { $0.id == id }) else { return [.noSuchInstance] }
    let isUsed =
      links.contains { $0.instance == id } || binding(of: id) != nil || repositories.contains { $0.instance == id }
    return isUsed ? [.instanceInUse] : []
  }

  private func addingVSwitch(_ id: String, _ zone: String, _ cidr: String, _ freeIps: Int?) -> Set<Code> {
    var codes = Self.wrong(cidr, Self.ranges, .invalidCidr)
    if zone.isEmpty { codes.insert(.missing) }
    if codes.isEmpty, freeIps == 70_000 { codes.insert(.invalidCount) }
    guard let vpc = vpcs.first(where: { $0.id == id }) else { return codes.union([.noSuchVpc]) }
    if !zone.isEmpty, !zone.hasPrefix(vpc.region) { codes.insert(.invalidZone) }
    guard Self.ranges.contains(cidr) else { return codes }
    // Of the ranges that are typed here, those of a VPC begin alike.
    if cidr.prefix(2) != vpc.cidr.prefix(2) { codes.insert(.cidrOutsideVpc) }
    let near = ["192.168.10.0/24", "192.168.11.0/24"]
    let overlaps = vSwitches.contains { other in
      other.vpc == id
        && (other.cidr == cidr || (other.cidr == "192.168.8.0/22" && near.contains(cidr))
          || (cidr == "192.168.8.0/22" && near.contains(other.cidr)))
    }
    return overlaps ? codes.union([.cidrOverlaps]) : codes
  }

  static func badAddress(_ ip: String) -> Set<Code> { ip.isEmpty ? [.missing] : isAddress(ip) ? [] : [.invalidIp] }

  private static func badHost(_ host: String?) -> Set<Code> {
    switch host {
    case "-=192.168.10.20": [.invalidHost]
    case "gitlab.corp.example=": [.missing]
    case "a=224.0.0.1": [.invalidIp]
    default: []
    }
  }

  private static func badProject(_ project: String, _ auto: Bool) -> Set<Code> {
    switch project {
    case "": auto ? [.noProject] : []
    case "shop/web", "shop/api": []
    default: [.invalidProject]
    }
  }

  /// The VPC and the vSwitch of a link.
  private func way(_ instance: String, _ vpcId: String, _ vSwitchId: String) -> Set<Code> {
    guard let instance = instances.first(where: { $0.id == instance }) else { return [] }
    guard let vpc = vpcs.first(where: { $0.id == vpcId }) else { return [.noSuchVpc] }
    guard vpc.region == instance.region else { return [.vpcNotInRegion] }
    guard let vSwitch = vSwitches.first(where: { $0.id == vSwitchId }) else { return [.noSuchVSwitch] }
    guard vSwitch.vpc == vpcId else { return [.vSwitchNotInVpc] }
    guard vSwitch.zone != "cn-hangzhou-a" else { return [.zoneWithoutMode] }
    return vSwitch.freeIps == 0 ? [.noFreeIp] : []
  }

  private func editing(_ id: String, _ words: ModelStep.LinkWords) -> Set<Code> {
    guard let link = links.first(where: { $0.id == id }) else { return [.noSuchLink] }
    var codes = [words.ip, words.allow, words.disallow].compactMap { $0 }.reduce(into: Set<Code>()) {
      $0.formUnion(Self.badAddress($1))
    }
    var allowed = link.allowed
    if let ip = words.ip { allowed.removeAll { $0 == ip } }
    if let gone = words.disallow, Self.isAddress(gone), !allowed.contains(gone) { codes.insert(.invalidIp) }
    if let ip = words.ip, Self.isAddress(ip), ip != link.ip, let user = binding(of: link.instance), user.link == id,
      user.state != "DRAFT"
    {
      codes.insert(.gitLabIpFixed)
    }
    return codes
  }

  private func settingRegistry(
    _ instance: String, _ layout: String, _ address: String, _ username: String, _ password: String?
  ) -> Set<Code> {
    var codes: Set<Code> = instances.contains { $0.id == instance } ? [] : [.noSuchInstance]
    if layout == "images" || address == "no host" || (!layout.isEmpty && !address.isEmpty) {
      codes.insert(.invalidRegistry)
    }
    if address.isEmpty && !username.isEmpty || password != nil && username.isEmpty { codes.insert(.missing) }
    return codes
  }
}
