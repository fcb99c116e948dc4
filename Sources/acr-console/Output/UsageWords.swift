/// The parser's sentences in Chinese; it has them in English alone.
enum UsageWords {
  /// Patterns with the place of a quoted word as `…`.
  private static let table: [(begin: String, zh: @Sendable (Substring) -> String)] = [
    ("Missing expected argument ", { "缺少参数 \($0)" }),
    ("Missing one of: ", { "缺少以下参数之一：\($0)" }),
    ("Missing value for ", { "缺少选项的值：\($0)" }),
    ("Unknown option ", { "未知选项 \($0)" }),
    ("Unexpected argument ", { "多余的参数 \($0)" }),
    ("The value ", { "无效的值 \($0)" }),
    ("The option ", { "选项不接受值：\($0)" }),
  ]

  static func chinese(_ message: String) -> String {
    for (begin, zh) in table where message.hasPrefix(begin) {
      return zh(message.dropFirst(begin.count))
        .replacing(" is invalid for ", with: " 不适用于 ").replacing(". Please provide one of ", with: "，可选 ")
        .replacing(" and ", with: " 或 ").replacing(" or ", with: " 或 ")
    }
    return message
  }
}
