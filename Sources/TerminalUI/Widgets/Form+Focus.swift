extension Form {
  /// Whether the focus is on a field that letters are typed into.
  public var isTyping: Bool {
    switch focusedInput {
    case .text, .chips: true
    case .choice, .picker, .checks, .fixed, nil: false
    }
  }

  /// Whether the focused field's list is open.
  public var hasOpenPicker: Bool {
    if case .picker(let picker) = focusedInput { picker.isOpen } else { false }
  }

  private var focusedInput: FormField.Input? { fields.first { $0.id == focusedField }?.input }
}
