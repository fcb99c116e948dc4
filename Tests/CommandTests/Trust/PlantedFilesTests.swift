import Foundation
import Glibc
import Testing

/// Something else in the place of a file: never followed, never waited for.
@Suite("In the place of a file", .timeLimit(.minutes(2)))
struct PlantedFilesTests {
  enum Plant: CaseIterable {
    case link, pipe

    /// Puts it where a file or folder was, which is kept elsewhere.
    func plant(at path: String) throws {
      let kept = path + ".kept"
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.moveItem(atPath: path, toPath: kept)
      } else {
        try FileManager.default.createDirectory(
          atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
      }
      switch self {
      case .link: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: kept)
      case .pipe: try #require(mkfifo(path, 0o600) == 0)
      }
    }
  }

  @Test("of the workspace: refused, and named", arguments: Plant.allCases)
  func ofWorkspace(_ plant: Plant) async throws {
    let plan = try await OwnPlan()
    for name in [
      "workspace.json", "lock", "current", "journal.1.jsonl", "snapshot.1", "snapshot.1/manifest.json", "history",
      "secrets",
    ] {
      let sandbox = try plan.sandbox.copy()
      try plant.plant(at: "\(sandbox.workspace)/\(name)")
      let checked = try await sandbox.run("workspace check --format json")
      #expect(checked.status == 74 && checked.code == "WorkspaceDamaged", "\(checked.output)\(checked.error)")
      let findings = checked.object["Findings"] as? [[String: Any]] ?? []
      #expect(findings.contains { $0["File"] as? String == name && $0["Damage"] as? Bool == true }, "\(checked.output)")
      // What stands apart from the records is in nobody's way before it is needed.
      guard !["history", "secrets"].contains(name) else { continue }
      for line in [
        "instance list", "instance create --name more --region cn-hangzhou --specification Enterprise_Basic",
      ] {
        let outcome = try await sandbox.run(line + " --format json")
        #expect(outcome.status == 74 && outcome.code == "WorkspaceDamaged", "\(line): \(outcome.error)")
        #expect((outcome.refusal["Message"] as? String)?.contains(name) == true, "\(line): \(outcome.error)")
      }
    }
  }

  @Test("a folder of secrets that leads elsewhere gets no token", arguments: Plant.allCases)
  func secrets(_ plant: Plant) async throws {
    let plan = try await OwnPlan()
    try plant.plant(at: "\(plan.sandbox.workspace)/secrets")
    let outcome = try await plan.saveDraft(token: "glpat-never-in-there0")
    #expect(outcome.status == 74 && outcome.code == "SecretUnusable", "\(outcome.error)")
    #expect(plan.sandbox.files(in: "\(plan.sandbox.workspace)/secrets.kept").isEmpty)
  }

  @Test("a pipe where a file of settings, of themes or of what was opened before is: nothing waits for it")
  func ofSettings() async throws {
    let sandbox = try await TrainingGround().sandbox
    for name in [
      "config/acr-console/settings.toml", "config/acr-console/themes/mine.toml", "config/acr-console/lessons/mine.yaml",
      "state/acr-console/workspaces", "data/acr-console/zones.tsv", "data/acr-console/builds",
    ] {
      try Plant.pipe.plant(at: "\(sandbox.folder)/\(name)")
    }
    for line in [
      "instance list", "instance create --name more --region cn-hangzhou --specification Enterprise_Basic",
      "theme list", "theme show mine", "settings show", "train list", "workspace list", "region list", "build list",
    ] {
      let running = try sandbox.start(line.split(separator: " ").map(String.init))
      let outcome = try await running.finish(within: .seconds(20))
      #expect(outcome.status == 0 || line == "theme show mine", "\(line): \(outcome.error)")
    }
  }
}
