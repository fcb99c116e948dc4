import SecureBuild

extension ImportPlan {
  /// A line a kind, the ids of what changes below it, and on standard error what should be known.
  func print(to output: Output) throws {
    try output.list(lines, orElse: Phrase("The answers are empty: there is nothing to import.", "接口返回为空，没有可导入的内容。"))
    for note in notes { output.say(note.message) }
  }

  func json(_ language: Language) -> JSONText {
    [
      "Changes": .array(lines.map { $0.json(language) }),
      "Notes": .array(
        notes.map { ["Code": .string($0.code.rawValue), "Message": .string($0.message(language))] }),
    ]
  }
}

extension ImportPlan.Line: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("Kind", "种类")) { line, language in line.kind.title(language) },
      Column(Phrase("New", "新增")) { line, _ in "\(line.new.count)" },
      Column(Phrase("Changed", "修改")) { line, _ in "\(line.changed.count)" },
      Column(Phrase("Same", "不变")) { line, _ in "\(line.same.count)" },
      Column(Phrase("Dropped", "移除")) { line, _ in "\(line.dropped.count)" },
      Column(Phrase("Which", "ID")) { line, _ in line.which },
    ]
  }

  /// The first ids of what changes, each with a sign for how.
  private var which: String {
    let all = [("+", new), ("~", changed), ("-", dropped)].flatMap { sign, ids in ids.prefix(3).map { sign + $0 } }
    let rest = new.count + changed.count + dropped.count - all.prefix(3).count
    return all.prefix(3).joined(separator: " ") + (rest > 0 ? " … (\(rest))" : "")
  }

  func json(_ language: Language) -> JSONText {
    func ids(_ ids: [String]) -> JSONText { .array(ids.map(JSONText.string)) }
    return [
      "Kind": .string(kind.word), "New": ids(new), "Changed": ids(changed), "Same": ids(same), "Dropped": ids(dropped),
    ]
  }
}
