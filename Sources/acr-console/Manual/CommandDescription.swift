import ArgumentParser
import FoundationEssentials

/// A command as the parser describes it (`--experimental-dump-help`): what the man page is made from, so that no command
/// and no option is missing there.
struct CommandDescription: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  private let superCommands: [String]?
  private let shouldDisplay: Bool?
  private let subcommands: [CommandDescription]?
  private let arguments: [ArgumentDescription]?

  /// The program itself.
  static func root() throws -> CommandDescription {
    struct Dump: Decodable { let command: CommandDescription }
    return try JSONDecoder().decode(Dump.self, from: Data(AcrConsole._dumpHelp().utf8)).command
  }

  /// `acr-console link create`.
  var name: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// Those that help shows too.
  var commands: [CommandDescription] { (subcommands ?? []).filter { $0.shouldDisplay ?? true } }

  var options: [ArgumentDescription] { (arguments ?? []).filter { $0.shouldDisplay ?? true } }
}

/// An argument, option or flag.
struct ArgumentDescription: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String

    /// Without its first dash: `-region`, `y`.
    var flag: String { kind == "long" ? "-" + name : name }
  }

  let kind: String
  let names: [Name]?
  let valueName: String?
  let abstract: String?
  let defaultValue: String?
  let allValues: [String]?
  let isOptional: Bool
  let isRepeating: Bool
  fileprivate let shouldDisplay: Bool?

  var isFlag: Bool { kind == "flag" }
  /// What tells it from others: the longest of its names, or its value's.
  var id: String { names?.map(\.flag).max { $0.count < $1.count } ?? valueName ?? "" }
}
