/// A field of a form: its label, help, what is typed into it and what is wrong with that.
public struct FormField: Sendable, Equatable, Identifiable {
  public let id: String
  public var label: String
  /// Shown while the field has the focus.
  public var help: String
  public var isRequired: Bool
  public var isHidden = false
  public var input: Input
  public var error: String?

  public enum Input: Sendable, Equatable {
    case text(TextField)
    case choice(Choice)
    case picker(Picker)
    case chips(ChipList)
    case checks(CheckList)
    /// Shown, not typed.
    case fixed(String)
  }

  public init(_ id: String, label: String, help: String = "", isRequired: Bool = false, input: Input) {
    self.id = id
    self.label = label
    self.help = help
    self.isRequired = isRequired
    self.input = input
  }

  /// What is typed or chosen; chips joined by commas, those of whole lines by line ends.
  public var value: String {
    switch input {
    case .text(let field): field.text
    case .choice(let choice): choice.selected
    case .picker(let picker): picker.selected
    case .chips(let chips): chips.all.joined(separator: chips.takesLines ? "\n" : ",")
    case .checks(let checks): checks.checked.joined(separator: ",")
    case .fixed(let text): text
    }
  }

  var takesFocus: Bool {
    if case .fixed = input { return false }
    return !isHidden
  }

  /// - Parameters:
  ///   - area: where the input was drawn; nil before it was.
  ///   - bounds: what a picker's list was drawn within.
  mutating func handle(_ event: Event, in area: Rect?, within bounds: Rect) -> TextField.Outcome {
    switch input {
    case .text(var field):
      let outcome = field.handle(event, in: area)
      input = .text(field)
      return outcome
    case .choice(var choice):
      let outcome = choice.handle(event, in: area)
      input = .choice(choice)
      return outcome
    case .picker(var picker):
      let outcome = picker.handle(event, in: area, within: bounds)
      input = .picker(picker)
      return outcome
    case .chips(var chips):
      let outcome = chips.handle(event, in: area)
      input = .chips(chips)
      return outcome
    case .checks(var checks):
      let outcome = checks.handle(event, in: area)
      input = .checks(checks)
      return outcome
    case .fixed: return .ignored
    }
  }

  /// What is half typed counts as typed when the field is left; a list that is open closes.
  mutating func leave() {
    switch input {
    case .chips(var chips):
      chips.commit()
      input = .chips(chips)
    case .picker(var picker):
      picker.close()
      input = .picker(picker)
    // What was shown of a secret is hidden again.
    case .text(var field):
      field.mask()
      input = .text(field)
    case .choice, .checks, .fixed: break
    }
  }

  var hasOpenList: Bool {
    if case .picker(let picker) = input { return picker.isOpen }
    return false
  }

  func inputHeight(width: Int) -> Int {
    switch input {
    case .chips(let chips): chips.height(width: width)
    case .checks(let checks): checks.height(width: width)
    case .text, .choice, .picker, .fixed: 1
    }
  }

  /// The row of the input that the keys are in.
  func activeRow(width: Int) -> Int {
    switch input {
    case .chips(let chips): chips.activeRow(width: width)
    case .checks(let checks): checks.activeRow(width: width)
    case .text, .choice, .picker, .fixed: 0
    }
  }

  func drawInput(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    let wrong = error != nil
    switch input {
    case .text(let field): field.draw(on: &canvas, in: area, focused: focused, error: wrong)
    case .choice(let choice): choice.draw(on: &canvas, in: area, focused: focused)
    case .picker(let picker): picker.draw(on: &canvas, in: area, focused: focused, error: wrong)
    case .chips(let chips): chips.draw(on: &canvas, in: area, focused: focused, error: wrong)
    case .checks(let checks): checks.draw(on: &canvas, in: area, focused: focused)
    case .fixed(let text): canvas.put(text, x: area.x + 1, y: area.y, .fieldDisabled, width: area.width - 1)
    }
  }
}
