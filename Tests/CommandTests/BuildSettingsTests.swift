import Foundation
import Testing

@Suite("Settings of builds")
struct BuildSettingsTests {
  @Test("each is shown with its value and where it comes from")
  func shown() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.configuration)/settings.toml"
    try sandbox.write("mouse = true\n[build]\njobs = 2\nmemory_mib = 512\n", to: file)
    let shown = try await sandbox.run("settings show --format json")
    #expect(shown.status == 0 && (shown.object["Problems"] as? [Any])?.isEmpty == true)
    let settings = try #require(shown.object["Settings"] as? [[String: Any]])
    func setting(_ name: String) throws -> [String: Any] {
      try #require(settings.first { $0["Name"] as? String == "build.\(name)" })
    }
    #expect(try setting("jobs")["Value"] as? Int == 2 && setting("jobs")["Line"] as? Int == 3)
    #expect(try setting("memory_mib")["Value"] as? Int == 512)
    #expect(try setting("log_mib")["Value"] as? Int == 256 && setting("log_mib")["Source"] as? String == "BUILT_IN")
    let text = try await sandbox.run("settings show").output
    #expect(text.contains("stage_seconds\n") && text.contains("How long a stage of a build may take"))
  }

  @Test(
    "what is wrong with one is named with its line",
    arguments: [
      ("[build]\njobs = 0", 2, "“build.jobs” must be a number from 1 to 64"),
      ("[build]\n\njobs = \"two\"", 3, "“build.jobs” must be a number"),
      ("[build]\nspeed = 9", 2, "there is no setting “build.speed”; there are jobs, memory_mib"),
      ("build = 3", 1, "“build” must be a table"),
      ("build.log_mib = -1", 1, "“build.log_mib” must be a number"),
    ])
  func wrong(text: String, line: Int, words: String) async throws {
    let (file, said) = try await Sandbox().complaints(ofSettings: text)
    #expect(said.contains("\(file):\(line): \(words)"), "\(said)")
  }
}
