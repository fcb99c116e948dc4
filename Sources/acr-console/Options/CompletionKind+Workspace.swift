import ArgumentParser
import BuildEngine
import Console
import SecureBuild

/// What a shell offers for ids: those in the workspace that the command line means. Quiet where there is none, or where
/// somebody holds its lock: whoever presses Tab doesn't wait.
extension CompletionKind {
  static var regions: CompletionKind { .list(ZoneTable.builtIn.regions.map(\.id)) }
  static var themes: CompletionKind { .custom { _, _, _ in Candidates.safe(ThemeCommands.catalogue.names) } }
  /// Those in the program, and files.
  static var demos: CompletionKind { .list(DemoScript.shipped.map(\.name)) }
  static var workspaces: CompletionKind { .custom { _, _, typed in Candidates.safe(Candidates.workspaces(typed)) } }
  static var instances: CompletionKind { ids { try $0.instances().map(\.id) } }
  static var links: CompletionKind { ids { try $0.links().map(\.id) } }
  static var vpcs: CompletionKind { ids { try $0.networks().map(\.vpc.id) } }
  static var vSwitches: CompletionKind { ids { try $0.networks().flatMap(\.vSwitches).map(\.id) } }
  /// Of a kind of the inventory, or of all.
  static func inventory(_ kind: InventoryKind?) -> CompletionKind {
    ids { reading in try (kind.map { [$0] } ?? InventoryKind.allCases).flatMap { try reading.inventory($0).map(\.id) } }
  }
  static var repositories: CompletionKind { ids { try $0.repositories().map(\.id) } }
  static var rules: CompletionKind { ids { try $0.rules().map(\.id) } }
  /// The newest, which somebody means more often than one of long ago.
  static var builds: CompletionKind {
    found { workspace, _ in try workspace.builds.records(limit: 50).records.map(\.id) }
  }
  static var livingBuilds: CompletionKind { found { workspace, _ in try workspace.builds.live().map(\.id) } }
  static var importedImages: CompletionKind {
    found { workspace, _ in try ImportedImages(folder: workspace.imagesFolder).list().map(\.name) }
  }

  /// Of the instance that the line names; of none where it names none.
  static var namespaces: CompletionKind {
    found { workspace, words in
      guard let instance = CommandLine.lastValue(of: "--instance", in: words) else { return [] }
      return try workspace.latest.namespaces(of: instance).map(\.name)
    }
  }

  private static func ids(_ list: @escaping @Sendable (Reading) throws -> [String]) -> CompletionKind {
    found { workspace, _ in try list(workspace.latest) }
  }

  private static func found(
    _ list: @escaping @Sendable (_ workspace: Workspace, _ words: [String]) throws -> [String]
  ) -> CompletionKind {
    .custom { words, _, _ in
      let named = CommandLine.lastValue(of: "--workspace", in: words).map(Candidates.atHome)
      guard let path = try? WorkspacePath.chosen(named) else { return [] }
      let workspace = try? Workspace.open(at: path, waiting: .never) { _ in Invocation.ownSurroundings }
      return Candidates.safe(workspace.flatMap { try? list($0, words) } ?? [])
    }
  }
}
