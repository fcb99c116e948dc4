import TerminalUI
import Testing

@testable import Console

extension Story {
  /// From Instances to a bound GitLab, over the link that is there.
  func bind(token: String = FakeGitLab.token) async {
    press(.enter, .character("s"), .character("b"))
    await fillBinding(token: token)
    await see(app.language == .chinese ? "● 已绑定" : "● Bound")
  }

  /// Fills the Private GitLab dialog in, the link chosen already, and presses *OK*.
  func fillBinding(token: String = FakeGitLab.token) async {
    press(.tab, .tab)
    type("http://gitlab.corp.example")
    press(.tab)
    type("dev")
    press(.tab)
    paste(token)
    press(.control("s"))
  }
}
