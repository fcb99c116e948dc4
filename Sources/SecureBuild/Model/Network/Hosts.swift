/// An ECS instance, by what a path needs of it (DescribeInstances).
struct EcsInstance: Sendable, Equatable, Identifiable {
  let id: String
  let name: String
  let vpcId: String?
  let addresses: [IPv4Address]
  /// Nil where the answer doesn't say.
  let securityGroupIds: [String]?

  init(id: String, name: String = "", vpcId: String?, addresses: [IPv4Address], securityGroupIds: [String]?) {
    self.id = id
    self.name = name
    self.vpcId = vpcId
    self.addresses = addresses
    self.securityGroupIds = securityGroupIds
  }

  init?(_ entry: VendorObject) {
    guard let id = entry.text("InstanceId") else { return nil }
    let vpc = entry.object("VpcAttributes")
    let own = (vpc?.list("PrivateIpAddress", "IpAddress") ?? []).compactMap(\.text)
    let cards = (entry.objects("NetworkInterfaces", "NetworkInterface") ?? []).flatMap { card in
      (card.objects("PrivateIpSets", "PrivateIpSet") ?? []).compactMap { $0.text("PrivateIpAddress") }
        + [card.text("PrimaryIpAddress")].compactMap { $0 }
    }
    var addresses: [IPv4Address] = []
    for address in (own + cards).compactMap({ IPv4Address($0) }) where !addresses.contains(address) {
      addresses.append(address)
    }
    self.init(
      id: id, name: entry.text("InstanceName") ?? "", vpcId: vpc?.text("VpcId"), addresses: addresses,
      securityGroupIds: entry.list("SecurityGroupIds", "SecurityGroupId")?.compactMap(\.text))
  }
}

/// A classic load balancer (SLB), by what a path needs of it (DescribeLoadBalancers).
struct LoadBalancer: Sendable, Equatable, Identifiable {
  let id: String
  let name: String
  let vpcId: String?
  let address: IPv4Address?
  /// Nil where they weren't imported: DescribeLoadBalancers doesn't list them.
  let listeners: [Listener]?

  struct Listener: Sendable, Equatable {
    let port: Int
    /// Whether its access list is switched on; nil where that isn't known.
    let hasAccessList: Bool?
  }

  init(id: String, name: String = "", vpcId: String?, address: IPv4Address?, listeners: [Listener]?) {
    self.id = id
    self.name = name
    self.vpcId = vpcId
    self.address = address
    self.listeners = listeners
  }

  init?(_ entry: VendorObject) {
    guard let id = entry.text("LoadBalancerId") else { return nil }
    self.init(
      id: id, name: entry.text("LoadBalancerName") ?? "", vpcId: entry.text("VpcId"),
      address: entry.address("Address"),
      listeners: entry.objects("Listeners", "Listener")?.compactMap { listener in
        listener.integer("ListenerPort").map {
          Listener(port: $0, hasAccessList: listener.text("AclStatus").map { $0.lowercased() == "on" })
        }
      })
  }
}
