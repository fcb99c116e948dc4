import FlatFiles
import FoundationEssentials
import Glibc
import SecureBuild
import WorkspaceGenerator

/// Records of builds that are over, all of one instance, as a runner leaves them but for their logs.
struct GeneratedBuilds {
  let count: Int
  let instance: Int

  func create(in workspace: String) throws {
    let folder = "\(workspace)/builds/\(GeneratedWorkspace.id(instance))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
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
      try write(text, to: "\(folder)/\(id)")
    }
  }

  private func write(_ text: [UInt8], to build: String) throws {
    mkdir(build, 0o700)
    let descriptor = open("\(build)/record.jsonl", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFault(call: "open", path: build, code: errno) }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, text, text.count) == text.count else {
      throw FileFault(call: "write", path: build, code: errno)
    }
  }

  private func time(_ number: Int) throws -> Timestamp {
    guard let time = Timestamp(GeneratedWorkspace.time(number)) else { throw StoreError.cancelled }
    return time
  }
}
