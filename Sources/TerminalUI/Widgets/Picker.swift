import Glibc

/// One of several things, chosen from a list that drops down and can be searched.
public struct Picker: Sendable, Equatable {
  public struct Item: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: String
    public let detail: String
    /// Why it can't be used; it can be chosen all the same, so that the reason shows at the field.
    public let drawback: String?

    public init(id: String, title: String, detail: String = "", drawback: String? = nil) {
      self.id = id
      self.title = title
      self.detail = detail
      self.drawback = drawback
    }
  }

  /// Where a picker was drawn: its field, and what its list must stay within.
  struct Place: Sendable, Equatable {
    var field: Rect
    var bounds: Rect
  }

  public var items: [Item] {
    didSet {
      measure()
      look()
    }
  }
  public var selected: String
  public var placeholder: String
  /// Whether what is typed can be chosen where no item is that: what stands behind it in the list; nil where it can't.
  public var other: String? { didSet { look() } }
  /// What the list says where it has nothing to choose.
  public var empty = ""
  /// Stands in the list's lower border: that more is on its way, say.
  public var note = ""
  public private(set) var isOpen = false
  /// What is typed while it is open: words that all must be in an item's title, id or detail.
  private(set) var search = TextField() { didSet { if search.text != oldValue.text { look() } } }
  /// What the search leaves, and the cells of the widest title and remark of all: looked for when they change, since
  /// there may be thousands.
  private(set) var matching: [Item]
  private(set) var titleWidth = 0
  private(set) var remarkWidth = 0
  private(set) var highlighted = 0
  /// The first item in view, as far as the highlighted one allows it.
  var top = 0

  public init(_ items: [Item], selected: String = "", placeholder: String = "", other: String? = nil) {
    self.items = items
    self.other = other
    self.selected = selected
    self.placeholder = placeholder
    matching = items
    measure()
  }

  /// What is searched for in the open list.
  public var wanted: String { search.text }

  private mutating func look() {
    let wanted = search.text.lowercased().split(separator: " ").map { Array($0.utf8) }
    matching = wanted.isEmpty ? items : items.filter { $0.holds(wanted) }
    guard !wanted.isEmpty, let other, !items.contains(where: { $0.id == search.text }) else { return }
    matching.append(Item(id: search.text, title: search.text, detail: other))
  }

  private mutating func measure() {
    titleWidth = items.map { CellWidth.of($0.title) }.max() ?? 0
    remarkWidth = items.map { CellWidth.of($0.remark) }.max() ?? 0
  }

  /// - Parameters:
  ///   - field: where it was drawn; nil when that isn't known: then no click meets it.
  ///   - bounds: what its list was drawn within.
  public mutating func handle(
    _ event: Event, in field: Rect? = nil, within bounds: Rect = Rect(x: 0, y: 0, width: 0, height: 0)
  ) -> TextField.Outcome {
    let place = field.map { Place(field: $0, bounds: bounds) }
    defer { if isOpen, let list = place.flatMap({ list(at: $0) }) { top = list.top } }
    switch event {
    case .mouse(let mouse): return place.map { handle(mouse, at: $0) } ?? .ignored
    case .key(let key):
      return isOpen ? handleOpen(key, page: place.flatMap { list(at: $0)?.rows } ?? 10) : handleClosed(key)
    case .paste:
      if !isOpen { open() }
      return type(event)
    default: return .ignored
    }
  }

  private mutating func handleClosed(_ key: Key) -> TextField.Outcome {
    switch key {
    case .enter, .character(" "):
      open()
      return .moved
    case .character(let character) where character.isLetter || character.isNumber:
      open()
      return type(.key(key))
    default: return .ignored
    }
  }

  public mutating func open() {
    isOpen = true
    search = TextField()
    highlighted = items.firstIndex { $0.id == selected } ?? 0
    top = max(0, highlighted - 4)
  }

  mutating func close() { isOpen = false }

  private mutating func handleOpen(_ key: Key, page: Int) -> TextField.Outcome {
    switch key {
    case .escape:
      close()
      return .moved
    case .tab, .backTab:
      // What was typed isn't lost by going on.
      guard !search.text.isEmpty else {
        close()
        return .ignored
      }
      return choose(highlighted) == .changed ? .changed : .ignored
    case .up: return highlight(highlighted - 1)
    case .down: return highlight(highlighted + 1)
    case .pageUp: return highlight(highlighted - page)
    case .pageDown: return highlight(highlighted + page)
    case .home: return highlight(0)
    case .end: return highlight(items.count)
    case .enter: return choose(highlighted)
    // What was typed goes on to be typed.
    case .right where other != nil && search.text.isEmpty:
      search = TextField(selected)
      highlighted = 0
      return .moved
    default: return type(.key(key))
    }
  }

  /// Keys that a list doesn't take are the search's.
  private mutating func type(_ event: Event) -> TextField.Outcome {
    if search.handle(event) == .changed { highlighted = 0 }
    // While it is open no key goes past it, but those that mean the whole program.
    if case .key(.control("c")) = event { return .ignored }
    return .moved
  }

  private mutating func highlight(_ place: Int) -> TextField.Outcome {
    highlighted = max(0, min(place, matching.count - 1))
    return .moved
  }

  private mutating func choose(_ place: Int) -> TextField.Outcome {
    let items = matching
    close()
    guard items.indices.contains(place) else { return .moved }
    selected = items[place].id
    return .changed
  }

  // MARK: Mouse

  private mutating func handle(_ mouse: Mouse, at place: Place) -> TextField.Outcome {
    let isClick = mouse.action == .click || mouse.action == .doubleClick
    guard isOpen else {
      guard isClick, place.field.contains(mouse.at) else { return .ignored }
      open()
      return .moved
    }
    let list = list(at: place)
    switch mouse.action {
    case .wheelUp: return scroll(by: -3, list)
    case .wheelDown: return scroll(by: 3, list)
    case .drag: return .moved
    case .click, .doubleClick: break
    }
    guard let list, list.box.contains(mouse.at) else {
      close()
      return .moved
    }
    let row = mouse.at.y - list.box.y - 1
    guard row >= 0, row < list.rows, mouse.at.x > list.box.x, mouse.at.x < list.box.maxX - 1,
      list.top + row < list.items.count
    else { return .moved }
    return choose(list.top + row)
  }

  /// Moves the view, and the highlight no further than it must to stay in it.
  private mutating func scroll(by rows: Int, _ list: List?) -> TextField.Outcome {
    guard let list else { return .moved }
    top = max(0, min(list.top + rows, list.items.count - list.rows))
    highlighted = max(top, min(highlighted, top + list.rows - 1, list.items.count - 1))
    return .moved
  }
}

extension Picker.Item {
  /// What stands beside its title in the list; what may be cut comes last.
  var remark: String { drawback.map { detail.isEmpty ? $0 : "\($0)  \(detail)" } ?? detail }

  /// Whether all these words, in small letters, are in it.
  fileprivate func holds(_ words: [[UInt8]]) -> Bool {
    var text = "\(title) \(id) \(detail)".lowercased()
    return text.withUTF8 { text in
      words.allSatisfy { word in
        guard let start = text.baseAddress, text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { memcmp(start + $0, word, word.count) == 0 }
      }
    }
  }
}
