import TerminalUI

/// A build's log on its way to standard output, as it comes: colours are kept or not, and all else that a terminal would
/// obey is dropped. Nothing is held back but what a character or a control sequence still lacks.
struct LogFilter {
  let keepsColors: Bool
  /// The beginning of something that isn't whole yet.
  private var rest: [UInt8] = []
  /// Whether what was written last has switched a colour or the like on.
  private var isColored = false
  /// Whether the last thing written was a line's end made of a carriage return, which a newline may belong to.
  private var endedByReturn = false
  /// Whether a string of the terminal's (a title, a link) is being dropped.
  private var dropping: Int?

  /// A sequence or a string that is longer than any program writes: it isn't one.
  private static let longest = 4096

  init(keepsColors: Bool) { self.keepsColors = keepsColors }

  /// What is to be written of these bytes and of what was left of those before.
  mutating func text(of bytes: some Collection<UInt8>) -> String {
    rest += bytes
    var text = ""
    var at = 0
    while at < rest.count, let length = take(at, &text) { at += length }
    rest.removeFirst(at)
    return text
  }

  /// What is left at the end of the log, and the end of its colours.
  mutating func end() -> String {
    // A character that isn't whole is shown as that, an escape that came to no end not at all.
    let left = dropping != nil || rest.first == 0x1b ? "" : String(decoding: rest, as: UTF8.self)
    let reset = isColored ? "\u{1b}[0m" : ""
    (rest, dropping, isColored) = ([], nil, false)
    return Printable.text(left) + reset
  }

  // MARK: Pieces

  /// Takes the next piece.
  /// - Returns: how many bytes it has; nil where it isn't whole.
  private mutating func take(_ at: Int, _ text: inout String) -> Int? {
    if dropping != nil { return drop(at) }
    switch rest[at] {
    case 0x0a:
      if !endedByReturn { text += "\n" }
      endedByReturn = false
      return 1
    case 0x0d:
      // A bar that is written over again and again: a line each time, so that nothing hides under it.
      if !endedByReturn { text += "\n" }
      endedByReturn = true
      return 1
    case 0x1b: return escape(at, &text)
    case 0x09:
      endedByReturn = false
      text += "\t"
      return 1
    case ..<0x20, 0x7f: return 1
    default:
      endedByReturn = false
      return plain(at, &text)
    }
  }

  /// Text up to the next control character; a character that isn't whole at the end waits.
  private func plain(_ at: Int, _ text: inout String) -> Int? {
    let run = rest[at...].prefix { $0 >= 0x20 && $0 != 0x7f }
    var whole = run
    if run.endIndex == rest.endIndex { whole = run.dropLast(Self.unfinished(run)) }
    guard !whole.isEmpty else { return nil }
    text += Printable.text(String(decoding: whole, as: UTF8.self))
    return whole.count
  }

  /// How many bytes at the end are the beginning of a character.
  private static func unfinished(_ run: ArraySlice<UInt8>) -> Int {
    for (back, byte) in run.reversed().prefix(3).enumerated() {
      if byte < 0x80 { return 0 }
      guard byte >= 0xc0 else { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back + 1 < length ? back + 1 : 0
    }
    return 0
  }

  // MARK: What a terminal would obey

  private mutating func escape(_ at: Int, _ text: inout String) -> Int? {
    guard at + 1 < rest.count else { return nil }
    switch rest[at + 1] {
    case UInt8(ascii: "["): return control(at, &text)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      dropping = 0
      return 2
    case 0x20..<0x30:
      // Another charset and the like: what follows names it.
      let names = rest[(at + 1)...].prefix { (0x20..<0x30).contains($0) }
      guard names.endIndex < rest.endIndex else { return names.count > Self.longest ? names.count + 1 : nil }
      return names.count + ((0x30..<0x7f).contains(rest[names.endIndex]) ? 2 : 1)
    case 0x30..<0x7f: return 2
    default: return 1
    }
  }

  private mutating func control(_ at: Int, _ text: inout String) -> Int? {
    let parameters = rest[(at + 2)...].prefix { (0x20..<0x40).contains($0) }
    guard parameters.endIndex < rest.endIndex else { return parameters.count > Self.longest ? 2 : nil }
    let final = rest[parameters.endIndex]
    // Broken off: what comes next is looked at by itself.
    guard (0x40..<0x7f).contains(final) else { return parameters.count + 2 }
    if keepsColors, final == UInt8(ascii: "m"), let colors = SGR.harmless(parameters) {
      text += "\u{1b}[\(colors)m"
      isColored = !["", "0"].contains(colors)
    }
    return parameters.count + 3
  }

  /// Drops a title, a link, a clipboard to its end. One that ends on no line is given up there, so that it hides no more
  /// than that.
  private mutating func drop(_ at: Int) -> Int? {
    guard let dropped = dropping else { return nil }
    switch rest[at] {
    case 0x07:
      dropping = nil
      return 1
    case 0x1b:
      guard at + 1 < rest.count else { return nil }
      dropping = nil
      return rest[at + 1] == UInt8(ascii: "\\") ? 2 : 0
    case 0x0a, 0x0d:
      dropping = nil
      return 0
    default:
      dropping = dropped < Self.longest ? dropped + 1 : nil
      return 1
    }
  }
}

/// The numbers of a sequence that sets colours and attributes (SGR).
enum SGR {
  /// Those that do nothing but that: nothing is hidden, no font is changed. Nil where there are none among them.
  static func harmless(_ parameters: ArraySlice<UInt8>) -> String? {
    guard parameters.allSatisfy({ (0x30..<0x3c).contains($0) }) else { return nil }
    if parameters.isEmpty { return "" }
    var groups = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }[...]
    var kept: [String] = []
    while let group = groups.popFirst() {
      let code = Int(group.prefix { $0 != ":" }) ?? 0
      guard code == 38 || code == 48, !group.contains(":") else {
        if isHarmless(code) { kept.append(group) }
        continue
      }
      // The colour's own numbers follow.
      let count = groups.first == "5" ? 2 : groups.first == "2" ? 4 : 0
      guard count > 0, groups.count >= count else { return kept.isEmpty ? nil : kept.joined(separator: ";") }
      kept += [group] + groups.prefix(count)
      groups = groups.dropFirst(count)
    }
    return kept.isEmpty ? nil : kept.joined(separator: ";")
  }

  private static func isHarmless(_ code: Int) -> Bool {
    switch code {
    // Without 5 and 6 (blinking), 8 (hidden) and 10 to 20 (fonts).
    case 0...4, 7, 9, 21...25, 27, 29...49, 90...107: true
    default: false
    }
  }
}
