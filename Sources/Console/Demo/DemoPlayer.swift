import SecureBuild
import TerminalUI

/// Plays a demo's beats, each in its time: presses keys as a person would, and waits for the screen, never for time
/// alone.
@ScreenActor
final class DemoPlayer {
  enum State: Equatable {
    case playing, paused
    /// Its end is reached.
    case over
    case failed(DemoFailure)
    /// The keyboard is the user's.
    case handedOver
  }

  /// What a caption's part of the demo looked like at its end.
  struct Scene {
    let caption: Phrase
    let picture: Canvas
  }

  private let beats: [DemoBeat]
  private let clock: DemoClock
  /// Without pauses; they count as if they had been.
  private let isHurried: Bool
  private let patience: Duration
  /// Presses a key of the console's.
  private let press: (Key) -> Void
  /// What the console shows now.
  private let look: () -> Canvas
  /// Is told the pauses that weren't made, and what is said.
  var hears: ((DemoNews) -> Void)?

  private(set) var state = State.playing
  private(set) var caption = Phrase("", "")
  /// The pictures of what has been, and which of them is looked at; nil: what is.
  private(set) var scenes: [Scene] = []
  private(set) var looking: Int?
  private(set) var speed = 1.0
  private(set) var picture: Canvas?
  /// The captions so far.
  private(set) var said = 0
  let captions: Int
  private var next = 0
  private var passed = Duration.zero
  /// When the next beat is due; while paused, what is left until then.
  private var due = ContinuousClock.now
  private var left = Duration.zero
  /// When what is waited for is given up.
  private var giveUp: ContinuousClock.Instant?
  /// Without pauses up to the next caption, and what is then.
  private var skips: State?

  init(
    _ beats: [DemoBeat], _ clock: DemoClock, isHurried: Bool, patience: Duration,
    press: @escaping (Key) -> Void, look: @escaping () -> Canvas
  ) {
    self.beats = beats
    self.clock = clock
    self.isHurried = isHurried
    self.patience = patience
    self.press = press
    self.look = look
    captions = beats.count { if case .say = $0.act { true } else { false } }
  }

  /// Does what is due.
  /// - Returns: after which time to be asked again; nil: not by itself.
  func proceed() -> Duration? {
    guard state == .playing else { return nil }
    guard next < beats.count else {
      state = .over
      return nil
    }
    let wait = due - .now
    if wait > .zero, skips == nil { return wait }
    let beat = beats[next]
    clock.set(passed)
    guard perform(beat) else { return keepWaiting(for: beat) }
    giveUp = nil
    next += 1
    passed += beat.pause
    if isHurried {
      hears?(.skipped(beat.pause))
    } else if skips == nil {
      due = .now + beat.pause / speed
      return due - .now
    }
    return .zero
  }

  /// Whether what is waited for is there now.
  func isSatisfied(by canvas: Canvas) -> Bool {
    guard state == .playing, giveUp != nil, next < beats.count else { return false }
    return switch beats[next].act {
    case .see(let text): canvas.shows(text)
    case .gone(let text): !canvas.shows(text)
    default: false
    }
  }

  private func perform(_ beat: DemoBeat) -> Bool {
    switch beat.act {
    case .key(let key): press(key)
    case .see(let text): return look().shows(text)
    case .gone(let text): return !look().shows(text)
    case .rest: break
    case .picture: picture = look()
    case .say(let phrase): say(phrase)
    }
    return true
  }

  private func say(_ phrase: Phrase) {
    if said > 0 { scenes.append(Scene(caption: caption, picture: look())) }
    caption = phrase
    said += 1
    hears?(.said(phrase))
    guard let after = skips else { return }
    skips = nil
    if after == .paused { pause() }
  }

  private func keepWaiting(for beat: DemoBeat) -> Duration? {
    let end = giveUp ?? .now + patience
    giveUp = end
    guard end <= .now else { return end - .now }
    state = .failed(DemoFailure(line: beat.line, act: beat.act, after: patience, screen: look().lines))
    return nil
  }

  // MARK: What whoever watches does

  func pauseOrPlay() {
    looking = nil
    switch state {
    case .playing: pause()
    case .paused:
      state = .playing
      due = .now + left
    case .over, .failed, .handedOver: break
    }
  }

  private func pause() {
    guard state == .playing else { return }
    state = .paused
    left = max(.zero, due - .now)
    giveUp = nil
  }

  /// On to the next caption.
  func forward() {
    if let place = looking {
      looking = place + 1 < scenes.count ? place + 1 : nil
      return
    }
    guard state == .playing || state == .paused, skips == nil else { return }
    skips = state
    state = .playing
  }

  /// Back to what was before, to be looked at: what was done stays done.
  func back() {
    let place = (looking ?? scenes.count) - 1
    guard place >= 0, state != .handedOver else { return }
    pause()
    looking = place
  }

  func change(speedBy steps: Int) {
    let speeds = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8]
    guard let place = speeds.firstIndex(of: speed) else { return }
    speed = speeds[max(0, min(speeds.count - 1, place + steps))]
  }

  func handOver() {
    looking = nil
    state = .handedOver
    clock.run()
  }
}

/// What a player tells whoever records it.
enum DemoNews {
  case skipped(Duration)
  case said(Phrase)
}

/// Where a demo got stuck: what it waited for didn't come.
public struct DemoFailure: Error, Sendable, Equatable {
  /// The script's line.
  public let line: Int
  let act: DemoBeat.Act
  let after: Duration
  /// What was there instead.
  public let screen: [String]

  /// What was waited for, in one sentence.
  public var sentence: Phrase {
    let seconds = Int(after / .seconds(1))
    return switch act {
    case .gone(let text):
      Phrase(
        "Line \(line): “\(text)” was still on the screen after \(seconds) s.",
        "第 \(line) 行：等待 \(seconds) 秒后，“\(text)”仍在屏幕上。")
    case .see(let text):
      Phrase(
        "Line \(line): “\(text)” did not come within \(seconds) s.", "第 \(line) 行：等待 \(seconds) 秒，“\(text)”未出现。")
    default: Phrase("It ended before its end.", "演示提前结束。")
    }
  }
}

extension Canvas {
  /// Whether one of its rows holds this text.
  func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
}
