import Foundation
import Testing

/// The documented members of each command's JSON, in their order: scripts rely on them.
@Suite("The contract of the commands")
struct ContractTests {
  static let instance = [
    "InstanceId", "InstanceName", "RegionId", "InstanceStatus", "InstanceSpecification", "CreateTime", "Known", "At",
    "By", "Notes",
  ]
  static let link = [
    "LinkId", "InstanceId", "GitLabIntranetIp", "AllowedIps", "Hosts", "VpcId", "VSwitchId", "ZoneId", "Notes", "Known",
    "At",
    "By", "UsedBy",
  ]
  static let network = ["VpcId", "VpcName", "RegionId", "CidrBlock", "VSwitches", "Known", "At", "By", "Notes"]
  static let gitLab = [
    "InstanceId", "Status", "CheckedAt", "NetworkType", "Address", "Username", "LinkId", "Draft", "TokenStored",
    "Known",
    "At", "By", "From", "LastPassed", "LastFailed", "Confirmed", "Warnings",
  ]
  static let group = [
    "SecurityGroupId", "State", "InstanceId", "LinkId", "VpcId", "VSwitchId", "NetworkInterfaceId", "Rules",
    "RulesKnown", "Known",
    "At", "By", "Real",
  ]

  @Test("list commands print a top-level array of objects with the documented members, in order")
  func lists() async throws {
    let plan = try await OwnPlan()
    let expected = [
      ("region list", ["RegionId", "Name", "Cloud", "Zones", "From"]), ("instance list", Self.instance),
      ("network list", Self.network), ("link list", Self.link),
      ("theme list", ["Name", "Source", "File", "Current", "Problems"]),
      ("workspace list", ["Path", "Kind", "Default", "Current", "State", "Message"]),
    ]
    for (command, members) in expected {
      let outcome = try await plan.sandbox.run(command + " --format json")
      #expect(outcome.status == 0 && outcome.error.isEmpty, "\(command): \(outcome.error)")
      #expect(outcome.output.hasPrefix("[") && !outcome.array.isEmpty, "\(command)")
      #expect(outcome.memberNames == members, "\(command)")
    }
  }

  @Test("commands about one thing print one object with the documented members, in order")
  func objects() async throws {
    let plan = try await OwnPlan()
    let i = "--instance \(plan.instance)"
    let expected = [
      ("instance show \(i)", Self.instance), ("gitlab show \(i)", Self.gitLab),
      ("security-group show \(i)", Self.group),
      ("workspace check", ["Path", "Sound", "Findings"]),
      ("settings show", ["File", "Exists", "Settings", "Problems"]),
      ("theme show dark", ["Name", "Source", "File", "Current", "Problems", "Roles"]),
      ("link edit --link \(plan.link) --allow 192.168.10.31", Self.link),
      ("gitlab bind \(i) --draft", Self.gitLab), ("gitlab confirm \(i)", Self.gitLab),
      ("gitlab unbind \(i) --yes", Self.gitLab), ("link delete --link \(plan.link) --yes", Self.link),
      ("network delete --vpc \(plan.vpc) --yes", Self.network), ("instance delete \(i) --yes", Self.instance),
    ]
    for (command, members) in expected {
      let outcome = try await plan.sandbox.run(command + " --format json")
      #expect(outcome.status == 0 && outcome.error.isEmpty, "\(command): \(outcome.error)")
      #expect(outcome.memberNames == members, "\(command)")
    }
  }

