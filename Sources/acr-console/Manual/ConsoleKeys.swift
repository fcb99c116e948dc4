import SecureBuild

/// A line on the console's keys, for the man page.
struct KeyLine: Sendable {
  let keys: String
  let meaning: Phrase

  init(_ keys: String, _ en: String, _ zh: String) {
    self.keys = keys
    meaning = Phrase(en, zh)
  }
}

/// The keys that work in every place of the console. Those of one place alone are in its footer and behind `?`.
enum ConsoleKeys {
  static let all = [
    KeyLine("Up, Down, j, k", "Move.", "移动。"), KeyLine("g g, G", "First and last row.", "首行和末行。"),
    KeyLine("Enter, l", "Open.", "打开。"), KeyLine("/", "Filter.", "筛选。"),
    KeyLine("Tab, Shift-Tab", "Between navigation and page; the next and the previous field.", "在导航与页面间切换；下一项和上一项。"),
    KeyLine(
      "Esc", "Closes, stops what runs, clears a filter, goes back: the first of these that applies.",
      "关闭、停止正在进行的操作、清除筛选或返回：取最先适用的一项。"),
    KeyLine("Ctrl-O", "Back to where I was.", "回到之前的位置。"), KeyLine("q", "Back; quit on the first page.", "返回；在首页退出。"),
    KeyLine("r", "Region.", "地域。"), KeyLine("R", "Check GitLab again.", "重新检查 GitLab。"),
    KeyLine("L, T", "Language, theme.", "语言、主题。"), KeyLine("?", "All keys of this place.", "当前位置的所有按键。"),
    KeyLine("Ctrl-C", "Quit.", "退出。"),
  ]
}
