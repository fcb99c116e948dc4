import SecureBuild
import TerminalUI

/// The smallest thing that happens in a demo: one key, one look, one caption.
struct DemoBeat: Sendable, Equatable {
  /// The script's line.
  let line: Int
  let act: Act
  /// How long a person takes after it, or reads.
  let pause: Duration

  enum Act: Sendable, Equatable {
    case say(Phrase)
    case key(Key)
    case see(String)
    case gone(String)
    case rest
    case picture
  }

  /// - Parameter fact: what stands for something that the script only names.
  static func beats(of step: DemoStep, _ language: Language, _ fact: (DemoFact) -> String) -> [DemoBeat] {
    func beat(_ act: Act, _ pause: Duration) -> DemoBeat { DemoBeat(line: step.line, act: act, pause: pause) }
    func typing(_ text: String) -> [DemoBeat] {
      text.map { beat(.key(.character($0)), Pace.character) } + [beat(.rest, Pace.key)]
    }
    switch step.act {
    case .say(let phrase): return [beat(.say(phrase), Pace.reading(phrase(language), language))]
    case .see(let phrase): return [beat(.see(phrase(language)), Pace.look)]
    case .gone(let phrase): return [beat(.gone(phrase(language)), Pace.look)]
    case .press(let keys): return keys.map { beat(.key($0), Pace.key) }
    case .type(let text): return typing(text)
    case .fill(let name): return typing(fact(name))
    case .pause(let duration): return [beat(.rest, duration)]
    case .picture: return [beat(.picture, .zero)]
    }
  }
}

/// How fast a person is.
private enum Pace {
  static let character = Duration.milliseconds(60)
  static let key = Duration.milliseconds(450)
  static let look = Duration.milliseconds(700)

  /// How long a caption takes to be read.
  static func reading(_ text: String, _ language: Language) -> Duration {
    .milliseconds(1000 + text.count * (language == .chinese ? 130 : 45))
  }
}
