import TerminalUI

extension ColorDepth {
  /// What a terminal that is only printed to can show, as far as the environment tells.
  static var ofEnvironment: ColorDepth {
    let term = ProcessEnvironment["TERM"] ?? ""
    guard !term.isEmpty, term != "dumb", !term.hasPrefix("vt"), ProcessEnvironment["NO_COLOR"] == nil else {
      return .monochrome
    }
    let color = ProcessEnvironment["COLORTERM"] ?? ""
    if color == "truecolor" || color == "24bit" || term.hasSuffix("-direct") { return .direct }
    return term.contains("256") ? .indexed256 : .indexed8
  }
}
