import ArgumentParser
import SecureBuild

/// Which repository is meant.
struct RepositoryChoice: ParsableArguments, Sendable {
  @Option(
    name: .customLong("repository"), help: ArgumentHelp(Phrase("The repository's id.", "镜像仓库 ID。"), value: "id"),
    completion: .repositories)
  var option: String?

  @Argument(
    help: ArgumentHelp(Phrase("The repository's id.", "镜像仓库 ID。"), value: "repository-id"), completion: .repositories)
  var argument: String?

  func id() throws -> String { try Choice.one(option, argument, name: "--repository") }
}

/// Which build rule is meant.
struct RuleChoice: ParsableArguments, Sendable {
  @Option(
    name: .customLong("rule"), help: ArgumentHelp(Phrase("The build rule's id.", "构建规则 ID。"), value: "id"),
    completion: .rules)
  var option: String?

  @Argument(help: ArgumentHelp(Phrase("The build rule's id.", "构建规则 ID。"), value: "rule-id"), completion: .rules)
  var argument: String?

  func id() throws -> String { try Choice.one(option, argument, name: "--rule") }
}

/// Which build is meant.
struct BuildChoice: ParsableArguments, Sendable {
  @Option(
    name: .customLong("build"), help: ArgumentHelp(Phrase("The build's id.", "构建记录 ID。"), value: "id"),
    completion: .builds)
  var option: String?

  @Argument(help: ArgumentHelp(Phrase("The build's id.", "构建记录 ID。"), value: "build-id"), completion: .builds)
  var argument: String?

  func id() throws -> String { try Choice.one(option, argument, name: "--build") }
}

/// The vendor's words may be typed in small letters too.
protocol VendorWord: RawRepresentable, CaseIterable, ExpressibleByArgument where RawValue == String {}

extension VendorWord {
  public init?(argument: String) { self.init(rawValue: argument.uppercased()) }
  public var defaultValueDescription: String { rawValue }
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension RepositoryType: VendorWord {}
extension PushType: VendorWord {}
extension TagTime: VendorWord {}

extension BuildRequest.EngineName: VendorWord {
  /// As it is typed: `local`, `kubernetes`.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue.lowercased() } }
  public var defaultValueDescription: String { rawValue.lowercased() }
}
