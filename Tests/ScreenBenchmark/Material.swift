import FoundationEssentials
import Glibc
import WorkspaceGenerator

/// What the programs show, in a folder that goes when the benchmark ends.
struct Material {
  let folder: String
  static let size = (width: UInt16(120), height: UInt16(40))
  static let instances = 10_000
  static let files = 10_000
  static let lines = 100_000

  var workspace: String { "\(folder)/workspace" }
  var names: String { "\(folder)/names" }
  var text: String { "\(folder)/lines" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/screen-benchmark-\(getpid())"
    // nnn wants its folder of settings to be there.
    for path in [names, "\(folder)/config"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try GeneratedWorkspace(instances: Self.instances).create(at: workspace)
    for number in 0..<Self.files { try Data().write(to: URL(filePath: "\(names)/\(Self.word(number)).txt")) }
    let lines = (0..<Self.lines).map {
      "\(Self.word($0)) \(GeneratedWorkspace.name($0)) \(GeneratedWorkspace.id($0))\n"
    }
    try Data(lines.joined().utf8).write(to: URL(filePath: text))
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// The first word of a line, and the name of a file: in order of their numbers.
  static func word(_ number: Int) -> String {
    let digits = String(number)
    return "n" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// A home without anybody's settings.
  var environment: [String: String] {
    [
      "HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "XDG_CONFIG_HOME": "\(folder)/config", "XDG_STATE_HOME": "\(folder)/state",
      "ACR_CONSOLE_WORKSPACE": workspace,
    ]
  }

  /// All that take part, ours first.
  func subjects(program: String) -> [Subject] {
    // Of 40 rows tig takes 2 for itself, nnn 4, less 1.
    [
      Subject(name: "acr-console", command: [program], environment: environment, lastWord: "keys"),
      Subject(
        name: "tig", command: ["tig"], environment: environment, input: text, package: "tig",
        lastWord: Self.word(37)),
      Subject(
        name: "nnn", command: ["nnn", names], environment: environment, package: "nnn", lastWord: Self.word(35)),
      Subject(
        name: "less", command: ["less", text], environment: environment, package: "less", lastWord: Self.word(38)),
    ]
  }

  /// The same program, finding nothing that it remembered.
  func forgetful(_ subject: Subject, _ number: Int) -> Subject {
    var subject = subject
    subject.environment["XDG_STATE_HOME"] = "\(folder)/forgotten-\(number)"
    return subject
  }
}
