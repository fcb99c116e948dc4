import FlatFiles
import Foundation
import HostileText
import Testing

/// What reaches the terminal, byte for byte.
@Suite("Hostile text on the line", .timeLimit(.minutes(2)))
struct HostileTextTests {
  private let sandbox: Sandbox
  init() throws { sandbox = try Sandbox() }

  /// A workspace as somebody has written it by hand, an instance of every name.
  private func write() throws {
    let time = "2026-11-24T20:00:00.000Z"
    let header = WorkspaceHeader(id: "ws-hostile", kind: "own", created: time)
    _ = try Store.create(at: sandbox.workspace, header, by: "lin@host", as: "workspace init", at: time) { transaction in
      for (number, hostile) in HostileText.corpus.enumerated() {
        try transaction.put(
          RecordKind("instance"), "cri-\(number)",
          json: .object([
            "InstanceId": .string("cri-\(number)"), "InstanceName": .string(hostile.text),
            "RegionId": .string("cn-hangzhou"), "InstanceStatus": .string("RUNNING"),
            "InstanceSpecification": .string("Enterprise_Basic"), "CreateTime": .string(time),
            "Known": .string("CONFIRMED"), "At": .string(time), "By": .string(hostile.text),
          ]))
      }
    }
  }

  @Test(
    "names of instances retitle nothing, copy nothing and turn nothing round", arguments: ["xterm-256color", "linux"])
  func names(term: String) async throws {
    try write()
    let terminal = try RawTerminal(width: 100, height: 30)
    try sandbox.start([], on: terminal, environment: ["TERM": term])
    try await terminal.wrote("cri-1")
    for key in ["\u{1b}[6~", "\u{1b}[6~", "G", "d", "\u{1b}", "\r", "b", "\u{1b}", "L"] {
      try await terminal.settled()
      terminal.type(key)
    }
    try await terminal.settled()
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))

    let text = terminal.text
    // What of it comes through is text: no Esc before it. Esc `]` and the like the program has no use for here.
    for begun in ["]", "P", "_", "^", "X", "c", "(0", "[2J\u{1b}[3J", "[!p", "[21t", "[6n", "[>q", "[200~"] {
      if text.contains("\u{1b}" + begun) { Issue.record("Esc \(begun) reached the terminal") }
    }
    let unwanted = Set(
      text.unicodeScalars.filter { scalar in
        (0x80..<0xa0).contains(scalar.value) || scalar.properties.isBidiControl
          || scalar.properties.isDefaultIgnorableCodePoint || [0x5, 0x7, 0x18].contains(scalar.value)
      })
    #expect(unwanted.isEmpty)
  }

  /// Where a command line repeats what was typed.
  static let places: [[String]] = [
    ["instance", "list", "HOSTILE"], ["instance", "list", "--HOSTILE"], ["instance", "show", "HOSTILE"],
    ["link", "list", "--format", "HOSTILE"], ["link", "list", "--language=HOSTILE"], ["HOSTILE"],
    ["gitlab", "bind", "--instance", "x", "--network", "HOSTILE"], ["help", "HOSTILE"],
    ["--generate-completion-script=HOSTILE"], ["link", "list", "--workspace", "HOSTILE"],
    ["repository", "show", "HOSTILE"], ["rule", "add", "--repository", "x", "--push-type", "HOSTILE"],
    ["build", "show", "HOSTILE"], ["build", "log", "x", "--color", "HOSTILE"], ["image", "import", "HOSTILE"],
    ["namespace", "create", "--instance", "x", "a", "--name", "HOSTILE"],
    ["instance", "show", "a", "--instance", "HOSTILE"], ["link", "list", "--format", "HOSTILE", "--language", "zh"],
  ]

  @Test("what was typed is repeated as text, and makes no lines of its own", arguments: places)
  func typed(_ place: [String]) async throws {
    for hostile in HostileText.joined {
      let outcome = try await sandbox.run(place.map { $0.replacing("HOSTILE", with: hostile.text) })
      #expect(
        (outcome.output + outcome.error).unicodeScalars.allSatisfy { scalar in
          scalar == "\n"
            || (scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value) && !scalar.properties.isBidiControl)
        }, "\(hostile): \(outcome.error.debugDescription)")
      #expect(!outcome.error.contains("\ntwo"), "\(hostile): \(outcome.error.debugDescription)")
    }
  }

  @Test("what was typed for a repository, a rule or a registry is repeated as text too")
  func fields() async throws {
    let plan = try await RulePlan()
    let lines = [
      ["repository", "show", "HOSTILE"], ["repository", "edit", "REPOSITORY", "--project=HOSTILE"],
      ["repository", "edit", "REPOSITORY", "--summary=HOSTILE"], ["rule", "edit", "RULE", "--push-name=HOSTILE"],
      ["rule", "edit", "RULE", "--image-tag=HOSTILE"], ["rule", "edit", "RULE", "--build-arg=HOSTILE"],
      ["rule", "edit", "RULE", "--platform=HOSTILE"], ["rule", "edit", "RULE", "--dockerfile-name=HOSTILE"],
      ["registry", "set", "INSTANCE", "--address=HOSTILE"], ["registry", "set", "INSTANCE", "--mirror=HOSTILE"],
      ["registry", "set", "INSTANCE", "--layout=HOSTILE"], ["build", "show", "HOSTILE"],
      ["build", "list", "--before", "HOSTILE"], ["image", "import", "HOSTILE"],
      ["image", "delete", "HOSTILE", "--yes"],
      ["namespace", "delete", "--instance", "INSTANCE", "HOSTILE"],
    ]
    for hostile in HostileText.joined {
      for line in lines {
        let outcome = try await plan.sandbox.run(
          (line + ["--dry-run"].filter { _ in ["edit", "set"].contains(line[1]) }).map {
            plan.filled($0).replacing("HOSTILE", with: hostile.text)
          })
        let unwanted = (outcome.output + outcome.error).unicodeScalars.filter { scalar in
          scalar != "\n"
            && (scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) || scalar.properties.isBidiControl)
        }
        #expect(unwanted.isEmpty, "\(line) \(hostile): \((outcome.output + outcome.error).debugDescription)")
      }
    }
  }

  @Test("what is wrong with settings, keys and themes is said as text")
  func settings() async throws {
    let themes = "\(sandbox.configuration)/themes"
    try FileManager.default.createDirectory(atPath: themes, withIntermediateDirectories: true)
    let texts = HostileText.corpus.map(\.text).filter { !$0.isEmpty && !$0.contains("\0") }
    let settings = texts.map { "\(quoted($0)) = 1" }.joined(separator: "\n")
    let keys = texts.map { "\(quoted($0)) = \(quoted($0))" }.joined(separator: "\n")
    try Data("theme = \(quoted(texts[0]))\n\(settings)\n[keys]\n\(keys)\n".utf8).write(
      to: URL(filePath: "\(sandbox.configuration)/settings.toml"))
    let roles = texts.map { "\(quoted($0)) = { fg = \(quoted($0)) }" }.joined(separator: "\n")
    for (number, text) in texts.enumerated() where !text.contains("/") && text.utf8.count < 200 {
      // Names that the file system doesn't take are none to be shown.
      _ = FileManager.default.createFile(
        atPath: "\(themes)/\(number)\(text).toml",
        contents: Data("inherits = \(quoted(text))\n[roles]\n\(roles)\n".utf8))
    }
    for command in ["settings show", "theme list", "settings show --language zh", "theme list --language zh"] {
      let outcome = try await sandbox.run(command)
      #expect(outcome.output.utf8.count > 1000)
      let unwanted = Set(
        (outcome.output + outcome.error).unicodeScalars.filter { scalar in
          scalar != "\n"
            && (scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) || scalar.properties.isBidiControl)
        })
      #expect(unwanted.isEmpty, "\(command)")
    }
  }

  /// A text as TOML has it in quotes.
  private func quoted(_ text: String) -> String {
    let digits = text.unicodeScalars.map { scalar in
      let hex = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - hex.count) + hex
    }
    return "\"" + digits.joined() + "\""
  }

  @Test("a long name is cut in the middle where it is one of many, and whole in JSON and alone")
  func long() async throws {
    try write()
    let names = try await sandbox.run("instance list --format json").array.compactMap { $0["InstanceName"] as? String }
    #expect(names.contains(String(repeating: "x", count: 1500)))
    for (command, width) in [("instance list", 200), ("activity", 240)] {
      let table = try await sandbox.run(command).output
      #expect(table.split(separator: "\n").allSatisfy { $0.count <= width }, "\(command)")
    }
    #expect(try await sandbox.run("instance list").output.contains("xxxx…xxxx"))
    #expect(try await sandbox.run("workspace list").output.contains(sandbox.workspace))
  }

  @Test("commands print it as text too")
  func commands() async throws {
    try write()
    for command in ["instance list", "activity"] {
      let outcome = try await sandbox.run(command)
      #expect(outcome.status == 0)
      #expect(
        outcome.output.unicodeScalars.allSatisfy { scalar in
          scalar == "\n"
            || (scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value) && !scalar.properties.isBidiControl)
        }, "\(command)")
    }
  }
}
