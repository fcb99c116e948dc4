import Console
import SecureBuild

/// A line on the console's keys, for the man page.
struct KeyLine: Sendable {
  let keys: String
  let meaning: Phrase
  /// Its name in the table `[keys]` of the settings; nil for what can't be given other keys.
  var action: String?
}

/// The console's keys as they come: those that can't be changed, then every action.
enum ConsoleKeys {
  static let all = fixed + actions

  private static let fixed = [
    KeyLine(
      keys: "Esc",
      meaning: Phrase(
        "Closes a picker, stops what runs, clears a filter, closes a dialog, goes back: the first of these that applies",
        "关闭选择器、停止正在进行的操作、清除筛选、关闭对话框、返回：取最先适用的一项")),
    KeyLine(keys: "Ctrl-C", meaning: Phrase("Quits", "退出")), KeyLine(keys: "Ctrl-Z", meaning: Phrase("Suspends", "挂起")),
    KeyLine(
      keys: "Tab, Shift-Tab", meaning: Phrase("In forms: the next and the previous field", "表单中：下一项和上一项")),
  ]

  private static let actions = Console.Command.keys(by: Keymap()).map { command, keys, _ in
    KeyLine(keys: keys.joined(separator: ", "), meaning: command.title, action: command.rawValue)
  }
}
