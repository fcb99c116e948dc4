import SecureBuild
import Synchronization
import TerminalUI
import Training

/// What a demo is played with.
public struct DemoRun: Sendable {
  public var script: DemoScript
  /// What the workspace's training world gives out.
  public var facts: TrainingFacts
  /// The workspace's clock.
  public var clock: DemoClock
  /// What becomes of the workspace, said when the keyboard is handed over.
  public var farewell: Phrase
  /// Without a terminal and without pauses, on a screen of this size; nil: on the terminal.
  public var headless: Size?
  /// How long a step waits for what it wants to see.
  public var patience: Duration
  /// What is shown goes there too, without what is secret.
  public var cast: CastFile?

  public init(
    _ script: DemoScript, _ facts: TrainingFacts, _ clock: DemoClock, farewell: Phrase, headless: Size? = nil,
    patience: Duration = .seconds(30), cast: CastFile? = nil
  ) {
    self.script = script
    self.facts = facts
    self.clock = clock
    self.farewell = farewell
    self.headless = headless
    self.patience = patience
    self.cast = cast
  }
}

/// How a demo ended.
public struct DemoEnd: Sendable {
  public let reason: ExitReason
  /// Whether its last step was done.
  public let isWhole: Bool
  /// Where it got stuck.
  public let failure: DemoFailure?
  /// The screen that the script says is its picture, else its last one; without the strip.
  public let picture: [String]
}

/// The console, played by a script.
public enum DemoProgram {
  /// Plays on the calling thread, the main thread, until it is quit; without a terminal until the script's end.
  public static func play(_ launch: ConsoleLaunch, _ demo: DemoRun) -> DemoEnd {
    let opened = Result { try launch.open(launch.path, true) }.mapError { Refusal($0) }
    let played = Played()
    let reason =
      if let size = demo.headless {
        HeadlessScreen.run(size: size, theme: launch.theme) { screen in
          let recorder = begin(launch, demo, on: screen, opened, played)
          screen.whenShown = { recorder?.take($0, screen.theme) }
        }
      } else {
        Screen.run(theme: launch.theme, settings: launch.screen) { screen in
          let recorder = begin(launch, demo, on: screen, opened, played)
          guard let recorder else { return }
          screen.whenShown = { recorder.take($0, screen.theme) }
          screen.willEnd = { _ in recorder.end() }
        }
      }
    return played.end(by: reason)
  }

  @ScreenActor
  private static func begin(
    _ launch: ConsoleLaunch, _ demo: DemoRun, on screen: any Display, _ opened: Result<Workspace, Refusal>,
    _ played: Played
  ) -> CastRecorder? {
    let stage = DemoStage(on: screen, language: launch.language, farewell: demo.farewell)
    let app = App(launch, on: stage, opened)
    let beats = demo.script.steps.flatMap { step in
      DemoBeat.beats(of: step, launch.language) { $0.value(in: demo.facts) }
    }
    let player = DemoPlayer(beats, demo.clock, isHurried: demo.headless != nil, patience: demo.patience) {
      stage.layers.dispatch(.key($0))
    } look: {
      stage.layers.draw(size: stage.size)
    }
    let recorder = demo.cast.map { CastRecorder(of: app, to: $0, title: demo.script.title(launch.language)) }
    if let recorder { player.hears = recorder.hear }
    stage.whenOver = {
      played.take(player.state, player.picture ?? stage.layers.draw(size: stage.size))
      guard demo.headless != nil else { return }
      recorder?.end()
      screen.quit(.quit)
    }
    stage.play(player, in: app)
    return recorder
  }
}

/// What is known of a demo once the screen is gone.
private final class Played: Sendable {
  private let state = Mutex<(isWhole: Bool, failure: DemoFailure?, picture: [String])>((false, nil, []))

  func take(_ end: DemoPlayer.State, _ picture: Canvas) {
    state.withLock { state in
      state.picture = picture.lines
      switch end {
      case .over: state.isWhole = true
      case .failed(let failure): state.failure = failure
      case .playing, .paused, .handedOver: break
      }
    }
  }

  func end(by reason: ExitReason) -> DemoEnd {
    state.withLock { DemoEnd(reason: reason, isWhole: $0.isWhole, failure: $0.failure, picture: $0.picture) }
  }
}
