import Foundation
import Testing

@Suite("The network, written down from a script")
struct NetworkCommandTests {
  /// Each kind with all of its options; what the others refer to comes first.
  static let kinds = [
    ("vbr", "--name dc --region cn-hangzhou"), ("route-table", "--vpc VPC --router vbr-1 --entries-are-whole true"),
    (
      "route",
      "--route-table route-table-1 --destination 10.1.0.0/16 --next-hop-type RouterInterface --next-hop-id ri-1"
    ),
    (
      "network-acl",
      "--vpc VPC --vswitch VSWITCH --ingress accept,all,all,0.0.0.0/0 --egress accept,tcp,443,10.0.0.0/8"
    ), ("security-group", "--vpc VPC --name web"),
    ("security-group-rule", "--security-group security-group-1 --port-range 8081 --peer 192.168.0.0/16"),
    ("ecs", "--vpc VPC --ip 192.168.10.20 --ip 192.168.10.21 --security-group security-group-1 --name gitlab"),
    ("slb", "--vpc VPC --ip 192.168.10.80 --listener 443=on --listener 80"),
    ("idc", "--cidr 10.1.0.0/16 --vbr vbr-1 --route 100.104.0.0/16=vbr-1"),
    ("vpc", "--region cn-beijing --cidr 10.0.0.0/8 --secondary-cidr 172.16.0.0/12"),
  ]

  @Test("every kind can be added, listed, edited and deleted, in JSON with the vendor's members")
  func roundTrip() async throws {
    let plan = try await OwnPlan()
    func run(_ line: String) async throws -> Outcome {
      try await plan.sandbox.run(plan.filled(line) + " --format json")
    }
    for (kind, options) in Self.kinds {
      let added = try await run("network add \(kind) --id \(kind)-1 \(options)")
      #expect(added.status == 0 && added.error.isEmpty, "\(kind): \(added.error)")
      let listed = try #require(try await run("network list --kind \(kind)").array.last)
      if kind != "vpc" { #expect(listed as NSDictionary == added.object as NSDictionary, "\(kind)") }
      let local = try #require(listed["Local"] as? [String: Any])
      #expect(local["Id"] as? String == "\(kind)-1" && local["Known"] as? String == "PLANNED", "\(local)")
    }
    let edited = try await plan.sandbox.run([
      "network", "edit", "ecs", "ecs-1", "--ip", "192.168.10.22", "--name", "", "--format", "json",
    ])
    #expect(edited.status == 0 && edited.object["InstanceName"] as? String == "", "\(edited.error)")
    let vpc = edited.object["VpcAttributes"] as? [String: Any]
    #expect((vpc?["PrivateIpAddress"] as? [String: [String]])?["IpAddress"] == ["192.168.10.22"])
    #expect(vpc?["VpcId"] as? String == plan.vpc)
    #expect(try await run("network edit vpc \(plan.vpc) --name prod").memberNames == ContractTests.network)
    let endpoint = try await run(
      "network add endpoint --instance INSTANCE --type vpc --enabled true --entry 10.0.0.0/8")
    #expect(endpoint.object["EndpointType"] as? String == "VPC", "\(endpoint.error)")
    // What still names it is said.
    let removed = try await run("network delete security-group-1 --yes")
    #expect(removed.status == 0 && removed.error.contains("ecs ecs-1"), "\(removed.error)")
    for (kind, _) in Self.kinds.reversed() where !kind.hasPrefix("security-group") && kind != "route" {
      let gone = try await run("network delete \(kind)-1 --kind \(kind) --yes")
      #expect(gone.status == 0, "\(gone.error)")
    }
    #expect(try await run("network list --kind route").array.isEmpty)
  }

  @Test("a rule that is added turns the path from FAIL to PASS")
  func path() async throws {
    let plan = try await OwnPlan()
    func run(_ line: String) async throws -> Outcome {
      try await plan.sandbox.run(plan.filled(line) + " --format json")
    }
    func verdict() async throws -> String? {
      let outcome = try await run("path check --instance INSTANCE --link LINK --address 192.168.10.20")
      return outcome.array.first { $0["RuleId"] as? String == "ecs-inbound" }?["Verdict"] as? String
    }
    _ = try await run("network add security-group --id sg-1 --vpc VPC")
    _ = try await run("network add ecs --vpc VPC --ip 192.168.10.20 --security-group sg-1")
    #expect(try await verdict() == "UNKNOWN")
    _ = try await run("network add security-group-rule --security-group sg-1 --port-range 22 --peer 192.168.0.0/16")
    #expect(try await verdict() == "FAIL")
    let rule = try await run(
      "network add security-group-rule --security-group sg-1 --port-range 1/65535 --peer 100.104.0.0/16")
    #expect(try await verdict() == "PASS")
    let id = try #require((rule.object["Local"] as? [String: Any])?["Id"] as? String, "\(rule.error)")
    _ = try await run("network delete \(id) --yes")
    #expect(try await verdict() == "FAIL")
  }

  @Test("a dry run says what would be, and an edit without a change is none")
  func usage() async throws {
    let plan = try await OwnPlan()
    let before = plan.sandbox.files()
    let dry = try await plan.sandbox.run(
      plan.filled("network add ecs --vpc VPC --ip 192.168.10.20 --dry-run --format json"))
    #expect(dry.status == 0 && dry.object["DryRun"] as? Bool == true, "\(dry.error)")
    let none = try await plan.sandbox.run("network edit ecs i-1")
    #expect(none.status == 64 && none.error.contains("--security-group"), "\(none.error)")
    #expect(try await plan.sandbox.run("network add ecs --ip 10.0.0.1").error.contains("--vpc <id>"))
    let help = try await plan.sandbox.run("network add security-group-rule --help --language zh")
    #expect(help.output.contains("授权对象") && help.output.contains("默认 ingress"), "\(help.output)")
    #expect(plan.sandbox.files() == before)
  }
}
