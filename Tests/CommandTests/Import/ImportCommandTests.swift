import Foundation
import Glibc
import Testing

@Suite("Import of what the vendor's CLI prints")
struct ImportCommandTests {
  /// An own workspace that nothing is in.
  private func ground() async throws -> Sandbox {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    return sandbox
  }

  private static let vpcs =
    #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "RegionId": "cn-beijing", "CidrBlock": "10.0.0.0/8"}]}, "TotalCount": 1}"#

  /// A list's entry without what is ours.
  private func vendors(_ entry: [String: Any]?) -> NSDictionary {
    NSDictionary(dictionary: (entry ?? [:]).filter { $0.key != "Local" })
  }

  private func object(_ text: String?) throws -> [String: Any] {
    let bytes = Data(try #require(text).utf8)
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  @Test("what the official SDKs' models hold comes back with the vendor's names and nesting")
  func samples() async throws {
    let samples = try VendorSamples.read()
    let sandbox = try await ground()
    var files: [String] = []
    for (call, text) in samples.sorted(by: { $0.key < $1.key }) {
      // Its name tells nothing.
      let file = "\(sandbox.folder)/answer-\(files.count)"
      try sandbox.write(text, to: file)
      #expect(text.contains("\n\t\""), "\(call)")
      files.append(file)
    }
    let command = ["import"] + files + ["--region", "cn-hangzhou", "--instance", "cri-own", "--format", "json"]
    let outcome = try await sandbox.run(command)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect((outcome.object["Notes"] as? [Any])?.isEmpty == true, "\(outcome.output)")

    let lists = [
      ("vpc", "DescribeVpcs", "Vpcs", "Vpc"), ("vswitch", "DescribeVSwitches", "VSwitches", "VSwitch"),
      ("route-table", "DescribeRouteTableList", "RouterTableList", "RouterTableListType"),
      ("route", "DescribeRouteEntryList", "RouteEntrys", "RouteEntry"),
      ("vbr", "DescribeVirtualBorderRouters", "VirtualBorderRouterSet", "VirtualBorderRouterType"),
      ("network-acl", "DescribeNetworkAclAttributes", "NetworkAclAttribute", nil),
      ("ecs", "DescribeInstances", "Instances", "Instance"),
      ("slb", "DescribeLoadBalancers", "LoadBalancers", "LoadBalancer"),
      ("endpoint", "ListInstanceEndpoint", "Endpoints", nil),
    ]
    for (kind, call, container, list) in lists {
      let top = try object(samples[call])[container]
      let entries = list.map { (top as? [String: Any])?[$0] } ?? top
      let wanted = try #require((entries as? [[String: Any]])?.first ?? entries as? [String: Any])
      let listed = try await sandbox.run("network list --kind \(kind) --format json --region cn-hangzhou")
      // Endpoints are where their instance is, which nobody has said.
      let all = kind == "endpoint" ? try await sandbox.run("network list --kind endpoint --format json") : listed
      #expect(all.array.count == 1 && vendors(all.array.first) == wanted as NSDictionary, "\(kind): \(all.output)")
      let local = try #require(all.array.first?["Local"] as? [String: Any])
      #expect(local["Known"] as? String == "CONFIRMED" && local["Source"] as? String == call, "\(local)")
      #expect(local["At"] is String && local["By"] is String)
    }
    try await groups(samples, sandbox)
    try await instances(samples, sandbox)

    let before = sandbox.files(in: sandbox.workspace)
    let again = try await sandbox.run(command)
    let changes = try #require(again.object["Changes"] as? [[String: Any]])
    for kind in changes {
      for what in ["New", "Changed", "Dropped"] { #expect((kind[what] as? [String])?.isEmpty == true, "\(kind)") }
    }
    #expect(sandbox.files(in: sandbox.workspace) == before)
    #expect(try await sandbox.run("workspace check").status == 0)
  }

  /// A group is put together of the two calls that describe it.
  private func groups(_ samples: [String: String], _ sandbox: Sandbox) async throws {
    let list = try object(samples["DescribeSecurityGroups"])["SecurityGroups"] as? [String: [[String: Any]]]
    let attribute = try object(samples["DescribeSecurityGroupAttribute"])
    let envelope: Set = ["RequestId", "NextToken"]
    let wanted = try #require(list?["SecurityGroup"]?.first).merging(attribute.filter { !envelope.contains($0.key) }) {
      first, _ in first
    }
    let listed = try await sandbox.run("network list --kind security-group --format json")
    #expect(vendors(listed.array.first) == wanted as NSDictionary, "\(listed.output)")
    let rules = try await sandbox.run("network list --kind security-group-rule --format json")
    let permission = (attribute["Permissions"] as? [String: [[String: Any]]])?["Permission"]?.first ?? [:]
    let rule = permission.merging(["SecurityGroupId": attribute["SecurityGroupId"] ?? ""]) { $1 }
    #expect(rules.array.count == 1 && vendors(rules.array.first) == rule as NSDictionary, "\(rules.output)")
  }

  private func instances(_ samples: [String: String], _ sandbox: Sandbox) async throws {
    let wanted = try object(samples["GetInstance"])
    let instance = try #require(try await sandbox.run("instance list --format json").array.first)
    for member in ["InstanceId", "InstanceName", "InstanceStatus", "InstanceSpecification"] {
      #expect(instance[member] as? String == wanted[member] as? String)
    }
    #expect(instance["RegionId"] as? String == "cn-hangzhou" && instance["Known"] as? String == "CONFIRMED")
    #expect(instance["CreateTime"] as? String == "2019-10-24T14:13:59.000Z")
  }

  @Test("standard input takes several answers, one after the other; what is to change is shown first")
  func standardInput() async throws {
    let sandbox = try await ground()
    let answers = Self.vpcs + "\n" + #"{"Instances": [], "TotalCount": 0, "IsSuccess": true}"#
    let before = sandbox.files(in: sandbox.workspace)
    let rehearsed = try await sandbox.run("import - --dry-run --format json", input: answers)
    #expect(rehearsed.status == 0 && rehearsed.object["DryRun"] as? Bool == true, "\(rehearsed.error)")
    #expect(sandbox.files(in: sandbox.workspace) == before)
    let told = try await sandbox.run("import -", input: answers)
    #expect(told.status == 0 && told.output.contains("+vpc-1") && told.error.contains("Imported."), "\(told)")
    let sentence = try await sandbox.run("activity --format json").array.first
    #expect(sentence?["Message"] as? String == "Imported VPC vpc-1" && sentence?["Kind"] as? String == "NETWORK")
    let again = try await sandbox.run("import -", input: answers)
    #expect(again.error.contains("nothing was changed"))
    #expect(try await sandbox.run("network list --kind vpc").output.contains("cn-beijing"))
    #expect(try await sandbox.run("network list --kind vpc --region cn-hangzhou --format json").array.isEmpty)
  }

  @Test("a file that is no answer is named with line and column, and nothing is imported")
  func refused() async throws {
    let sandbox = try await ground()
    let (good, bad) = ("\(sandbox.folder)/good.json", "\(sandbox.folder)/bad.json")
    try sandbox.write(Self.vpcs, to: good)
    let before = sandbox.files(in: sandbox.workspace)
    for (text, place) in [
      ("{\n  \"Vpcs\": }", "2:11"), ("ERROR: SDK.ServerError", "1:1"), ("", "1:1"),
      (#"{"Code": "Forbidden", "Message": "no"}"#, "1:1"),
      (
        "{\"Vpcs\": {\"Vpc\": [\n  {\"VpcId\": \"vpc-2\", \"CidrBlock\": \"10.0.0.0/8\"},\n  {\"VpcName\": \"x\"}]}}",
        "3:3"
      ),
    ] {
      try sandbox.write(text, to: bad)
      let outcome = try await sandbox.run(["import", good, bad, "--format", "json"])
      #expect(outcome.status == 1 && outcome.code == "InvalidAnswer", "\(outcome.error)")
      #expect((outcome.refusal["Message"] as? String)?.hasPrefix("\(bad):\(place): ") == true, "\(outcome.error)")
    }
    let missing = try await sandbox.run(["import", good, "\(sandbox.folder)/none.json", "--format", "json"])
    #expect(missing.status == 1 && missing.code == "InvalidAnswer")
    #expect(try await sandbox.run("import - --region x --format json", input: Self.vpcs).code == "InvalidRegion")
    #expect(try await sandbox.run("import").status == 64)
    #expect(sandbox.files(in: sandbox.workspace) == before)
  }

  @Test("Ctrl-C while it is read or compared leaves all as it was", arguments: [true, false])
  func cancelled(_ isBegun: Bool) async throws {
    let sandbox = try await ground()
    let before = sandbox.files(in: sandbox.workspace)
    // A pipe that nobody writes to the end of, or at all.
    let pipe = "\(sandbox.folder)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let held = isBegun ? open(pipe, O_RDWR | O_CLOEXEC) : -1
    defer { if isBegun { close(held) } }
    let running = try sandbox.start(["import", pipe, "--format", "json"])
    let opened: Bool? = try await Patience.wait {
      let folder = "/proc/\(running.process)/fd"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.contains { (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == pipe }
        ? true : nil
    }
    #expect(opened == true)
    running.send(SIGINT)
    let outcome = try await running.finish(within: .seconds(5))
    #expect(outcome.status == 130 && outcome.code == "Cancelled", "\(outcome.error)")
    #expect(sandbox.files(in: sandbox.workspace) == before)
  }
}
