import Console
import FlatFiles
import SecureBuild

/// A workspace of the list: the default one, or one made or opened before.
struct WorkspacePlace: Presentable {
  let path: String
  let isCurrent: Bool
  /// What was found there.
  let state: State

  enum State: Equatable {
    case present(WorkspaceKind)
    case missing
    case unreadable(Refusal)
  }

  /// The default workspace where there is one, then those remembered, and the one that is meant now.
  static func all(current: String) -> [WorkspacePlace] {
    var paths = [WorkspacePath.standard]
    for path in KnownWorkspaces().paths + [current] where !paths.contains(path) { paths.append(path) }
    return paths.map { WorkspacePlace(path: $0, isCurrent: $0 == current, state: look(at: $0)) }
      .filter { $0.state != .missing || KnownWorkspaces().paths.contains($0.path) }
  }

  private static func look(at path: String) -> State {
    do throws(StoreError) {
      let store = try Store(opening: path, waiting: LockWait(atMost: .seconds(1)))
      return .present(WorkspaceKind(rawValue: store.header.kind) ?? .own)
    } catch .notWorkspace {
      return .missing
    } catch {
      return .unreadable(Refusal(error))
    }
  }

  private var isDefault: Bool { path == WorkspacePath.standard }

  private var stateWord: Phrase {
    switch state {
    case .present(let kind): kind.title
    case .missing: Phrase("missing: no workspace is there any more", "缺失：该处已没有工作区")
    case .unreadable(let refusal): refusal.message
    }
  }

  /// As the console's page shows it.
  var choice: WorkspaceChoice {
    if case .present(let kind) = state { return WorkspaceChoice(path: path, kind: kind) }
    return WorkspaceChoice(path: path, kind: nil, trouble: stateWord)
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Path", "路径"), width: .max) { place, _ in place.path },
      Column(Phrase("Kind", "类型"), width: .max) { place, language in place.stateWord(language) },
      Column(Phrase("Default", "默认")) { place, language in place.isDefault ? Phrase("yes", "是")(language) : "" },
      Column(Phrase("Current", "当前")) { place, language in place.isCurrent ? Phrase("yes", "是")(language) : "" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    let kind: String?
    let word: String
    switch state {
    case .present(let found): (kind, word) = (found.rawValue, "PRESENT")
    case .missing: (kind, word) = (nil, "MISSING")
    case .unreadable: (kind, word) = (nil, "UNREADABLE")
    }
    return [
      "Path": .string(path), "Kind": .optional(kind), "Default": .bool(isDefault), "Current": .bool(isCurrent),
      "State": .string(word), "Message": .optional(kind == nil ? stateWord(language) : nil),
    ]
  }
}
