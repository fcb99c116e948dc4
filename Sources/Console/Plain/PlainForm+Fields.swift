import SecureBuild
import TerminalUI

/// The questions of a form.
extension PlainForm {
  /// Asks the fields in their order.
  /// - Parameter wanted: only these, and what depends on them; nil: all.
  func askFields(only wanted: Set<String>?) async throws {
    var index = 0
    var direction = 1
    while form.fields.indices.contains(index) || index < 0 {
      // `<` at the first question asks it again.
      if index < 0 { (index, direction) = (0, 1) }
      let field = form.fields[index]
      guard field.isAsked, direction < 0 || isWanted(field, wanted) else {
        if case .fixed(let value) = field.input, wanted == nil, !field.isHidden, direction > 0 {
          try talk.say(Phrase("\(field.label): \(value)", "\(field.label)：\(value)"))
        }
        index += direction
        continue
      }
      direction = try await ask(index) ? 1 : -1
      index += direction
    }
  }

  private func isWanted(_ field: FormField, _ wanted: Set<String>?) -> Bool {
    guard let wanted else { return true }
    if wanted.contains(field.id) { return true }
    // Emptied by another's answer.
    if case .picker(let picker) = field.input { return field.isRequired && picker.selected.isEmpty }
    return false
  }

  /// Asks one field until its answer can stand.
  /// - Returns: false to go back to the field before.
  private func ask(_ index: Int) async throws -> Bool {
    try sayQuestion(index)
    if case .chips = form.fields[index].input { return try await askChips(index) }
    while true {
      switch try await talk.ask(shownValue(form.fields[index]), isSecret: form.fields[index].isSecret) {
      case .keep: return true
      case .back: return false
      case .cancel: try giveUp()
      case .help: try sayHelp(index)
      case .clear:
        set("", at: index)
        return true
      case .training:
        guard let value = trainingValue(index) else {
          try talk.say(Phrase("There is no training value for this.", "此项没有演练值。"))
          continue
        }
        set(value, at: index)
        if try isGood(index) { return true }
      case .text(let typed):
        guard let value = try value(typed, of: form.fields[index]) else { continue }
        set(value, at: index)
        if try isGood(index) { return true }
      }
    }
  }

  // MARK: What is said

  private func sayQuestion(_ index: Int) throws {
    let field = form.fields[index]
    let asked = form.fields.filter(\.isAsked)
    let number = (asked.firstIndex { $0.id == field.id } ?? 0) + 1
    try talk.blank()
    try talk.say(
      Phrase("\(number) of \(asked.count): \(field.label)", "第 \(number) 项，共 \(asked.count) 项：\(field.label)"))
    switch field.input {
    case .text(let text):
      try sayHelpLine(field)
      guard text.text.isEmpty, !text.placeholder.isEmpty else { return }
      let isExample = field.isRequired && (!text.isSecret || text.placeholder.contains("…"))
      try isExample
        ? talk.say(Phrase("For example: \(text.placeholder)", "例如：\(text.placeholder)"))
        : talk.say(text.placeholder)
    case .choice(let choice): try talk.say(numbered: choice.options.map(\.title))
    case .checks(let checks):
      try sayHelpLine(field)
      try talk.say(numbered: checks.options.map(\.title))
      try talk.say(Phrase("Any of them: their numbers with commas between.", "可多选：输入编号，以逗号分隔。"))
    case .picker(let picker):
      guard !picker.items.isEmpty else { return try talk.say(PlainWords.help(form.emptyList)) }
      try talk.say(numbered: picker.items.map(line))
    case .chips(let chips):
      try sayHelpLine(field)
      try talk.say(Phrase("One a line; an empty line ends, - takes all away.", "每行一个；空行结束，- 全部清除。"))
      if !chips.all.isEmpty {
        let list = chips.all.joined(separator: ", ")
        try talk.say(Phrase("Now: \(list)", "现有：\(list)"))
      }
    case .fixed: break
    }
  }

  private func sayHelpLine(_ field: FormField) throws {
    if !field.help.isEmpty { try talk.say(PlainWords.help(field.help)) }
  }

  private func line(_ item: Picker.Item) -> String {
    let name = item.detail.isEmpty ? item.title : "\(item.title)  \(item.detail)"
    guard let drawback = item.drawback else { return name }
    return name + talk.text(Phrase(", can't be used: \(drawback)", "，不可用：\(drawback)"))
  }

