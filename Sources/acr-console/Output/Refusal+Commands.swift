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

  /// - Parameter isAnswer: whether what was asked for is done by then: a script that repeats it would do it twice.
  static func cannotWriteOutput(_ reason: String, isAnswer: Bool) -> Refusal {
    let message = Phrase("Standard output can't be written: \(reason).", "无法写入标准输出：\(reason)。")
    guard isAnswer else {
      return Refusal(
        .outputUnwritable, message: message,
        mend: Phrase(
          "Nothing more was done. Look at what it is redirected to.", "未再执行任何操作。请检查输出重定向的目标。"))
    }
    return Refusal(
      .outputUnwritable,
      message: message
        + Phrase("What was asked for has been done, only its answer is missing.", "请求的操作已完成，只是缺少输出。"),
      mend: Phrase(
        "Don't repeat a change: look at what is there now, and at what the output is redirected to.",
        "请勿重复修改：请先查看当前内容，并检查输出重定向的目标。"))
  }

  /// A person said no, or ended the prompt.
  static let declined = Refusal(CancellationError())
}
