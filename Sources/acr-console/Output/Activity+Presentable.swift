import SecureBuild

extension Activity: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("No.", "序号")) { line, _ in String(line.sequence) },
      Column(Phrase("At", "时间")) { line, _ in line.time },
      Column(Phrase("By", "操作人"), width: 32) { line, _ in line.by },
      Column(Phrase("What", "内容"), width: 160) { line, language in line.sentence(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Sequence": .number(sequence), "At": .string(time), "By": .string(by), "Request": .string(request),
      "Kind": .string(kind.rawValue), "InstanceIds": .array(instanceIds.map(JSONText.string)),
      "Message": .string(sentence(language)),
    ]
  }
}
