import FlatFiles
import SecureBuild

/// What stands in the training networks, as the vendor's API would answer it: GitLab behind an ECS IP in Hangzhou, behind
/// an SLB in Shanghai, in a data centre that is joined to Beijing; and beside each what fails a rule.
struct TrainingInventory {
  let place: TrainingPlace
  let at: Timestamp
  let by: String

  struct Entry {
    let kind: RecordKind
    let id: String
    let members: [String: JSONValue]
  }

  /// - Returns: entries as they are stored, each with its `Local`.
  func entries() -> [Entry] {
    (hangzhou + shanghai + beijing + shenzhen + finance).map { entry in
      var local = Local(known: .confirmed, at: at, by: by, source: "training").members
      if entry.kind == .routeTable { local["EntriesAreWhole"] = .bool(true) }
      return Entry(
        kind: entry.kind, id: entry.id, members: entry.members.merging(["Local": .object(local)]) { $1 })
    }
  }

  // MARK: Hangzhou: behind ECS IPs

  private var hangzhou: [Entry] {
    [
      table("vtb-bp1c6y0r4d8w2m5k9z3hq", vpc: .prod),
      group(
        "sg-bp1gitlab0d5x9r2v7mq1", vpc: .prod, in: [("100.104.0.0/16", "1/65535"), ("192.168.0.0/16", "1/65535")]),
      // Lets developers in, and no build.
      group("sg-bp1maven0e8t3w6y1kz4c", vpc: .prod, in: [("192.168.0.0/16", "\(mavenPort)/\(mavenPort)")]),
      // Half of the reverse access range.
      group("sg-bp1lost0a4n7j2p5fu9gs", vpc: .prod, in: [("100.104.0.0/17", "1/65535")]),
      group("sg-bp1lab0h1m6c8b3v5xo7l", vpc: .prod, in: [("0.0.0.0/0", "1/65535")]),
      ecs(
        "i-bp1gitlab7f2s5d0w8qk3", "gitlab", vpc: .prod, at: hosts { $0.name == "gitlab.corp.example" },
        in: "sg-bp1gitlab0d5x9r2v7mq1"),
      ecs(
        "i-bp1maven3r9u4e6t1ya8z", "maven", vpc: .prod, at: hosts { $0.name == "maven.corp.example" },
        in: "sg-bp1maven0e8t3w6y1kz4c"),
      ecs(
        "i-bp1lost5c0x8v2b7nm4hg", "lost", vpc: .prod, at: hosts { $0.name == "lost.lab.example" },
        in: "sg-bp1lost0a4n7j2p5fu9gs"),
      ecs(
        "i-bp1lab9p6o3i1u7y4tr2e", "lab", vpc: .prod,
        at: hosts { $0.name.hasSuffix(".lab.example") && $0.name != "lost.lab.example" }, in: "sg-bp1lab0h1m6c8b3v5xo7l"
      ),
    ]
  }

  private var mavenPort: Int { place.ports["maven.corp.example"] ?? 8081 }

  private func hosts(_ wanted: (TrainingHost) -> Bool) -> [String] {
    TrainingHost.all.filter(wanted).map(\.address.description)
  }

  // MARK: Shanghai: behind an SLB

  private var shanghai: [Entry] {
    let vpc = "vpc-uf6c3y8w1n5bgv0jx7qpe"
    let port = place.ports["git.retail.example"] ?? 80
    return [
      table("vtb-uf6a1s5d9f3g7h2j6k0ml", vpc: vpc),
      Entry(
        kind: .loadBalancer, id: "lb-uf6w4e8r2t6y0u5i9o3pa",
        members: [
          "LoadBalancerId": .string("lb-uf6w4e8r2t6y0u5i9o3pa"), "LoadBalancerName": .string("git"),
          "Address": .string("172.16.0.80"), "AddressType": .string("intranet"), "VpcId": .string(vpc),
          "RegionId": .string("cn-shanghai"),
          "Listeners": .object([
            "Listener": .array([
              .object([
                "ListenerPort": .number("\(port)"), "ListenerProtocol": .string("tcp"), "AclStatus": .string("off"),
              ])
            ])
          ]),
        ]),
    ]
  }

