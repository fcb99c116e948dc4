import SecureBuild
import TerminalUI

/// Everything that can be done and everywhere one can go, found by what one types, in either language.
@ScreenActor
final class PaletteDialog: Dialog {
  unowned let app: App
  private var list = SearchedList()
  private let entries: [PaletteEntry]
  /// What can be done in other places: found by who looks for it, so that nobody takes it for missing.
  private let elsewhere: [PaletteEntry]
  private(set) var found: [(entry: PaletteEntry, match: FuzzyMatch)] = []

  init(app: App) {
    self.app = app
    let actions = app.actions
    entries = Self.entries(app, actions)
    elsewhere = Command.allCases.filter { command in
      command.isSoughtElsewhere && !actions.contains { $0.command == command }
    }.map { command in
      PaletteEntry(
        title: command.title, detail: "", keys: app.keys.keymap.hint(of: command) ?? "",
        names: [command.rawValue] + command.shortNames, whyNot: app.whyNotHere(command)
      ) {}
    }
    look()
  }

  private static func entries(_ app: App, _ actions: [Action]) -> [PaletteEntry] {
    // On the first page going back is quitting, which has a line of its own.
    let hidden: [Command] = [.palette, .open, .navigation] + (app.places.count == 1 ? [.back] : [])
    return actions.filter { !hidden.contains($0.command) }.map { action in
      PaletteEntry(
        title: action.label, detail: "",
        keys: app.keys.keymap.chords(of: action.command).first?.text ?? "",
        names: [action.command.rawValue] + action.command.shortNames, whyNot: action.whyNot, perform: action.perform)
    }
  }

  /// Instances anywhere by name or id, and regions: places as well.
  private func places(_ wanted: String) -> [PaletteEntry] {
    guard wanted.count > 1, let reading = app.reading else { return [] }
    var rows = try? reading.instanceRows(in: nil, matching: wanted)
    rows?.find(atLeast: 8)
    let instances = rows.map { rows in (0..<min(8, rows.count)).map { rows[$0] } } ?? []
    let table = reading.zones
    return instances.map { row in
      PaletteEntry(
        title: Phrase(row.name, row.name), detail: "\(row.id)  \(row.regionId)", keys: "", names: [row.id],
        whyNot: nil
      ) { [app] in app.go(to: .overview(instance: row.id)) }
    }
      + table.regions.map { region in
        PaletteEntry(
          title: Phrase("Region \(region.name.en)", "地域 \(region.name.zh)"), detail: region.id, keys: "",
          names: [region.id], whyNot: nil
        ) { [app] in
          app.choose(region: region.id)
          if app.page.place.list != .networks { app.go(to: .instances) }
        }
      }
  }

  /// Puts what is meant most first; what is done elsewhere comes behind what is meant as much.
  private func look() {
    let wanted = list.search.text
    let all = entries + places(wanted)
    found = all.compactMap { entry in entry.match(wanted, app.language).map { (entry, $0) } }
    if !wanted.isEmpty {
      found += elsewhere.compactMap { entry in entry.match(wanted, app.language).map { (entry, $0.elsewhere) } }
      found = found.enumerated().sorted { a, b in
        (a.element.match.score, b.offset) > (b.element.match.score, a.offset)
      }.map(\.element)
    }
  }

  // MARK: Keys

  let scope = Scope.search
  let actions: [Action] = []
  var typingHints: [KeyHint]? {
    [
      KeyHint("a…z", "find", "查找"), KeyHint("↑↓", "move", "移动"), KeyHint(.enter, "do it", "执行"),
      KeyHint(.escape, "close", "关闭"),
    ]
  }

  func type(_ event: Event) -> Bool {
    if event == .key(.backspace), list.search.text.isEmpty {
      leave()
      return true
    }
    return follow(list.type(event, count: found.count))
  }

  func point(_ mouse: Mouse) -> Bool { follow(list.point(mouse, count: found.count)) }

  private func follow(_ outcome: SearchedList.Outcome) -> Bool {
    switch outcome {
    case .ignored: return false
    case .moved: break
    case .changed: look()
    case .chosen: choose()
    }
    return true
  }

  private func choose() {
    guard found.indices.contains(list.selected) else { return }
    let entry = found[list.selected].entry
    if let whyNot = entry.whyNot { return app.say(whyNot, isError: true) }
    leave()
    entry.perform()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let height = min(18, area.height - 4)
    let inner = DialogFrame(title: app.text(Phrase("Go to a place, or do something", "前往或执行"))).draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: min(74, area.width - 6), height: height))
    canvas.put("›", x: inner.x, y: inner.y, .dialogStrong)
    list.search.draw(
      on: &canvas, in: Rect(x: inner.x + 1, y: inner.y, width: inner.width - 1, height: 1), focused: true)
    let place = Rect(x: inner.x, y: inner.y + 2, width: inner.width, height: max(0, inner.height - 2))
    if found.isEmpty {
      canvas.put(
        app.text(Phrase("Nothing is called that. Backspace takes a letter back.", "没有匹配项，按退格键修改。")), x: place.x,
        y: place.y,
        .dialogMuted, width: place.width)
    }
    let top = max(0, min(list.selected - place.height / 2, found.count - place.height))
    list.beginDrawing()
    for row in 0..<max(0, min(place.height, found.count - top)) {
      list.draws(top + row, in: place.row(row))
      draw(found[top + row], on: &canvas, in: place.row(row), isOn: top + row == list.selected)
    }
    Footer(app: app).draw(on: &canvas)
  }

  private func draw(
    _ found: (entry: PaletteEntry, match: FuzzyMatch), on canvas: inout Canvas, in line: Rect, isOn: Bool
  ) {
    let entry = found.entry
    let muted: Role = isOn ? .tableSelected : .dialogMuted
    let role: Role = isOn ? .tableSelected : entry.whyNot == nil ? .dialog : .dialogMuted
    if isOn { canvas.fill(line, role) }
    canvas.put(isOn ? "▸" : " ", x: line.x, y: line.y, role)
    let room = CellWidth.of(entry.keys)
    let title = app.text(entry.title)
    var end = canvas.put(title, x: line.x + 2, y: line.y, role, width: line.width - room - 4, cut: .middle)
    if !isOn {
      for place in found.match.places { mark(place, of: title, on: &canvas, line) }
    }
    let rest = entry.whyNot.map { "— " + app.text($0) } ?? entry.detail
    if !rest.isEmpty {
      end = canvas.put(rest, x: end + 2, y: line.y, muted, width: max(0, line.maxX - room - end - 4))
    }
    canvas.put(entry.keys, x: line.maxX - room, y: line.y, isOn ? role : .dialogStrong)
  }

  /// Shows a matched letter as one.
  private func mark(_ place: Int, of title: String, on canvas: inout Canvas, _ line: Rect) {
    let letters = Array(title)
    guard letters.indices.contains(place) else { return }
    let before = CellWidth.of(String(letters[..<place]))
    guard before < line.width - 4 else { return }
    canvas.paint(
      Rect(x: line.x + 2 + before, y: line.y, width: CellWidth.of(letters[place]), height: 1), .dialogStrong)
  }
}
