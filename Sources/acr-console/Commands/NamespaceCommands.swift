import ArgumentParser
import SecureBuild

struct NamespaceCommands: ParsableCommand {
  static let json = "NamespaceId InstanceId NamespaceName Known At By"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "namespace", Phrase("Namespaces, which an instance's repositories lie in.", "命名空间：实例的镜像仓库所在之处。"),
      subcommands: [ListNamespaces.self, CreateNamespace.self, DeleteNamespace.self])
  }
}

struct ListNamespaces: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the namespaces, all or an instance's.", "列出命名空间，可按实例筛选。"),
      json: "[\(NamespaceCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this instance's.", "仅限该实例。"), value: "id"), completion: .instances)
  var instance: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let reading = try invocation.open().state()
    let instances = try instance.map { [$0] } ?? reading.instances().map(\.id)
    try invocation.output.list(
      try instances.flatMap { try reading.namespaces(of: $0) },
      orElse: Phrase(
        "There are no namespaces. `acr-console namespace create` makes one, and `repository create` its own.",
        "没有命名空间。可用 `acr-console namespace create` 创建；`repository create` 会自动创建。"))
  }
}

struct CreateNamespace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "create", Phrase("Create a namespace in an instance.", "在实例中创建命名空间。"), json: "{\(NamespaceCommands.json)}")
  }

  @OptionGroup var choice: NamespaceChoice
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.name() }

  func run(_ invocation: Invocation) throws {
    let made = try invocation.open().createNamespace(choice.name(), of: choice.instance, dryRun: change.dryRun)
    try invocation.output.show(made, rehearsed: change.dryRun)
  }
}

struct DeleteNamespace: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Delete a namespace that has no repositories.", "删除没有镜像仓库的命名空间。"),
      json: "{\(NamespaceCommands.json)}")
  }

  @OptionGroup var choice: NamespaceChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.name() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let name = try choice.name()
    try removal.remove(
      invocation,
      what: { (gone: Namespace) in
        Phrase("namespace \(gone.name) of \(gone.instanceId)", "\(gone.instanceId) 的命名空间 \(gone.name)")
      },
      { try workspace.deleteNamespace(name, of: choice.instance, dryRun: $0) })
  }
}

/// Which namespace of which instance is meant.
struct NamespaceChoice: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"), completion: .instances)
  var instance: String

  @Option(
    name: .customLong("name"), help: ArgumentHelp(Phrase("The namespace's name.", "命名空间名称。"), value: "name"),
    completion: .namespaces)
  var option: String?

  @Argument(help: ArgumentHelp(Phrase("The namespace's name.", "命名空间名称。"), value: "namespace"), completion: .namespaces)
  var argument: String?

  func name() throws -> String { try Choice.one(option, argument, name: "--name", value: "name") }
}
