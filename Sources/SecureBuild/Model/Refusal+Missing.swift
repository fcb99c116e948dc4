extension Refusal {
  /// A field that must be filled is empty.
  static func missing(_ field: Field, example: String) -> Refusal {
    Refusal(
      .missing, field: field, message: Phrase("This field is needed.", "此项必填。"),
      mend: Phrase("Enter a value such as \(example).", "请填写，例如 \(example)。"))
  }
}
