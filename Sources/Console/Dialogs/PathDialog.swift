import SecureBuild
import TerminalUI

/// The way from the build machine's ENI to each address, as a picture from top to bottom: where it breaks, and what
/// mends it.
@ScreenActor
final class PathDialog: Dialog {
  unowned let app: App
  private let compute: @Sendable (Reading) throws(Refusal) -> PathReport
  private var outcome: Result<PathReport, Refusal>?
  private var scroll = Scroll()

  /// - Parameter compute: the path of a link, or of one that isn't made yet.
  init(app: App, _ compute: @escaping @Sendable (Reading) throws(Refusal) -> PathReport) {
    self.app = app
    self.compute = compute
    start()
  }

  // MARK: Keys

  let scope = Scope.path

  var actions: [Action] {
    guard app.work == nil else { return [] }
    let link = (try? outcome?.get())?.linkId
    let none = link == nil ? Phrase("A run-book is of a link that is made.", "操作手册仅用于已创建的链路。") : nil
    return [
      Action(.check, "again", "重新推算") { [unowned self] in start() },
      Action(.runBook, "run-book", "操作手册", whyNot: none) { [app] in
        if let link { app.open(RunBookDialog(app: app, link: link)) }
      },
      Action(.writeRunBook, "write it", "写入文件", whyNot: none) { [app] in
        if let link { app.open(RunBookFileDialog(app: app, link: link)) }
      },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() },
    ]
  }

  var waitsForWork: Bool { true }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    leave()
    return true
  }

  func move(_ key: Key) -> Bool { scroll.move(key) }

  private func start() {
    guard let workspace = app.workspace, app.work == nil else { return }
    app.perform(Phrase("Computing the path", "正在推算路径"), cancellable: true) { [compute] in
      try compute(try workspace.state())
    } then: { [weak self] outcome in
      self?.outcome = outcome
      self?.scroll = Scroll()
    }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = max(20, min(92, area.width - 10))
    DialogFrame(
      title: app.text(Phrase("Path check", "路径检查")),
      subtitle: app.text(
        Phrase("Computed from what is written down here, not tried", "根据已登记的资源推算，并非实测"))
    ).draw(
      lines(width: width, isTall: area.height >= 32), width: width, scrolledBy: &scroll, on: &canvas,
      in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1))
    Footer(app: app).draw(on: &canvas)
  }

  private func lines(width: Int, isTall: Bool) -> [Form.Note] {
    switch outcome {
    case nil: [Form.Note(app.text(Phrase("Computing…", "正在推算……")), .dialogMuted)]
    case .failure(let refusal):
      [(refusal.message, Role.statusError), (refusal.mend, .dialog)].flatMap { phrase, role in
        Paragraph.lines(app.text(phrase), width: width).map { Form.Note($0, role) }
      }
    case .success(let report):
      [summary(of: report)] + breaks(in: report, width: width)
        + report.targets.flatMap { target in
          [Form.Note("", .dialog)] + PathPicture(report, to: target, app, width: width, isTall: isTall).lines
        }
        + notExercised(by: report, width: width)
    }
  }

  /// What no try can tell, where something was tried.
  private func notExercised(by report: PathReport, width: Int) -> [Form.Note] {
    guard !report.tried.isEmpty else { return [] }
    return [Form.Note("", .dialog)]
      + Paragraph.lines(app.text(.notExercised), width: width).map { Form.Note($0, .dialogMuted) }
  }

  /// Where the ways break, where not all do: their pictures may be further down.
  private func breaks(in report: PathReport, width: Int) -> [Form.Note] {
    guard report.targets.count > 1 else { return [] }
    return report.targets.compactMap { target in
      guard let hop = report.findings(for: target).first(where: { $0.verdict == .fail })?.hop else { return nil }
      return Form.Note("  \(target.title): \(app.text(hop.title))", .statusError)
    }
  }

  private func summary(of report: PathReport) -> Form.Note {
    let unknown = report.findings.filter { $0.verdict == .unknown }.count
    let failing = report.findings.filter { $0.verdict == .fail }.count
    let known = Phrase(
      unknown == 0 ? "" : "\(unknown) not known, which is not passed.", unknown == 0 ? "" : "\(unknown) 跳未知，未知不等于通过。")
    return switch report.verdict {
    case .pass: Form.Note(app.text(Phrase("✓ Every hop passes.", "✓ 每一跳均通过。")), .statusOk)
    case .fail:
      Form.Note(
        app.text(
          Phrase("✗ \(failing) hop\(failing == 1 ? " lets" : "s let") nothing through.", "✗ \(failing) 跳不通。") + known),
        .statusError)
    case .unknown: Form.Note(app.text(Phrase("? No hop is known to fail; ", "? 没有已知不通的跳，") + known), .statusWarn)
    }
  }
}

