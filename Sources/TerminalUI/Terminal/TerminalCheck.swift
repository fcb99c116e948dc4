import Glibc

/// What keeps the screen from being shown, checked before anything is changed.
public enum TerminalProblem: Sendable, Equatable {
  case inputIsNoTerminal
  case outputIsNoTerminal
  /// TERM is unset, `dumb`, unknown to terminfo or of something without a cursor; its value.
  case unusable(term: String)
}

extension TerminalProblem {
  /// Looks at standard input, standard output and TERM; nil when a screen can be shown.
  public static func check() -> TerminalProblem? {
    if isatty(0) == 0 { return .inputIsNoTerminal }
    if isatty(1) == 0 { return .outputIsNoTerminal }
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !term.isEmpty, term != "dumb", Terminal.isUsable(term) else { return .unusable(term: term) }
    return nil
  }
}
