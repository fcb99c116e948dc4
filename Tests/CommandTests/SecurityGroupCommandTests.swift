import Foundation
import Testing

@Suite("The managed group, planned and real, from a script")
struct SecurityGroupCommandTests {
  @Test("each line is there, missing, different or unplanned, once the real group is imported")
  func comparison() async throws {
    let plan = try await OwnPlan()
    let show = "security-group show --instance \(plan.instance)"
    let before = try await plan.sandbox.run(show + " --format json").object["Real"] as? [String: Any]
    #expect(before?["Standing"] as? String == "NOT_IMPORTED" && (before?["Lines"] as? [Any])?.isEmpty == true)
    #expect((before?["Mend"] as? String)?.contains("aliyun ecs DescribeSecurityGroups --VpcId \(plan.vpc)") == true)

    let answers = """
      {"RegionId": "cn-hangzhou", "SecurityGroups": {"SecurityGroup": [{"SecurityGroupId": "sg-bp1real", "VpcId": "\(plan.vpc)", "ServiceManaged": true, "ServiceID": 1}]}, "TotalCount": 1, "PageNumber": 1, "PageSize": 10}
      {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-bp1real", "VpcId": "\(plan.vpc)", "InnerAccessPolicy": "Drop", "Permissions": {"Permission": [
        {"Direction": "egress", "IpProtocol": "ALL", "PortRange": "-1/-1", "DestCidrIp": "192.168.10.20/32", "SourceCidrIp": "", "Policy": "Accept", "Priority": "1"},
        {"Direction": "egress", "IpProtocol": "TCP", "PortRange": "443/443", "DestCidrIp": "192.168.10.99", "SourceCidrIp": "", "Policy": "Accept", "Priority": "1"}]}}
      """
    let imported = try await plan.sandbox.run("import - --format json", input: answers)
    try #require(imported.status == 0, "\(imported.error)")
    let real = try #require(try await plan.sandbox.run(show + " --format json").object["Real"] as? [String: Any])
    #expect(real["Standing"] as? String == "DIFFERENT" && real["SecurityGroupId"] as? String == "sg-bp1real")
    #expect(real["Known"] as? String == "CONFIRMED" && real["By"] is String && real["At"] is String)
    let lines = try #require(real["Lines"] as? [[String: Any]])
    #expect(lines.map { $0["Verdict"] as? String } == ["SAME", "MISSING", "UNPLANNED"])
    for line in lines {
      #expect(Set(line.keys) == ["Verdict", "Differs", "Planned", "Real", "Message", "Mend"])
    }
    #expect(
      (lines[1]["Planned"] as? [String: Any])?["Cidr"] as? String == "192.168.10.30/32" && lines[1]["Real"] is NSNull)
    #expect(
      (lines[2]["Real"] as? [String: Any])?["Peer"] as? String == "192.168.10.99/32" && lines[2]["Planned"] is NSNull)

    // The path's rule says the same.
    let path = try await plan.sandbox.run("path check --instance \(plan.instance) --format json")
    let verdicts = path.array.filter { $0["RuleId"] as? String == "managed-group" }.map { $0["Verdict"] as? String }
    #expect(verdicts == ["PASS", "FAIL"])

    for (language, words) in [
      ("en", ["≠ sg-bp1real differs", "✗ sg-bp1real has no line out to 192.168.10.30/32", "→ Add 192.168.10.30"]),
      ("zh", ["≠ sg-bp1real 与规划有 2 处不同", "✗ sg-bp1real 没有到 192.168.10.30/32"]),
    ] {
      let people = try await plan.sandbox.run("\(show) --language \(language)").output
      for word in words { #expect(people.contains(word), "\(word): \(people)") }
    }
  }
}
