import Glibc

/// What keeps the screen from being shown, checked before anything is changed.
public enum TerminalProblem: Sendable, Equatable {
  case inputIsNoTerminal
  case outputIsNoTerminal
  case noTerm
  /// Terminfo has nothing on this TERM here; a name that it has, and that most terminals understand.
  case unknown(term: String, substitute: String?)
  /// TERM is of something without a cursor to move.
  case withoutCursor(term: String)
}

extension TerminalProblem {
  /// Looks at standard input, standard output and TERM; nil when a screen can be shown.
  public static func check() -> TerminalProblem? {
    if isatty(0) == 0 { return .inputIsNoTerminal }
    if isatty(1) == 0 { return .outputIsNoTerminal }
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !term.isEmpty else { return .noTerm }
    switch Terminal.knowledge(of: term) {
    case .usable where term != "dumb": return nil
    case .usable, .withoutCursor: return .withoutCursor(term: term)
    case .none: return .unknown(term: term, substitute: substitutes.first { Terminal.knowledge(of: $0) == .usable })
    }
  }

  private static let substitutes = ["xterm-256color", "xterm", "vt100"]
}
