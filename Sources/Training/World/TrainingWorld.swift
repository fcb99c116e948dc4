import SecureBuild

/// The inventory of every training workspace: the same in each, as if imported from the vendor.
///
/// Hangzhou holds the flow of the first lesson (GitLab behind an ECS IP), Shanghai the one behind an SLB, Beijing the
/// one in a data centre; the others show what a region, an instance or a vSwitch can lack.
enum TrainingWorld {
  static func instances(at: Timestamp, by: String) -> [Instance] {
    [
      instance(
        "cri-9zq3hx0v2k7mfa1c", "build-prod", "cn-hangzhou", .running, .advanced, "2024-03-05T02:10:00Z", at, by),
      instance(
        "cri-4d7r1t8wqy5n0bse", "build-staging", "cn-hangzhou", .running, .standard, "2024-06-18T07:42:11Z", at, by),
      instance(
        "cri-m2x6p0c9gj3vul8a", "legacy-images", "cn-hangzhou", .stopped, .basic, "2021-11-02T03:00:27Z", at, by),
      instance("cri-7ke5s1ob4hw9zt6d", "sandbox", "cn-hangzhou", .pending, .basic, "2026-11-20T09:15:40Z", at, by),
      instance(
        "cri-u8f2y6qn1r0xc4ja", "retail-prod", "cn-shanghai", .running, .standard, "2023-09-14T01:33:52Z", at, by),
      instance(
        "cri-b3v9l7gt5p2kd0em", "retail-dr", "cn-shanghai", .starting, .standard, "2023-09-14T02:05:19Z", at, by),
      instance("cri-0ah4w8zs6j1qn7ry", "data-prod", "cn-beijing", .running, .advanced, "2022-05-30T06:20:03Z", at, by),
      instance(
        "cri-x5c1m9ek3u7fo2tb", "device-build", "cn-shenzhen", .initError, .basic, "2026-11-19T11:48:36Z", at, by),
      instance(
        "cri-q6n0d4yv8a2ihg5p", "overseas", "ap-southeast-1", .running, .standard, "2025-02-11T04:27:58Z", at, by),
      instance("cri-1rt7j3lw9b5xkz0s", "archive", "cn-qingdao", .running, .basic, "2020-08-21T08:01:12Z", at, by),
      instance("cri-e9o2u6mc0f4yq8va", "west-old", "cn-chengdu", .deleting, .basic, "2021-04-07T05:55:44Z", at, by),
      instance(
        "cri-h1k5s9xd3g7pn4zw", "ledger-prod", "cn-hangzhou-finance", .running, .advanced, "2024-12-03T02:30:09Z", at,
        by),
      instance(
        "cri-w8b2t6rj0l4ce1qf", "ledger-test", "cn-hangzhou-finance", .stopping, .standard, "2025-01-16T10:12:31Z", at,
        by),
    ]
  }

  static func vpcs(at: Timestamp, by: String) -> [Vpc] {
    [
      vpc(.prod, "prod", "cn-hangzhou", "192.168.0.0/16", at, by),
      vpc("vpc-bp1r7k2d9x4mqz6ts0hwn", "test", "cn-hangzhou", "10.10.0.0/16", at, by),
      vpc("vpc-uf6c3y8w1n5bgv0jx7qpe", "retail", "cn-shanghai", "172.16.0.0/16", at, by),
      vpc("vpc-2ze9t4h6s0f1ldk8mo3ua", "data", "cn-beijing", "10.0.0.0/16", at, by),
      vpc("vpc-wz9q5j1p7e3xycr6vb0gi", "devices", "cn-shenzhen", "172.18.0.0/16", at, by),
      vpc("vpc-t4n8u2z6k0was5fd3hlqy", "overseas", "ap-southeast-1", "10.8.0.0/16", at, by),
      vpc("vpc-m5e0g7o3r9cvx1bj4tnwk", "archive", "cn-qingdao", "172.20.0.0/16", at, by),
      vpc("vpc-bp1f6s2y8d4hqn0uz9lmx", "ledger", "cn-hangzhou-finance", "10.30.0.0/16", at, by),
    ]
  }