  // MARK: Beijing and Shenzhen: in data centres

  /// Both return routes are there.
  private var beijing: [Entry] {
    let (vpc, vbr) = ("vpc-2ze9t4h6s0f1ldk8mo3ua", "vbr-2ze7q1w5e9r3t7y2u6i0o")
    return [
      table("vtb-2ze4p8o2i6u0y5t9r3e7w", vpc: vpc), border("vtb-2ze1z5x9c3v7b2n6m0k4j", vbr),
      Entry(kind: .borderRouter, id: vbr, members: router(vbr, "dc-north", "vtb-2ze1z5x9c3v7b2n6m0k4j")),
    ] + [
      route("vtb-2ze4p8o2i6u0y5t9r3e7w", "10.200.0.0/16", "RouterInterface", "ri-2zevpc"),
      route("vtb-2ze1z5x9c3v7b2n6m0k4j", "10.0.0.0/16", "RouterInterface", "ri-2zevbr"),
      route("vtb-2ze1z5x9c3v7b2n6m0k4j", "100.104.0.0/16", "RouterInterface", "ri-2zevbr"),
      route("vtb-2ze1z5x9c3v7b2n6m0k4j", "10.200.0.0/16", "PhysicalConnection", "pc-2ze"),
    ] + [centre("idc-north", "North", ["10.200.0.0/16"], vbr, [("100.104.0.0/16", vbr), ("10.0.0.0/16", vbr)])]
  }

  /// Overlaps the reverse access range, and neither return route is there.
  private var shenzhen: [Entry] {
    let (vpc, vbr) = ("vpc-wz9q5j1p7e3xycr6vb0gi", "vbr-wz92k6l0j4h8g3f7d1s5a")
    return [
      table("vtb-wz98m2n6b0v4c9x3z7a1s", vpc: vpc), border("vtb-wz95d9f3g7h1j6k0l4q8w", vbr),
      Entry(kind: .borderRouter, id: vbr, members: router(vbr, "dc-south", "vtb-wz95d9f3g7h1j6k0l4q8w")),
    ] + [
      route("vtb-wz98m2n6b0v4c9x3z7a1s", "10.210.0.0/16", "RouterInterface", "ri-wz9vpc"),
      route("vtb-wz95d9f3g7h1j6k0l4q8w", "172.18.0.0/16", "RouterInterface", "ri-wz9vbr"),
      route("vtb-wz95d9f3g7h1j6k0l4q8w", "10.210.0.0/16", "PhysicalConnection", "pc-wz9"),
    ] + [
      centre(
        "idc-south", "South", ["10.210.0.0/16", "100.104.64.0/20"], vbr, [("172.18.0.0/16", vbr), ("0.0.0.0/0", "isp")])
    ]
  }

  // MARK: Finance: a network ACL

  /// Lets nothing out but to the VPC's own range.
  private var finance: [Entry] {
    let (vpc, acl) = ("vpc-bp1f6s2y8d4hqn0uz9lmx", "nacl-bp1t5r9e3w7q2a6s0d4f")
    func entry(_ peer: String, _ range: String, _ policy: String) -> JSONValue {
      .object([
        peer: .string(range), "Policy": .string(policy), "Protocol": .string("all"), "Port": .string("-1/-1"),
        "NetworkAclEntryName": .string(""),
      ])
    }
    return [
      table("vtb-bp1k4l8p2o6i0u5y9t3r7", vpc: vpc),
      Entry(
        kind: .networkAcl, id: acl,
        members: [
          "NetworkAclId": .string(acl), "NetworkAclName": .string("ledger"), "VpcId": .string(vpc),
          "IngressAclEntries": .object(["IngressAclEntry": .array([entry("SourceCidrIp", "0.0.0.0/0", "accept")])]),
          "EgressAclEntries": .object([
            "EgressAclEntry": .array([
              entry("DestinationCidrIp", "10.30.0.0/16", "accept"), entry("DestinationCidrIp", "0.0.0.0/0", "drop"),
            ])
          ]),
          "Resources": .object([
            "Resource": .array([
              .object(["ResourceId": .string("vsw-bp1u8h3f0w5rcz7jt4ekx"), "ResourceType": .string("VSwitch")])
            ])
          ]),
        ]),
    ]
  }

