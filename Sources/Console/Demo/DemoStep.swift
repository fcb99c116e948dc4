import SecureBuild
import TerminalUI
import Training

/// One step of a demo, and the line of its script that it stands on.
struct DemoStep: Sendable, Equatable {
  let line: Int
  let act: Act

  enum Act: Sendable, Equatable {
    /// What the room is told from here on.
    case say(Phrase)
    /// Waits until this is on the screen.
    case see(Phrase)
    /// Waits until this is on the screen no more.
    case gone(Phrase)
    case press([Key])
    case type(String)
    /// Types what the training world gives out.
    case fill(DemoFact)
    case pause(Duration)
    /// The screen as it is now is the demo's picture.
    case picture
  }
}

/// What a script names and doesn't write down: another workspace has another.
enum DemoFact: String, CaseIterable, Sendable {
  case address, username, token
  case gitLabIp = "gitlab-ip"

  func value(in facts: TrainingFacts) -> String {
    switch self {
    case .address: facts.address
    case .username: facts.username
    case .token: facts.token.secret
    case .gitLabIp: facts.gitLabIntranetIp.description
    }
  }
}
