/// The rule for names and labels: every character of them can be seen, and none turns the text around it, so that two
/// that look alike are alike.
enum ShownText {
  /// - Throws: `Refusal` at `field` that names the first character that can't stand there.
  static func check(_ text: String, _ code: Code, at field: Field) throws(Refusal) {
    guard let scalar = text.unicodeScalars.first(where: { !isShown($0) }) else { return }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    throw Refusal(
      code, field: field,
      message: Phrase(
        "There is a character in it that can't be seen or turns the text around: \(name).",
        "其中含有不可见或会改变文字方向的字符：\(name)。"),
      mend: Phrase(
        "Type it again without that character: what is copied from elsewhere may hold such.",
        "请去掉该字符后重新输入：从别处复制的文字可能带有此类字符。"))
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return !scalar.isControl }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint && scalar.value != blankBraille
    }
  }

  /// No letter and no space, and yet nothing is seen of it.
  private static let blankBraille: UInt32 = 0x2800
}
