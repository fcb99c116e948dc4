import Testing

@Suite("A workspace's own zone table")
struct ZoneCommandTests {
  private static let head = "cloud\tregion\tname_zh\tname_en\tzone\n"

  @Test("it is in force for every command, which name it")
  func own() async throws {
    let plan = try await OwnPlan()
    let file = "\(plan.sandbox.workspace)/zones.tsv"
    try plan.sandbox.write(Self.head + "public\tcn-mars\t火星\tMars\tcn-mars-b\n", to: file)
    let regions = try await plan.sandbox.run("region list --format json")
    #expect(regions.array.map { $0["RegionId"] as? String } == ["cn-mars"] && regions.error.isEmpty)
    #expect(regions.array.first?["From"] as? String == file)
    let network = try #require(try await plan.sandbox.run("network list --format json").array.first)
    let carries = ((network["VSwitches"] as? [[String: Any]])?.first?["CarriesMode"] as? [String: Any]) ?? [:]
    #expect(carries["Value"] as? Bool == false && carries["From"] as? String == file)
    let shown = try await plan.sandbox.run("instance show \(plan.instance)")
    #expect(shown.output.contains("zone table of the workspace, zones.tsv"), "\(shown.output)")
    #expect(try await plan.sandbox.run("workspace check").status == 0)
  }

  @Test("a faulty one stops nothing: the built-in one stays in force, and it is said")
  func faulty() async throws {
    let plan = try await OwnPlan()
    try plan.sandbox.write(Self.head + "public\tcn-mars\t火星\tMars\n", to: "\(plan.sandbox.workspace)/zones.tsv")
    let listed = try await plan.sandbox.run("instance list")
    #expect(listed.status == 0 && listed.error.contains("zones.tsv:2:19: "), "\(listed.error)")
    #expect(listed.error.contains("The built-in zone table of"))
    let chinese = try await plan.sandbox.run("region list --language zh")
    #expect(chinese.error.contains("仍使用内置可用区表") && chinese.output.contains("cn-beijing"))
    // A script's standard error is for errors.
    #expect(try await plan.sandbox.run("instance list --format json").error.isEmpty)
    let check = try await plan.sandbox.run("workspace check --format json")
    #expect(check.status == 0 && check.object["Sound"] as? Bool == true, "\(check.error)")
    let finding = try #require((check.object["Findings"] as? [[String: Any]])?.first)
    #expect(finding["Kind"] as? String == "ZONE_TABLE" && finding["Damage"] as? Bool == false)
    #expect(
      finding["File"] as? String == "zones.tsv" && finding["Line"] as? Int == 2 && finding["Column"] as? Int == 19)
    #expect(try await plan.sandbox.run("workspace check").output.contains("zones.tsv:2:19"))
  }
}
