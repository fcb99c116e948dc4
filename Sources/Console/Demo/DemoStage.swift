import SecureBuild
import TerminalUI

/// The display that a demo's console is on: a real one without the strip below it, in which the demo speaks. Keys go to
/// the player until it has handed the keyboard over.
@ScreenActor
final class DemoStage: Display, Layer {
  let layers = LayerStack()
  private let screen: any Display
  private let language: Language
  private(set) var player: DemoPlayer?
  /// What is shown: kept here, for nobody else does.
  private var app: App?
  /// Called once, when the demo is at its end or stuck.
  var whenOver: (() -> Void)?
  /// What is said of the workspace once the keyboard is handed over.
  private let farewell: Phrase
  /// When the console wants its tick.
  private var tickDue: ContinuousClock.Instant?

  init(on screen: any Display, language: Language, farewell: Phrase) {
    self.screen = screen
    self.language = language
    self.farewell = farewell
  }

  func play(_ player: DemoPlayer, in app: App) {
    (self.player, self.app) = (player, app)
    screen.layers.push(self)
    screen.requestTick(after: .zero)
  }

  // MARK: The console's display

  var theme: Theme {
    get { screen.theme }
    set { screen.theme = newValue }
  }

  /// What the strip leaves.
  var size: Size { Size(width: screen.size.width, height: screen.size.height - Self.strip(of: screen.size)) }

  /// The rows of the strip: a small window has few to give.
  private static func strip(of size: Size) -> Int { size.height < 14 ? 1 : size.height < 20 ? 2 : 3 }

  func quit(_ reason: ExitReason) { screen.quit(reason) }

  func requestTick(after delay: Duration) {
    let instant = ContinuousClock.now + delay
    tickDue = tickDue.map { min($0, instant) } ?? instant
    screen.requestTick(after: delay)
  }

  func watch(folder: String, changed: @escaping @ScreenActor () -> Void) -> Bool {
    screen.watch(folder: folder, changed: changed)
  }

  func redraw() { screen.redraw() }

  func copy(_ text: String) { screen.copy(text) }

  // MARK: Events

  func handle(_ event: Event) -> Bool {
    switch event {
    case .tick: tick()
    case .resize: layers.dispatch(.resize(size))
    case .key(let key) where player?.state != .handedOver: control(key)
    case .mouse(let mouse) where mouse.at.y >= size.height: break
    case _ where player?.state != .handedOver: break
    default: layers.dispatch(event)
    }
    return true
  }

  private func tick() {
    if let due = tickDue, due <= .now {
      tickDue = nil
      layers.dispatch(.tick)
    }
    if let due = tickDue { screen.requestTick(after: due - .now) }
    proceed()
  }

  private func proceed() {
    if let wait = player?.proceed() { screen.requestTick(after: wait) }
    switch player?.state {
    case .over, .failed:
      whenOver?()
      whenOver = nil
    default: break
    }
  }

  private func control(_ key: Key) {
    switch key {
    case .character(" "): player?.pauseOrPlay()
    case .right: player?.forward()
    case .left: player?.back()
    case .character("+"), .character("="): player?.change(speedBy: 1)
    case .character("-"): player?.change(speedBy: -1)
    case .escape: player?.handOver()
    case .control("l"): redraw()
    case .control("c"): quit(.quit)
    default: return
    }
    proceed()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let picture = layers.draw(size: size)
    if player?.isSatisfied(by: picture) == true { screen.requestTick(after: .zero) }
    let past = player.flatMap { player in player.looking.map { player.scenes[$0] } }
    canvas.put(past?.picture ?? picture, at: Point(x: 0, y: 0))
    if past != nil { canvas.cursor = nil }
    drawStrip(
      (past?.caption ?? player?.caption ?? Phrase("", ""))(language), on: &canvas,
      in: Rect(x: 0, y: size.height, width: area.width, height: area.height - size.height))
  }

  private func drawStrip(_ caption: String, on canvas: inout Canvas, in area: Rect) {
    canvas.paper = .dialog
    canvas.fill(area, .dialog)
    let rows = max(1, area.height - 1)
    let said = player?.state == .handedOver ? farewell(language) : failure ?? caption
    let role: Role = failure != nil ? .statusError : .dialogStrong
    let lines = Paragraph.fitted(
      Paragraph.lines(said, width: max(2, area.width - 4)), rows: rows, width: area.width - 4)
    for (row, line) in lines.enumerated() { canvas.put(line, x: 2, y: area.y + row, role, width: area.width - 2) }
    if area.height > 1 { drawControls(on: &canvas, in: area.row(area.height - 1)) }
    canvas.paper = .page
  }

  private var failure: String? {
    if case .failed(let failure) = player?.state { "✗ " + failure.sentence(language) } else { nil }
  }

  private func drawControls(on canvas: inout Canvas, in row: Rect) {
    guard let player, player.state != .handedOver else { return }
    var x = canvas.put(" " + standing(of: player)(language) + "  ", x: row.x + 1, y: row.y, .dialogTraining)
    for hint in hints(player) {
      let need = CellWidth.of(hint.key) + 1 + CellWidth.of(hint.label(language)) + 2
      guard x + need <= row.maxX else { return }
      x = canvas.put(hint.key, x: x, y: row.y, .dialogStrong) + 1
      x = canvas.put(hint.label(language), x: x, y: row.y, .dialogMuted) + 2
    }
  }

  private func standing(of player: DemoPlayer) -> Phrase {
    let place = "\(player.looking.map { $0 + 1 } ?? player.said)/\(player.captions)"
    let state = player.looking == nil ? Self.word(for: player.state) : Phrase("as it was", "回看")
    let speed = player.speed == 1 ? "" : " · \(player.speed.formattedSpeed)×"
    return Phrase("\(state.en) \(place)\(speed)", "\(state.zh) \(place)\(speed)")
  }

  private static func word(for state: DemoPlayer.State) -> Phrase {
    switch state {
    case .playing: Phrase("demo", "演示")
    case .paused: Phrase("paused", "已暂停")
    case .over: Phrase("the end", "结束")
    case .failed: Phrase("stuck", "中断")
    case .handedOver: Phrase("", "")
    }
  }

  private func hints(_ player: DemoPlayer) -> [KeyHint] {
    let takeOver = KeyHint(.escape, "take the keyboard", "接管键盘")
    guard player.state == .playing || player.state == .paused else {
      return [takeOver, KeyHint("←→", "look back", "回看"), KeyHint(.control("c"), "quit", "退出")]
    }
    return [
      player.state == .paused ? KeyHint("Space", "go on", "继续") : KeyHint("Space", "pause", "暂停"), takeOver,
      KeyHint("←→", "back, on", "前后"), KeyHint("+-", "speed", "速度"), KeyHint(.control("c"), "quit", "退出"),
    ]
  }
}

extension Double {
  /// `0.5`, `2`.
  fileprivate var formattedSpeed: String { self == rounded() ? String(Int(self)) : String(self) }
}
