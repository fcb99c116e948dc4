import SecureBuild
import TerminalUI

extension ThemeProblem {
  /// `file:line: what`.
  public var sentence: Phrase { Phrase("\(file):\(line): \(text.en)", "\(file):\(line)：\(text.zh)") }

  /// What is wrong, without the place.
  public var text: Phrase {
    switch what {
    case .syntax(let words): Phrase("not TOML: \(words)", "不是合法的 TOML：\(words)")
    case .unknownRole(let role): Phrase("there is no role “\(role)”", "没有名为“\(role)”的角色")
    case .badColour(let colour):
      Phrase("“\(colour)” is neither #rrggbb nor in the palette", "“\(colour)”既不是 #rrggbb，也不在调色板中")
    case .badName(let name):
      Phrase(
        "“\(name)” is none of a terminal's sixteen colours: black, red … bright-white",
        "“\(name)”不是终端的 16 种颜色之一：black、red …… bright-white")
    case .badContrast: Phrase("“contrast” must be a number from 1 to 21", "“contrast”必须是 1 到 21 之间的数")
    case .badAttribute(let name): Phrase("there is no attribute “\(name)”", "没有名为“\(name)”的属性")
    case .notAStyle(let key): Phrase("“\(key)” is no part of a style", "“\(key)”不是样式的组成部分")
    case .unknownParent(let name): Phrase("it inherits “\(name)”, which is no theme", "它继承的“\(name)”不是主题")
    case .unreadable: Phrase("no text file of less than 1 MiB that can be read", "不是可读取的、小于 1 MiB 的文本文件")
    }
  }
}
