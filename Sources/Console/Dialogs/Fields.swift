import SecureBuild
import TerminalUI

/// The fields of this console's forms, under the names that refusals have for them.
extension FormField {
  static func text(
    _ field: Field, _ label: String, help: String = "", value: String = "", placeholder: String = "",
    isRequired: Bool = true
  ) -> FormField {
    FormField(
      field.rawValue, label: label, help: help, isRequired: isRequired,
      input: .text(TextField(value, placeholder: placeholder)))
  }

  static func secret(_ field: Field, _ label: String, help: String, placeholder: String, isRequired: Bool = true)
    -> FormField
  {
    FormField(
      field.rawValue, label: label, help: help, isRequired: isRequired,
      input: .text(TextField(placeholder: placeholder, isSecret: true)))
  }

  /// - Parameter other: what stands behind something typed that is no item; nil where only items can be chosen.
  static func picker(
    _ field: Field, _ label: String, help: String = "", items: [Picker.Item], selected: String = "",
    placeholder: String, other: String? = nil, isRequired: Bool = true
  ) -> FormField {
    FormField(
      field.rawValue, label: label, help: help, isRequired: isRequired,
      input: .picker(Picker(items, selected: selected, placeholder: placeholder, other: other)))
  }

  static func chips(
    _ field: Field, _ label: String, help: String, values: [String], placeholder: String, takesLines: Bool = false
  ) -> FormField {
    FormField(
      field.rawValue, label: label, help: help,
      input: .chips(ChipList(values, placeholder: placeholder, takesLines: takesLines)))
  }

  static func choice(
    _ field: Field, _ label: String, help: String = "", _ options: [(id: String, title: String)], selected: String
  ) -> FormField {
    FormField(field.rawValue, label: label, help: help, input: .choice(Choice(options, selected: selected)))
  }

  static func checks(_ field: Field, _ label: String, help: String = "", _ options: [String], checked: [String])
    -> FormField
  {
    FormField(
      field.rawValue, label: label, help: help, isRequired: true,
      input: .checks(CheckList(options.map { CheckList.Option(id: $0, title: $0) }, checked: checked)))
  }
}

extension Form {
  subscript(_ field: Field) -> String { self[field.rawValue] }

  /// The chips of a field, each as typed.
  func chips(_ field: Field) -> [String] {
    guard case .chips(let chips) = fields.first(where: { $0.id == field.rawValue })?.input else { return [] }
    return chips.all
  }

  /// What is ticked of a field.
  func checked(_ field: Field) -> [String] {
    guard case .checks(let checks) = fields.first(where: { $0.id == field.rawValue })?.input else { return [] }
    return checks.checked
  }

  func picker(_ field: Field) -> Picker? {
    guard case .picker(let picker) = fields.first(where: { $0.id == field.rawValue })?.input else { return nil }
    return picker
  }

  /// What stands below a picker's list.
  mutating func setNote(_ note: String, of field: Field) {
    guard let index = fields.firstIndex(where: { $0.id == field.rawValue }),
      case .picker(var picker) = fields[index].input
    else { return }
    picker.note = note
    fields[index].input = .picker(picker)
  }

  /// Replaces what a picker offers; a choice that is no longer there is dropped, where there can be no other.
  mutating func setItems(_ items: [Picker.Item], of field: Field) {
    guard let index = fields.firstIndex(where: { $0.id == field.rawValue }),
      case .picker(var picker) = fields[index].input
    else { return }
    picker.items = items
    if picker.other == nil, !items.contains(where: { $0.id == picker.selected }) { picker.selected = "" }
    fields[index].input = .picker(picker)
  }

  mutating func setChips(_ values: [String], of field: Field) {
    guard let index = fields.firstIndex(where: { $0.id == field.rawValue }),
      case .chips(let chips) = fields[index].input
    else { return }
    fields[index].input = .chips(chips.replacing(values))
  }

  mutating func setPlaceholder(_ text: String, of field: Field) {
    guard let index = fields.firstIndex(where: { $0.id == field.rawValue }) else { return }
    switch fields[index].input {
    case .text(var input):
      input.placeholder = text
      fields[index].input = .text(input)
    case .picker(var picker):
      picker.placeholder = text
      fields[index].input = .picker(picker)
    case .choice, .chips, .checks, .fixed: break
    }
  }

  /// Replaces what stands in a field, as if it were typed.
  mutating func type(_ value: String, into field: Field) {
    guard let index = fields.firstIndex(where: { $0.id == field.rawValue }) else { return }
    switch fields[index].input {
    case .text(var text):
      text.set(value)
      fields[index].input = .text(text)
    case .picker(var picker):
      picker.selected = value
      fields[index].input = .picker(picker)
    case .choice(var choice):
      choice.selected = value
      fields[index].input = .choice(choice)
    case .checks(var checks):
      checks.check(value.split(separator: ",").map(String.init))
      fields[index].input = .checks(checks)
    case .chips, .fixed: break
    }
  }

  mutating func setHidden(_ hidden: Bool, _ field: Field) {
    if let index = fields.firstIndex(where: { $0.id == field.rawValue }) { fields[index].isHidden = hidden }
  }

  /// Puts in what a kept form had, without counting it as typed text of its own.
  mutating func fill(_ values: [String: String]) {
    for index in fields.indices {
      guard let value = values[fields[index].id], !value.isEmpty else { continue }
      switch fields[index].input {
      case .text(var field) where !field.isSecret && field.text != value:
        field.set(value)
        fields[index].input = .text(field)
      case .choice(var choice):
        if choice.options.contains(where: { $0.id == value }) { choice.selected = value }
        fields[index].input = .choice(choice)
      case .picker(var picker):
        if picker.other != nil || picker.items.contains(where: { $0.id == value }) { picker.selected = value }
        fields[index].input = .picker(picker)
      case .chips(let chips):
        let values = value.split(separator: chips.takesLines ? "\n" : ",").map(String.init)
        fields[index].input = .chips(chips.replacing(values))
      case .checks(var checks):
        checks.check(value.split(separator: ",").map(String.init))
        fields[index].input = .checks(checks)
      default: break
      }
    }
  }
}
