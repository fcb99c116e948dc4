/// What a cell is, for the theme to say how it looks.
public enum Role: String, CaseIterable, Sendable {
  case text
  case textMuted = "text.muted"
  case textStrong = "text.strong"
  case title
  case page
  case bar
  case barTraining = "bar.training"
  case barOwn = "bar.own"
  case badgeTraining = "badge.training"
  case badgeOwn = "badge.own"
  case frameTraining = "frame.training"
  case frameOwn = "frame.own"
  case breadcrumb
  case navigation
  case navigationSelected = "navigation.selected"
  case navigationFocused = "navigation.focused"
  case navigationMuted = "navigation.muted"
  case table
  case tableHeader = "table.header"
  case tableSelected = "table.selected"
  case tableSelectedUnfocused = "table.selected.unfocused"
  case field
  case fieldFocused = "field.focused"
  case fieldFocusedPlaceholder = "field.focused.placeholder"
  case fieldError = "field.error"
  case fieldDisabled = "field.disabled"
  case fieldLabel = "field.label"
  case fieldHelp = "field.help"
  case fieldPlaceholder = "field.placeholder"
  case choice
  case choiceSelected = "choice.selected"
  case choiceFocused = "choice.focused"
  case chip
  case chipFocused = "chip.focused"
  case dialog
  case dialogBorder = "dialog.border"
  case dialogShadow = "dialog.shadow"
  case dialogTitle = "dialog.title"
  case dialogMuted = "dialog.muted"
  case dialogStrong = "dialog.strong"
  case dialogTraining = "dialog.training"
  case button
  case buttonFocused = "button.focused"
  case buttonDanger = "button.danger"
  case buttonDangerFocused = "button.danger.focused"
  case picker
  case pickerBorder = "picker.border"
  case pickerSelected = "picker.selected"
  case pickerMuted = "picker.muted"
  case statusOk = "status.ok"
  case statusWarn = "status.warn"
  case statusError = "status.error"
  case statusBusy = "status.busy"
  case statusUnknown = "status.unknown"
  case footer
  case keyHint = "key.hint"
  case keyLabel = "key.label"
  case hint
  case empty
  case toast
  case toastError = "toast.error"
  case scroll
  case scrollTrack = "scroll.track"
}

extension Role {
  /// What a button is.
  public static func button(isFocused: Bool, isDanger: Bool) -> Role {
    switch (isFocused, isDanger) {
    case (true, true): .buttonDangerFocused
    case (true, false): .buttonFocused
    case (false, true): .buttonDanger
    case (false, false): .button
    }
  }

  /// How much contrast it needs at least.
  var needs: Need {
    switch self {
    case .frameTraining, .frameOwn, .dialogBorder, .pickerBorder, .scroll: .line
    case .dialogShadow, .scrollTrack: .nothing
    default: .text
    }
  }

  /// What is drawn in a role: text, lines that mean something, or what only adorns.
  enum Need { case text, line, nothing }
}
