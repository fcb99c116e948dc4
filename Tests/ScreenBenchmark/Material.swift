import FoundationEssentials
import Measuring
import WorkspaceGenerator

/// What the programs show, in a folder that goes when the benchmark ends.
struct Material {
  let folder: BenchmarkFolder
  static let instances = 10_000
  static let lines = 100_000
  static let builds = 100_000
  /// Whose builds they are: an instance of the region that is shown first.
  static let builder = 107

  var text: String { "\(folder.path)/lines" }

  init() throws {
    folder = try BenchmarkFolder("screen-benchmark")
    try GeneratedWorkspace(instances: Self.instances).create(at: folder.workspace)
    try GeneratedBuilds(count: Self.builds, instance: Self.builder).create(in: folder.workspace)
    let lines = (0..<Self.lines).map {
      "\(BenchmarkFolder.word($0)) \(GeneratedWorkspace.name($0)) \(GeneratedWorkspace.id($0))\n"
    }
    try Data(lines.joined().utf8).write(to: URL(filePath: text))
  }

  /// All that take part, ours first.
  func subjects(program: String) -> [Subject] {
    // Of 40 rows tig takes 2 for itself, less 1.
    [
      folder.console(program),
      Subject(
        name: "tig", command: ["tig"], environment: folder.environment, input: text, package: "tig",
        lastWord: BenchmarkFolder.word(37)),
      folder.nnn,
      Subject(
        name: "less", command: ["less", text], environment: folder.environment, package: "less",
        lastWord: BenchmarkFolder.word(38)),
    ]
  }

  /// The same program, finding nothing that it remembered.
  func forgetful(_ subject: Subject, _ number: Int) -> Subject {
    var subject = subject
    subject.environment["XDG_STATE_HOME"] = "\(folder.path)/forgotten-\(number)"
    return subject
  }
}
