import Testing

@Suite("Both languages, and how one is chosen")
struct LanguageTests {
  @Test(
    "the option goes before the settings file, and that before the locale",
    arguments: [
      ("", ["LANG": "zh_CN.UTF-8"], "", true), ("", ["LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"], "", false),
      ("", ["LC_MESSAGES": "zh_TW.UTF-8"], "", true), ("", [:], "language = \"zh\"\n", true),
      (" --language en", [:], "language = \"zh\"\n", false),
      ("", ["LC_ALL": "zh_CN.UTF-8"], "language = \"en\"\n", false),
      (" --language zh", ["LC_ALL": "en_US.UTF-8"], "", true), ("", ["LC_ALL": "", "LANG": "zh_CN.UTF-8"], "", true),
    ])
  func chosen(_ option: String, _ environment: [String: String], _ settings: String, _ isChinese: Bool) async throws {
    let sandbox = try Sandbox()
    if !settings.isEmpty { try sandbox.write(settings, to: "\(sandbox.configuration)/settings.toml") }
    let outcome = try await sandbox.run("region list" + option, environment: environment)
    #expect(outcome.output.contains("华东1") == isChinese || outcome.output.contains("杭州") == isChinese)
  }

  @Test(
    "every list has its headings in both languages",
    arguments: [
      ("instance list", "Status", "状态"), ("network list", "Range", "网段"), ("link list", "GitLab IP", "GitLab 内网 IP"),
      ("gitlab show INSTANCE", "Not bound", "未绑定"), ("security-group show INSTANCE", "Planned", "规划中"),
      ("region list", "Public cloud", "公共云"), ("theme list", "built in", "内置"), ("settings show", "built in", "内置"),
      ("workspace list", "OWN", "自有"), ("workspace check", "sound", "完好"),
    ])
  func headings(_ line: String, _ english: String, _ chinese: String) async throws {
    let plan = try await OwnPlan()
    let filled = plan.filled(line)
    #expect(try await plan.sandbox.run(filled).output.contains(english))
    #expect(try await plan.sandbox.run(filled + " --language zh").output.contains(chinese))
  }

  @Test("help is in the language too, and so are errors of usage")
  func help() async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run("link create --help --language zh").output.contains("创建链路"))
    #expect(try await sandbox.run("link create --help").output.contains("Create a link"))
    #expect(try await sandbox.run("link create --language zh").error.contains("缺少参数 '--instance <id>'"))
    #expect(try await sandbox.run("instance show --language=zh").error.contains("缺少参数"))
  }

  @Test("JSON has the same members and words in both languages")
  func json() async throws {
    let plan = try await OwnPlan()
    let english = try await plan.sandbox.run("instance list --format json")
    #expect(try await plan.sandbox.run("instance list --format json --language zh").output == english.output)
  }
}