  private func sayHelp(_ index: Int) throws {
    let field = form.fields[index]
    try sayHelpLine(field)
    if field.isRequired { try talk.say(Phrase("This is needed.", "此项必填。")) }
    try talk.say(
      Phrase(
        "An empty line keeps what stands in brackets, - empties it, < goes back to the question before, . cancels.",
        "空行保留方括号中的内容，- 清空，< 返回上一项，. 取消。"))
    if trainingValue(index) != nil {
      try talk.say(Phrase("! takes the training world's value.", "! 采用演练环境的值。"))
    }
  }

  /// What stands in the field, as a person would say it; a token never.
  private func shownValue(_ field: FormField) -> String {
    switch field.input {
    case .text(let text):
      text.isSecret ? (text.text.isEmpty ? "" : talk.text(Phrase("typed, not shown", "已输入，不显示"))) : text.text
    case .choice(let choice): choice.options.first { $0.id == choice.selected }?.title ?? ""
    case .picker(let picker): picker.items.first { $0.id == picker.selected }?.title ?? ""
    case .chips(let chips): chips.all.joined(separator: ", ")
    case .checks(let checks): checks.checked.joined(separator: ", ")
    case .fixed(let text): text
    }
  }

  // MARK: What is answered

  /// What an answer means; nil where it means nothing, which has been said.
  private func value(_ typed: String, of field: FormField) throws -> String? {
    let options: [(id: String, title: String)]
    switch field.input {
    case .checks(let checks):
      let wanted = typed.split { $0 == "," || $0.isWhitespace }.map(String.init)
      let ids = wanted.compactMap { word in
        Int(word).flatMap { checks.options.indices.contains($0 - 1) ? checks.options[$0 - 1].id : nil }
          ?? checks.options.first { $0.id == word }?.id
      }
      if ids.count == wanted.count { return ids.joined(separator: ",") }
      try talk.say(Phrase("Answer with numbers from the list.", "请输入列表中的编号。"))
      return nil
    case .picker(let picker) where picker.other != nil && Int(typed) == nil:
      return picker.items.first { $0.id.lowercased() == typed.lowercased() }?.id ?? typed
    case .choice(let choice): options = choice.options
    case .picker(let picker): options = picker.items.map { ($0.id, "\($0.title) \($0.detail)") }
    default: return typed
    }
    if let number = Int(typed), options.indices.contains(number - 1) { return options[number - 1].id }
    if let option = options.first(where: { $0.id.lowercased() == typed.lowercased() }) { return option.id }
    let matching = options.filter { TextSearch.holds(typed, in: $0.title) || TextSearch.holds(typed, in: $0.id) }
    if matching.count == 1 { return matching[0].id }
    try talk.say(
      matching.isEmpty
        ? Phrase("Nothing in the list is “\(typed)”. Answer with its number.", "列表中没有“\(typed)”，请输入编号。")
        : Phrase(
          "\(matching.count) in the list are “\(typed)”. Answer with a number.",
          "列表中有 \(matching.count) 项符合“\(typed)”，请输入编号。"))
    return nil
  }

  private func set(_ value: String, at index: Int) {
    let id = form.fields[index].id
    if !form.fields[index].isSecret { isAnswered = true }
    if let field = Field(rawValue: id) { dialog.form.type(value, into: field) }
    dialog.changed(id)
  }

  private func trainingValue(_ index: Int) -> String? {
    Field(rawValue: form.fields[index].id).flatMap { dialog.trainingValues[$0] }
  }

  /// Whether nothing is wrong at the field; says what is.
  private func isGood(_ index: Int) throws -> Bool {
    let field = form.fields[index]
    guard !field.value.isEmpty, let refusal = dialog.problems().first(where: { $0.field?.rawValue == field.id }) else {
      return true
    }
    try talk.say(refusal)
    return false
  }

  private func askChips(_ index: Int) async throws -> Bool {
    guard case .chips(let before) = form.fields[index].input else { return true }
    var values = before.all
    while true {
      switch try await talk.ask() {
      case .keep: return true
      case .back: return false
      case .cancel: try giveUp()
      case .help: try sayHelp(index)
      case .training: try talk.say(Phrase("There is no training value for this.", "此项没有演练值。"))
      case .clear:
        values = []
        setChips(values, at: index)
      case .text(let typed):
        let more = typed.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        setChips(values + more, at: index)
        if try isGood(index) { values += more } else { setChips(values, at: index) }
      }
    }
  }

  private func setChips(_ values: [String], at index: Int) {
    guard case .chips(let chips) = form.fields[index].input else { return }
    isAnswered = true
    dialog.form.fields[index].input = .chips(ChipList(values, placeholder: chips.entry.placeholder))
    dialog.changed(form.fields[index].id)
  }
}

extension FormField {
  var isSecret: Bool {
    if case .text(let text) = input { return text.isSecret }
    return false
  }
}
