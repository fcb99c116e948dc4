import SecureBuild

/// What only commands refuse by.
extension Refusal {
  /// The command line makes no sense.
  static func usage(_ message: Phrase, mend: Phrase, field: Field? = nil) -> Refusal {
    Refusal(.usage, field: field, message: message, mend: mend)
  }

  static func confirmationNeeded(_ what: Phrase) -> Refusal {
    Refusal(
      .confirmationNeeded,
      message: Phrase(
        "This would remove \(what.en), and there is no terminal to ask at.",
        "此操作将移除\(what.zh)，而当前没有可供确认的终端。"),
      mend: Phrase("Add --yes when that is meant.", "确定要执行时，请加上 --yes。"))
  }

  static func cannotWriteOutput(_ reason: String) -> Refusal {
    Refusal(
      .workspaceUnwritable,
      message: Phrase("Standard output can't be written: \(reason).", "无法写入标准输出：\(reason)。"),
      mend: Phrase("Look at what it is redirected to.", "请检查输出重定向的目标。"))
  }

  /// A person said no, or ended the prompt.
  static let declined = Refusal(CancellationError())
}
