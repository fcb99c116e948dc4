import FlatFiles
import FoundationEssentials
import SecureBuild
import WorkspaceGenerator

/// Records of builds that are over, all of one instance, as a runner leaves them but for their logs.
struct GeneratedBuilds {
  let count: Int
  let instance: Int

  func create(in workspace: String) throws {
    let folder = "\(workspace)/builds/\(GeneratedWorkspace.id(instance))"
    let at = try time(0)
    let rule = BuildRule(
      id: "cribr-generated", repoId: "crr-generated", instanceId: GeneratedWorkspace.id(instance), pushType: .branch,
      pushName: "main", at: at, by: GeneratedWorkspace.actor)
    for number in 0..<count {
      let at = try time(number)
      let digits = String(number)
      let id = "build-local-2026\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)"
      let request = BuildRequest(
        id: id, instanceId: GeneratedWorkspace.id(instance), repoId: rule.repoId, repository: "team/hello", rule: rule,
        ref: "main", imageTag: "latest", at: at, by: GeneratedWorkspace.actor)
      let events = [
        BuildEvent(at: at, what: .started),
        BuildEvent(at: at, what: .commit(String(repeating: "a", count: 40))),
        BuildEvent(at: at, what: .ended(.success, nil)),
      ]
      var text = try JSONValue.canonical(request) + [0x0A]
      for event in events { text += try JSONValue.canonical(event) + [0x0A] }
      let build = "\(folder)/\(id)"
      try FileManager.default.createDirectory(atPath: build, withIntermediateDirectories: true)
      try Data(text).write(to: URL(filePath: "\(build)/record.jsonl"))
    }
  }

  private func time(_ number: Int) throws -> Timestamp {
    guard let time = Timestamp(GeneratedWorkspace.time(number)) else { throw StoreError.cancelled }
    return time
  }
}
