import ArgumentParser
import SecureBuild

/// What a shell offers for ids: those in the workspace that the command line means. Quiet where there is none, or where
/// somebody holds its lock: whoever presses Tab doesn't wait.
extension CompletionKind {
  static var regions: CompletionKind { .list(ZoneTable.builtIn.regions.map(\.id)) }
  static var themes: CompletionKind { .custom { _, _, _ in Candidates.safe(ThemeCommands.catalogue.names) } }
  static var workspaces: CompletionKind { .custom { _, _, typed in Candidates.safe(Candidates.workspaces(typed)) } }
  static var instances: CompletionKind { ids { try $0.instances().map(\.id) } }
  static var links: CompletionKind { ids { try $0.links().map(\.id) } }
  static var vpcs: CompletionKind { ids { try $0.networks().map(\.vpc.id) } }
  static var vSwitches: CompletionKind { ids { try $0.networks().flatMap(\.vSwitches).map(\.id) } }

  private static func ids(_ list: @escaping @Sendable (Reading) throws -> [String]) -> CompletionKind {
    .custom { words, _, _ in
      let path = WorkspacePath.chosen(CommandLine.lastValue(of: "--workspace", in: words).map(Candidates.atHome))
      let workspace = try? Workspace.open(at: path, waiting: .never) { _ in Invocation.ownSurroundings }
      return Candidates.safe(workspace.flatMap { try? list($0.latest) } ?? [])
    }
  }
}
