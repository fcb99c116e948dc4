@testable import SecureBuild

/// What a use case that is accepted makes of the model.
extension Model {
  /// - Parameter id: what the workspace called what came into being.
  mutating func accept(_ action: ModelStep.Action, id: String) {
    switch action {
    case .createInstance(let name, let region, _, let status):
      instances.append(Instance(id: id, name: name, region: region, isRunning: status == "RUNNING"))
    case .deleteInstance(let place):
      let gone = instance(place)
      instances.removeAll { $0.id == gone }
      if flaw != .forgetsNamespacesOfInstances { namespaces.removeAll { $0.instance == gone } }
      registries.removeAll { $0.instance == gone }
    case .addVpc(let region, let cidr): vpcs.append(Vpc(id: id, region: region, cidr: cidr))
    case .addVSwitch(let place, let zone, let cidr, let freeIps):
      vSwitches.append(VSwitch(id: id, vpc: vpc(place), zone: zone, cidr: cidr, freeIps: freeIps))
    case .deleteVpc(let place):
      let gone = vpc(place)
      vpcs.removeAll { $0.id == gone }
      vSwitches.removeAll { $0.vpc == gone }
    case .deleteVSwitch(let place):
      let gone = vSwitch(place)
      vSwitches.removeAll { $0.id == gone }
    case .createLink(let instancePlace, let ip, let allow, let host, let vpcPlace, let vSwitchPlace):
      links.append(
        Link(
          id: id, instance: instance(instancePlace), ip: ip, allowed: allow.filter { $0 != ip }, host: host,
          vpc: vpc(vpcPlace), vSwitch: vSwitch(vSwitchPlace)))
    case .editLink(let place, let words): edit(link(place), words)
    case .openLink(let place):
      form = links.first { $0.id == link(place) }.map { Form(link: $0.id, changes: $0.changes) }
    case .submitLink(let words): if let form { edit(form.link, words) }
    case .deleteLink(let place):
      let gone = link(place)
      links.removeAll { $0.id == gone }
    case .createRepository(let place, let namespace, let name, let project, let auto):
      let instance = instance(place)
      if !namespaces.contains(where: { $0.instance == instance && $0.name == namespace }) {
        namespaces.append(Namespace(instance: instance, name: namespace))
      }
      repositories.append(
        Repository(id: id, instance: instance, namespace: namespace, name: name, project: project, auto: auto))
    case .editRepository(let place, let project, let auto):
      guard let index = repositories.firstIndex(where: { $0.id == repository(place) }) else { return }
      (repositories[index].project, repositories[index].auto) = (project, auto)
    case .deleteRepository(let place):
      let gone = repository(place)
      repositories.removeAll { $0.id == gone }
    case .deleteNamespace(let place, let name):
      let instance = instance(place)
      namespaces.removeAll { $0.instance == instance && $0.name == name }
    case .createRule(let place, let pushName, let tag):
      rules.append(Rule(id: id, repository: repository(place), pushName: pushName, tag: tag))
    case .deleteRule(let place):
      let gone = rule(place)
      rules.removeAll { $0.id == gone }
    case .setRegistry(let place, let layout, let address, let username, let password):
      setRegistry(of: instance(place), layout, address, username, password)
    default: acceptBinding(action)
    }
  }

  private mutating func edit(_ id: String, _ words: ModelStep.LinkWords) {
    guard let index = links.firstIndex(where: { $0.id == id }) else { return }
    var link = links[index]
    if let ip = words.ip {
      link.ip = ip
      link.allowed.removeAll { $0 == ip }
    }
    if let gone = words.disallow { link.allowed.removeAll { $0 == gone } }
    if let ip = words.allow, ip != link.ip, !link.allowed.contains(ip) { link.allowed.append(ip) }
    if link.addresses != links[index].addresses { link.changes += 1 }
    links[index] = link
  }

  private mutating func setRegistry(
    of instance: String, _ layout: String, _ address: String, _ username: String, _ password: String?
  ) {
    var new = Registry(
      instance: instance, place: address.isEmpty ? (layout.isEmpty ? "workspace" : layout) : address,
      username: address.isEmpty ? "" : username, password: address.isEmpty ? nil : password)
    guard let index = registries.firstIndex(where: { $0.instance == instance }) else { return registries.append(new) }
    let old = registries[index]
    if !address.isEmpty, password == nil, old.place == new.place, old.username == new.username {
      new.password = old.password
    }
    registries[index] = new
  }
}
