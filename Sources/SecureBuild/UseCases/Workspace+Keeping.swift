import FlatFiles

/// Keeping a workspace whole: smaller, mended, copied.
extension Workspace {
  /// Begins a new generation: the records as they are now in a snapshot, the journal so far in the history.
  /// - Returns: the state as it is then.
  @discardableResult
  public func compact() throws(Refusal) -> StoreState {
    try refusing {
      try store.compact(waiting: waiting)
      return try store.state(waiting: waiting)
    }
  }

  /// Mends the files in a folder as far as they allow, and keeps those that it replaces. What records mean isn't looked at.
  public static func repair(
    at path: String, by actor: Actor, at now: Timestamp, dryRun: Bool = false, waiting: LockWait = .patient
  ) throws(Refusal) -> Repair {
    try refusing {
      do {
        return try Store.repair(
          at: path, by: actor.name, as: "workspace repair", time: now.description, dryRun: dryRun, waiting: waiting)
      } catch StoreError.damaged(let damage) {
        throw Refusal(unrepairable: damage)
      }
    }
  }

  /// Makes a workspace of an exported document, with its id and its history. Tokens and passwords aren't in a document: what
  /// refers to one no longer does.
  /// - Parameter path: a folder that isn't there or is empty.
  public static func restore(
    _ document: WorkspaceDocument, at path: String, by actor: Actor, at now: Timestamp
  ) throws(Refusal) -> Store {
    try refusing {
      try Store.create(
        at: path, from: document, by: actor.name, as: "workspace restore", at: now.description
      ) { transaction in
        if let fault = try transaction.recordFaults().first { throw Refusal(ofDocument: fault) }
        for var binding in try transaction.all(.binding, as: Binding.self) where binding.secret != nil {
          binding.secret = nil
          try transaction.put(.binding, binding.instanceId, binding)
        }
        for var registry in try transaction.all(.registry, as: Registry.self) {
          guard case .server(var server) = registry.place, server.secret != nil else { continue }
          server.secret = nil
          registry.place = .server(server)
          try transaction.put(.registry, registry.instanceId, registry)
        }
      }
    }
  }
}

extension Notice {
  /// What the store did by itself, for people.
  public var phrase: Phrase {
    switch self {
    case .tornTailSetAside(let file, let bytes):
      Phrase(
        "The journal ended in an unfinished or damaged line (\(bytes) bytes), as a crash leaves it: it is kept in \(file). If a change is missing, do it again.",
        "日志末尾有一行不完整或已损坏（\(bytes) 字节），系崩溃所致，已另存到 \(file)。如有修改缺失，请重做。")
    case .migrated(let from, let to, let kept):
      Phrase(
        "The workspace's files were brought from format \(from) to \(to); the old ones are in \(kept).",
        "工作区文件已从格式 \(from) 升级到 \(to)，旧文件保存在 \(kept)。")
    }
  }
}
