/// Steps of one piece of work, each with its state by shape and word, and how long it took.
public struct ProgressList: Sendable, Equatable {
  public struct Step: Sendable, Equatable, Identifiable {
    public let id: String
    public var title: String
    public var state: State
    public var detail: String
    public var elapsed: String

    public init(id: String, title: String, state: State = .waiting, detail: String = "", elapsed: String = "") {
      self.id = id
      self.title = title
      self.state = state
      self.detail = detail
      self.elapsed = elapsed
    }
  }

  public enum State: Sendable, Equatable {
    case waiting, running, passed, failed, skipped, unknown

    var mark: (String, Role) {
      switch self {
      case .waiting: ("·", .dialogMuted)
      case .running: ("◐", .statusBusy)
      case .passed: ("✓", .statusOk)
      case .failed: ("✗", .statusError)
      case .skipped: ("–", .dialogMuted)
      case .unknown: ("?", .statusUnknown)
      }
    }
  }

  public var steps: [Step]
  public init(_ steps: [Step]) { self.steps = steps }

  public func draw(on canvas: inout Canvas, in area: Rect) {
    let widest = min(24, steps.map { CellWidth.of($0.title) }.max() ?? 0, max(0, area.width - 2))
    for (index, step) in steps.enumerated() where index < area.height {
      let y = area.y + index
      let (mark, role) = step.state.mark
      canvas.put(mark, x: area.x, y: y, role)
      canvas.put(step.title, x: area.x + 2, y: y, step.state == .waiting ? .dialogMuted : .dialog, width: widest)
      // A few letters of it say nothing.
      let room = area.width - widest - 13
      if room >= 8 {
        canvas.put(
          step.detail, x: area.x + widest + 4, y: y, step.state == .failed ? .statusError : .dialogMuted, width: room)
      }
      let elapsed = min(CellWidth.of(step.elapsed), max(0, area.width - widest - 3))
      canvas.put(step.elapsed, x: area.maxX - elapsed, y: y, .dialogMuted, width: elapsed)
    }
  }
}