  static func vSwitches(at: Timestamp, by: String) -> [VSwitch] {
    [
      vSwitch(.prodBuild, "prod-build-h", .prod, "cn-hangzhou-h", "192.168.0.0/24", 251, at, by),
      vSwitch("vsw-bp1w3c8z5n0rjx7dqk2th", "prod-gitlab-j", .prod, "cn-hangzhou-j", "192.168.10.0/24", 248, at, by),
      vSwitch("vsw-bp1y9m4s6e1gvb3fo8lau", "prod-old-b", .prod, "cn-hangzhou-b", "192.168.8.0/24", 252, at, by),
      vSwitch(
        "vsw-bp1p0t5k7x2iqw9hz4cnd", "test-b", "vpc-bp1r7k2d9x4mqz6ts0hwn", "cn-hangzhou-b", "10.10.1.0/24", 252, at, by
      ),
      vSwitch(
        "vsw-uf6d1r6j8b3ylo0vs5gqm", "retail-f", "vpc-uf6c3y8w1n5bgv0jx7qpe", "cn-shanghai-f", "172.16.0.0/24", 243, at,
        by),
      vSwitch(
        "vsw-uf6a7x2w9k4ezt1ch6pnu", "retail-l", "vpc-uf6c3y8w1n5bgv0jx7qpe", "cn-shanghai-l", "172.16.16.0/24", 0, at,
        by),
      vSwitch(
        "vsw-2zef8q3m0y5tjd2rg7vbs", "data-h", "vpc-2ze9t4h6s0f1ldk8mo3ua", "cn-beijing-h", "10.0.1.0/24", 237, at, by),
      vSwitch(
        "vsw-2zel9n4u1o6xwk3hc8pzi", "data-a", "vpc-2ze9t4h6s0f1ldk8mo3ua", "cn-beijing-a", "10.0.2.0/24", 252, at, by),
      vSwitch(
        "vsw-wz9s5g0a7r2fbv4ym1dqe", "devices-d", "vpc-wz9q5j1p7e3xycr6vb0gi", "cn-shenzhen-d", "172.18.1.0/24", 252,
        at, by),
      vSwitch(
        "vsw-t4nj6t1c8z3kxl5uo2hwr", "overseas-a", "vpc-t4n8u2z6k0was5fd3hlqy", "ap-southeast-1a", "10.8.1.0/24", 249,
        at, by
      ),
      vSwitch(
        "vsw-m5ei7y2p9d4mqs6nb3gva", "archive-b", "vpc-m5e0g7o3r9cvx1bj4tnwk", "cn-qingdao-b", "172.20.1.0/24", 252, at,
        by),
      vSwitch(
        "vsw-bp1u8h3f0w5rcz7jt4ekx", "ledger-j", "vpc-bp1f6s2y8d4hqn0uz9lmx", "cn-hangzhou-finance-j", "10.30.1.0/24",
        246,
        at, by),
      vSwitch(
        "vsw-bp1o9l4v1q6dyn8sb5gim", "ledger-g", "vpc-bp1f6s2y8d4hqn0uz9lmx", "cn-hangzhou-finance-g", "10.30.2.0/24",
        252,
        at, by),
    ]
  }

  static func hasInstance(_ id: String) -> Bool {
    instances(at: Timestamp(milliseconds: 0), by: "").contains { $0.id == id }
  }

  // MARK: The makings

  private static func instance(
    _ id: String, _ name: String, _ region: String, _ status: InstanceStatus, _ specification: InstanceSpecification,
    _ created: String, _ at: Timestamp, _ by: String
  ) -> Instance {
    Instance(
      id: id, name: name, regionId: region, status: status, specification: specification,
      createTime: Timestamp(created), known: .confirmed, at: at, by: by)
  }

  private static func vpc(
    _ id: String, _ name: String, _ region: String, _ cidr: String, _ at: Timestamp, _ by: String
  ) -> Vpc {
    Vpc(id: id, name: name, regionId: region, cidrBlock: range(cidr), known: .confirmed, at: at, by: by)
  }

  private static func vSwitch(
    _ id: String, _ name: String, _ vpc: String, _ zone: String, _ cidr: String, _ free: Int, _ at: Timestamp,
    _ by: String
  ) -> VSwitch {
    VSwitch(
      id: id, name: name, vpcId: vpc, zoneId: zone, cidrBlock: range(cidr), availableIpAddressCount: free,
      networkAclId: zone == "cn-hangzhou-finance-j" ? "nacl-bp1t5r9e3w7q2a6s0d4f" : "", known: .confirmed, at: at,
      by: by)
  }

  private static func range(_ text: String) -> IPv4Range {
    guard let range = IPv4Range(text) else {
      preconditionFailure("the training world names a range that is none: \(text)")
    }
    return range
  }
}

extension String {
  /// Where the first lesson plays.
  static let buildProd = "cri-9zq3hx0v2k7mfa1c"
  static let prod = "vpc-bp1a4v9q6o1ycs3kb8gxe"
  static let prodBuild = "vsw-bp1e5d0h2u7mfr9pl6zoi"
}
