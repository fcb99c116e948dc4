import ArgumentParser
import SecureBuild

/// The language of help texts and of what is said before the command line has been understood: help is made while
/// arguments are parsed, so it looks at them by itself.
enum HelpLanguage {
  static let current: Language = {
    let option = CommandLine.lastValue(of: "--language").flatMap(Language.init(rawValue:))
    return Invocation.settings(language: option).settings.language.value
  }()
}

extension ArgumentHelp {
  /// Help in the language of this process.
  init(_ phrase: Phrase, value: String? = nil, visibility: ArgumentVisibility = .default) {
    self.init(phrase(HelpLanguage.current), valueName: value, visibility: visibility)
  }
}

extension CommandConfiguration {
  /// A command by its name, with its abstract in the language of this process.
  /// - Parameters:
  ///   - json: the members that it prints with `--format json`.
  ///   - more: what is said in its own help alone.
  init(
    _ name: String, _ abstract: Phrase, json: String? = nil, more: Phrase? = nil, hidden: Bool = false,
    subcommands: [any ParsableCommand.Type] = []
  ) {
    self.init(
      commandName: name, abstract: abstract(HelpLanguage.current),
      discussion: json.map { "JSON: \($0)" } ?? more?(HelpLanguage.current) ?? "",
      shouldDisplay: !hidden, subcommands: subcommands)
  }
}

extension CommandLine {
  /// The value that an option was given last, `--name value` or `--name=value`; nothing after `--` counts.
  static func lastValue(of name: String, in arguments: [String] = CommandLine.arguments) -> String? {
    var found: String?
    let options = arguments.dropFirst().prefix { $0 != "--" }
    for (index, argument) in zip(options.indices, options) {
      if argument.hasPrefix(name + "=") { found = String(argument.dropFirst(name.utf8.count + 1)) }
      if argument == name, options.index(after: index) < options.endIndex { found = options[index + 1] }
    }
    return found
  }
}
