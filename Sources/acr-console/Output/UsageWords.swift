/// The parser's sentences on a command line that makes no sense, in Chinese; it has them in English alone.
enum UsageWords {
  /// A sentence that isn't the parser's stays as it is: ours are in the language already.
  static func chinese(_ message: String) -> String {
    options(message) ?? values(message) ?? arguments(message) ?? others(message) ?? message
  }

  private static func options(_ message: String) -> String? {
    if let found = message.wholeMatch(of: /Unknown option (.*)\n +or: (Missing value for .*) in ('.*')/) {
      return "\(chinese("Unknown option \(found.1)"))\n或：\(chinese(String(found.2)))（在 \(found.3) 中）"
    }
    if let found = message.wholeMatch(of: /Unknown option ('.*?')\. Did you mean ('.*')\?/) {
      return "未知选项 \(found.1)。是否指 \(found.2)？"
    }
    if let found = message.wholeMatch(of: /Unknown option ('.*')/) { return "未知选项 \(found.1)" }
    if let found = message.wholeMatch(of: /Invalid option: (.*)/) { return "无效的选项：\(found.1)" }
    if let found = message.wholeMatch(of: /Missing value for ('.*')/) { return "缺少选项的值：\(found.1)" }
    if let found = message.wholeMatch(of: /The option ('.*') does not take any value, but ('.*') was specified\./) {
      return "选项 \(found.1) 不接受值，但给出了 \(found.2)。"
    }
    if let found = message.wholeMatch(of: /Value to be set with (.*) had already been set with (.*)/) {
      return "\(flag(found.1)) 要设置的值已由 \(flag(found.2)) 设置"
    }
    return nil
  }

  private static func values(_ message: String) -> String? {
    if let found = message.wholeMatch(of: /The value ('.*') is invalid for ('.*')\. Please provide one of (.*)\./) {
      let list = found.3.replacing(" and ", with: " 或 ").replacing(" or ", with: " 或 ").replacing("', '", with: "'、'")
      return "值 \(found.1) 不适用于 \(found.2)，可选：\(list)。"
    }
    if let found = message.wholeMatch(
      of: /The value ('.*') is invalid for ('.*')\. Please provide one of the following:\n((?s).*)/)
    {
      return "值 \(found.1) 不适用于 \(found.2)，可选：\n\(found.3)"
    }
    if let found = message.wholeMatch(of: /The value ('.*') is invalid for ('.*'): ((?s).*)/) {
      return "值 \(found.1) 不适用于 \(found.2)：\(found.3)"
    }
    if let found = message.wholeMatch(of: /The value ('.*') is invalid for ('.*')/) {
      return "值 \(found.1) 不适用于 \(found.2)"
    }
    if let found = message.wholeMatch(of: /The value ('.*') is invalid\.(.*)/) { return "值 \(found.1) 无效。\(found.2)" }
    return nil
  }

  private static func arguments(_ message: String) -> String? {
    if let found = message.wholeMatch(of: /Missing expected argument ('.*')/) { return "缺少参数 \(found.1)" }
    if let found = message.wholeMatch(of: /Missing one of: ('.*')/) {
      return "缺少以下参数之一：\(found.1.replacing("', '", with: "'、'"))"
    }
    if let found = message.wholeMatch(of: /Unexpected argument ('(?s).*')/) { return "多余的参数 \(found.1)" }
    if let found = message.wholeMatch(of: /([0-9]+) unexpected arguments: ('(?s).*')/) {
      return "\(found.1) 个多余的参数：\(found.2.replacing("', '", with: "'、'"))"
    }
    return nil
  }

  private static func others(_ message: String) -> String? {
    if message == "Missing required subcommand." { return "缺少子命令。" }
    if let found = message.wholeMatch(of: /Command ('.*') is not a parent of the current command\./) {
      return "命令 \(found.1) 不是当前命令的上级。"
    }
    let shells = /Please use --generate-completion-script=<shell> with one of:\n *(.*)/
    if let found = message.wholeMatch(of: /Can't generate completion scripts for ('.*')\.\n((?s).*)/) {
      let list = found.2.wholeMatch(of: shells).map { "请使用 --generate-completion-script=<shell>，可选：\($0.1)" }
      return "无法为 \(found.1) 生成补全脚本。\n\(list ?? "")"
    }
    if let found = message.wholeMatch(of: /Can't autodetect a supported shell\.\n((?s).*)/) {
      let list = found.1.wholeMatch(of: shells).map { "请使用 --generate-completion-script=<shell>，可选：\($0.1)" }
      return "无法识别当前 shell。\n\(list ?? "")"
    }
    return nil
  }

  private static func flag(_ words: Substring) -> String {
    String(words).replacing("flag ", with: "选项 ").replacing(" in ", with: "，位于 ")
  }
}
