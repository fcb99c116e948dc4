import Glibc
import TerminalUI

/// The parser's help texts in Chinese: the headings and notes that it has in English alone, and lines broken by the cells
/// that Chinese takes on a terminal.
enum HelpWords {
  /// - Parameters:
  ///   - help: the parser's text, its lines not broken.
  ///   - width: of the terminal, in cells.
  static func chinese(_ help: String, width: Int) -> String {
    help.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { broken(translated(String($0)), width) }.joined(separator: "\n")
  }

  /// So wide that the parser breaks no line by itself.
  static let unbroken = 100_000

  /// What `COLUMNS` says, else what the terminal says, else 80.
  static var terminalWidth: Int {
    if let columns = ProcessEnvironment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    return ioctl(StandardStream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  private static let beginnings = [
    ("OVERVIEW: ", "概述："), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
    ("SUBCOMMANDS:", "子命令："), ("Error: ", "错误："), ("Help:  ", "说明："),
  ]

  private static func translated(_ line: String) -> String {
    var line = line
    if let (english, chinese) = beginnings.first(where: { line.hasPrefix($0.0) }) {
      line = chinese + line.dropFirst(english.count)
    }
    if let found = line.wholeMatch(of: #/  See '(.*) <subcommand>' for detailed help\./#) {
      return "  详细帮助：\(found.1) <子命令>"
    }
    if let found = line.wholeMatch(of: #/  See '(.*)' for more information\./#) { return "  更多信息：\(found.1)" }
    line.replace(#/ \((?:values: (.*?))?(?:; )?(?:default: ([^)]*))?\)$/#) { found in
      let parts = [found.1.map { "可选：\($0)" }, found.2.map { "默认：\($0)" }].compactMap(\.self)
      return parts.isEmpty ? String(found.0) : "（\(parts.joined(separator: "；"))）"
    }
    return line.replacing("Show the version.", with: "显示版本。").replacing("Show help information.", with: "显示帮助信息。")
      .replacing("Show subcommand help information.", with: "显示子命令的帮助信息。").replacing("<subcommand>", with: "<子命令>")
  }

  /// Where the parser sets what an option does.
  private static let column = 26

  private static func broken(_ line: String, _ width: Int) -> [String] {
    guard CellWidth.of(line) > width, width > 2 * column else { return [line] }
    // An option's own column is ASCII, a character a cell.
    let isEntry = line.hasPrefix("  ")
    let hang = isEntry ? column : line.hasPrefix("用法：") ? 6 : 0
    let head = isEntry ? String(line.prefix(column)) : ""
    let lines = Paragraph.lines(String(line.dropFirst(head.count)), width: width - hang)
    let indent = String(repeating: " ", count: hang)
    return lines.enumerated().map { index, text in
      index == 0 ? head + text : indent + text
    }
  }
}