  // MARK: The makings

  private func table(_ id: String, vpc: String) -> Entry {
    Entry(
      kind: .routeTable, id: id,
      members: [
        "RouteTableId": .string(id), "RouteTableType": .string("System"), "RouterType": .string("VRouter"),
        "VpcId": .string(vpc),
      ])
  }

  private func border(_ id: String, _ vbr: String) -> Entry {
    Entry(
      kind: .routeTable, id: id,
      members: [
        "RouteTableId": .string(id), "RouteTableType": .string("System"), "RouterType": .string("VBR"),
        "RouterId": .string(vbr),
      ])
  }

  private func route(_ table: String, _ range: String, _ type: String, _ hop: String) -> Entry {
    let id = "rte-\(table.dropFirst(4).prefix(6))-\(range.replacing("/", with: "-").replacing(".", with: "-"))"
    return Entry(
      kind: .routeEntry, id: id,
      members: [
        "RouteEntryId": .string(id), "RouteTableId": .string(table), "DestinationCidrBlock": .string(range),
        "Status": .string("Available"), "Type": .string("Custom"),
        "NextHops": .object([
          "NextHop": .array([.object(["NextHopId": .string(hop), "NextHopType": .string(type)])])
        ]),
      ])
  }

  private func router(_ id: String, _ name: String, _ table: String) -> [String: JSONValue] {
    ["VbrId": .string(id), "Name": .string(name), "RouteTableId": .string(table), "Status": .string("active")]
  }

  private func centre(
    _ id: String, _ name: String, _ ranges: [String], _ vbr: String, _ routes: [(String, String)]
  ) -> Entry {
    Entry(
      kind: .dataCentre, id: id,
      members: [
        "IdcId": .string(id), "IdcName": .string(name), "CidrBlocks": .array(ranges.map { .string($0) }),
        "VbrIds": .array([.string(vbr)]),
        "Routes": .array(
          routes.map { .object(["DestinationCidrBlock": .string($0.0), "NextHop": .string($0.1)]) }),
      ])
  }

  private func group(_ id: String, vpc: String, in sources: [(String, String)]) -> Entry {
    Entry(
      kind: .ecsSecurityGroup, id: id,
      members: [
        "SecurityGroupId": .string(id), "VpcId": .string(vpc),
        "Permissions": .object([
          "Permission": .array(
            sources.map { range, ports in
              .object([
                "Direction": .string("ingress"), "IpProtocol": .string("TCP"), "PortRange": .string(ports),
                "SourceCidrIp": .string(range), "Policy": .string("Accept"), "Priority": .number("1"),
              ])
            })
        ]),
      ])
  }

  private func ecs(_ id: String, _ name: String, vpc: String, at addresses: [String], in group: String) -> Entry {
    Entry(
      kind: .ecs, id: id,
      members: [
        "InstanceId": .string(id), "InstanceName": .string(name), "RegionId": .string("cn-hangzhou"),
        "VpcAttributes": .object([
          "VpcId": .string(vpc),
          "PrivateIpAddress": .object(["IpAddress": .array(addresses.map { .string($0) })]),
        ]), "SecurityGroupIds": .object(["SecurityGroupId": .array([.string(group)])]),
      ])
  }
}
