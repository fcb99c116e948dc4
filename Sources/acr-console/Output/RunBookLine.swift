import SecureBuild

/// A line of a run-book with the section that it stands in.
struct RunBookLine: Presentable {
  let section: RunBook.Section.Kind
  let line: RunBook.Line

  static func all(of book: RunBook) -> [RunBookLine] {
    book.sections.flatMap { section in section.lines.map { RunBookLine(section: section.kind, line: $0) } }
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Line", "条目")) { view, _ in view.line.id },
      Column(Phrase("Done", "完成")) { view, language in
        view.line.ticked.map { "✓ \($0.known.title(language))" } ?? (view.line.verdict == .fail ? "✗" : "")
      },
      Column(Phrase("Confirmed", "人工确认"), width: .max) { view, language in view.line.note(language) },
      Column(Phrase("What", "内容"), width: .max) { view, language in view.line.text(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "LineId": .string(line.id), "Section": .string(section.rawValue), "Text": .string(line.text(language)),
      "Command": .optional(line.command), "Verdict": .optional(line.verdict?.rawValue), "Done": .bool(line.isDone),
      "Known": .optional(line.ticked?.known.rawValue), "At": .optional(line.ticked?.at?.description),
      "By": .optional(line.ticked?.by), "Confirmed": line.confirmed?.json ?? .null,
    ]
  }
}

extension RunBook.Confirmed {
  fileprivate var json: JSONText {
    [
      "Known": .string(Known.confirmed.rawValue), "At": .string(confirmation.at.description),
      "By": .string(confirmation.by), "Stale": .bool(isStale),
    ]
  }
}