  @Test("the parts of a network, a link and a group have the vendor's members")
  func parts() async throws {
    let plan = try await OwnPlan()
    let network = try #require(try await plan.sandbox.run("network list --format json").array.first)
    let vSwitch = try #require((network["VSwitches"] as? [[String: Any]])?.first)
    #expect(Set(["VSwitchId", "ZoneId", "CidrBlock"]).isSubset(of: vSwitch.keys))
    #expect((vSwitch["CarriesMode"] as? [String: Any])?["Known"] as? String == "COMPUTED")
    let link = try #require(try await plan.sandbox.run("link list --format json").array.first)
    #expect(link["AllowedIps"] as? [[String: String]] == [["Ip": "192.168.10.30", "Label": "Maven"]])
    #expect(link["Hosts"] as? [[String: String]] == [["Name": "git.corp.example", "Ip": "192.168.10.20"]])
    let group = try await plan.sandbox.run("security-group show --instance \(plan.instance) --format json").object
    #expect(group["State"] as? String == "PLANNED" && group["SecurityGroupId"] is NSNull)
    let rules = try #require(group["Rules"] as? [[String: String]])
    #expect(rules.map { $0["Cidr"] } == ["192.168.10.20/32", "192.168.10.30/32"])
    #expect(rules[0]["Direction"] == "egress" && rules[0]["IpProtocol"] == "ALL" && rules[0]["PortRange"] == "-1/-1")
    let region = try #require(try await plan.sandbox.run("region list --format json").array.first)
    #expect((region["Zones"] as? [[String: String]])?.first?["ZoneId"] == "cn-beijing-c")
  }

  @Test("lists cover all regions unless one is named")
  func regions() async throws {
    let plan = try await OwnPlan()
    try await plan.sandbox.run("instance create --name other --region cn-beijing --specification Enterprise_Basic")
    #expect(try await plan.sandbox.run("instance list --format json").array.count == 2)
    #expect(try await plan.sandbox.run("instance list --region cn-beijing --format json").array.count == 1)
    #expect(try await plan.sandbox.run("link list --region cn-beijing --format json").output == "[]\n")
    #expect(try await plan.sandbox.run("link list --region cn-hangzhou --format json").array.count == 1)
    #expect(try await plan.sandbox.run("network list --region cn-beijing --format json").output == "[]\n")
  }

  @Test("what was taken and should be known is a note, in JSON and in words")
  func notes() async throws {
    let plan = try await OwnPlan()
    let far = try await plan.sandbox.run(
      "instance create --name far --region cn-mars --specification Enterprise_Basic --format json")
    let note = try #require((far.object["Notes"] as? [[String: String]])?.first)
    #expect(far.status == 0 && note["Code"] == "REGION_NOT_IN_ZONE_TABLE" && note["Field"] == "RegionId")
    let vpc = try await plan.sandbox.run("network add vpc --region cn-mars --cidr 10.0.0.0/8 --language zh")
    #expect(vpc.status == 0 && vpc.output.contains("地域 cn-mars 不在可用区表"))
    let twice = "--allow 192.168.10.31=a --allow 192.168.10.31=b --format json"
    let edited = try await plan.sandbox.run("link edit \(plan.link) \(twice)")
    #expect((edited.object["Notes"] as? [[String: String]])?.map { $0["Code"] } == ["GIVEN_TWICE"])
    #expect((edited.object["AllowedIps"] as? [[String: String]])?.last == ["Ip": "192.168.10.31", "Label": "b"])
    let created = try await plan.sandbox.run(
      "link create --instance \(plan.instance) --gitlab-ip 192.168.10.20 --vpc \(plan.vpc) --vswitch \(plan.vSwitch) --dry-run \(twice)"
    )
    #expect((created.object["Notes"] as? [[String: String]])?.map { $0["Code"] } == ["GIVEN_TWICE"])
  }

  @Test("an id may also be given alone, and options before the command")
  func spellings() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.sandbox.run("instance show \(plan.instance)").status == 0)
    #expect(
      try await plan.sandbox.run("--format json instance show \(plan.instance)").object["InstanceName"] as? String
        == "build")
    #expect(try await plan.sandbox.run("link delete \(plan.link) --yes").status == 0)
    #expect(try await plan.sandbox.run("network delete \(plan.vSwitch) --yes").status == 0)
  }

  @Test("what a person reads has headings and aligned columns, and says it when there is nothing")
  func tables() async throws {
    let plan = try await OwnPlan()
    let lines = try await plan.sandbox.run("instance list").output.split(separator: "\n").map(String.init)
    #expect(lines.count == 2)
    let column = try #require(lines.first?.range(of: "Name"))
    #expect(lines[1][column.lowerBound...].hasPrefix("build"))
    let empty = try await plan.sandbox.run("instance list --region cn-beijing")
    #expect(empty.output.isEmpty && empty.error.contains("There are no instances") && empty.status == 0)
  }
}
