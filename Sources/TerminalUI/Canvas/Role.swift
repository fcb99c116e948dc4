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
  case tableMatch = "table.match"
  case field
  case fieldFocused = "field.focused"
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
  case dialogTitle = "dialog.title"
  case dialogMuted = "dialog.muted"
  case dialogStrong = "dialog.strong"
  case button
  case buttonFocused = "button.focused"
  case buttonDanger = "button.danger"
  case picker
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
  case link
  case hint
  case empty
  case toast
  case toastError = "toast.error"
  case scroll
}
