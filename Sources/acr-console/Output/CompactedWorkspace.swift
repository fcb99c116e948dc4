import SecureBuild

/// A workspace whose journal was begun anew.
struct CompactedWorkspace: Presentable {
  let path: String
  let generation: Int
  let records: Int
  /// All that were ever made; none is dropped.
  let transactions: Int

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Workspace", "工作区")) { done, _ in done.path },
      Column(Phrase("Generation", "代次")) { done, _ in "\(done.generation)" },
      Column(Phrase("Records in the snapshot", "快照中的记录")) { done, _ in "\(done.records)" },
      Column(Phrase("Changes in the history", "历史中的修改")) { done, _ in "\(done.transactions)" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Path": .string(path), "Generation": .number(generation), "Records": .number(records),
      "Transactions": .number(transactions),
    ]
  }
}