/// One target's picture: the ENI above, the hops on a line down to the target, the line broken where a hop fails.
@ScreenActor
private struct PathPicture {
  private(set) var lines: [Form.Note] = []
  private let width: Int

  init(_ report: PathReport, to target: PathTarget, _ app: App, width: Int, isTall: Bool) {
    self.width = width
    let findings = report.findings(for: target)
    add(
      "○ ", app.text(Phrase("The build machine's ENI in \(report.vSwitchId)", "构建机弹性网卡，位于 \(report.vSwitchId)")),
      .dialogMuted)
    let titles = PathHop.allCases.map { CellWidth.of(app.text($0.title)) }.max() ?? 0
    // Beside the longest title a sentence would have a few cells: it stands below it then.
    let isNarrow = width < 60
    var isBroken = false
    var hop: PathHop?
    for finding in findings {
      let way = isBroken ? "┆" : "│"
      if isTall, finding.hop != hop { lines.append(Form.Note(way, .dialogMuted)) }
      if finding.verdict == .fail { isBroken = true }
      let title = finding.hop == hop ? "" : app.text(finding.hop.title)
      hop = finding.hop
      let under = isBroken ? "┆" : "│"
      let reason = app.text(Moments.shortened(finding.reason, at: app.now))
      let role = Self.role(of: finding)
      if isNarrow {
        if !title.isEmpty { add("\(finding.mark) ", title, role, under: under) }
        add(title.isEmpty ? "\(finding.mark) " : "\(under)   ", reason, role, under: under)
      } else {
        add("\(finding.mark) " + Truncated.padded(title, to: titles) + "  ", reason, role, under: under)
      }
      if !finding.mend.en.isEmpty {
        add(
          "\(under) " + String(repeating: " ", count: isNarrow ? 0 : titles) + "→ ", app.text(finding.mend),
          finding.verdict == .fail ? .dialogStrong : .dialog, under: under)
      }
    }
    if isTall { lines.append(Form.Note(isBroken ? "┆" : "│", .dialogMuted)) }
    add(isBroken ? "✗ " : "◎ ", target.title, isBroken ? .statusError : .dialogStrong)
    for line in report.tried(target) {
      let at = Moments.withAge(line.at, at: app.now)
      add(
        "\(line.mark) ",
        app.text(
          Phrase(
            "Tried from \(line.place), \(at.en): \(line.words.en)", "\(at.zh)从 \(line.place) 实测：\(line.words.zh)")),
        .dialogMuted)
    }
  }

  private static func role(of finding: PathFinding) -> Role {
    switch finding.verdict {
    case .pass: finding.isWarning ? .statusWarn : .dialog
    case .fail: .statusError
    case .unknown: .statusUnknown
    }
  }

  /// - Parameter way: what stands at the left of further lines.
  private mutating func add(_ mark: String, _ text: String, _ role: Role, under way: String = " ") {
    let indent = CellWidth.of(mark)
    for (row, line) in Paragraph.lines(text, width: max(10, width - indent)).enumerated() {
      lines.append(Form.Note((row == 0 ? mark : way + String(repeating: " ", count: indent - 1)) + line, role))
    }
  }
}
