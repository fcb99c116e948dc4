/// Text from outside that would like to be more than read: what every place that shows such text is fed in tests.
public struct HostileText: Sendable, CustomStringConvertible {
  /// What it tries.
  public let name: String
  public let text: String

  public var description: String { name }

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  public static let corpus: [HostileText] = sequences + spoofs + floods + odd

  /// The same, what tries the same sort of thing as one text, for where each is a process of its own; no NUL.
  public static let joined: [HostileText] = [
    ("sequences", sequences), ("spoofs", spoofs), ("floods", floods), ("odd", odd),
  ].map { name, texts in
    HostileText(name, texts.map { $0.text.replacing("\0", with: "") }.joined(separator: " ~ "))
  }

  /// What a terminal would obey.
  private static let sequences = [
    HostileText("colours", "a\u{1b}[31;7mred\u{1b}[0m"),
    HostileText("moves the cursor", "a\u{1b}[1;1Hroot\u{1b}[999;999H\u{1b}M\u{1b}D\u{1b}E"),
    HostileText("clears the screen", "\u{1b}[2J\u{1b}[3J\u{1b}c\u{1b}[!p"),
    HostileText("leaves the alternate screen", "\u{1b}[?1049l\u{1b}[?25h\u{1b}[?1000h"),
    HostileText("retitles the window", "\u{1b}]0;owned\u{7}x\u{1b}]2;owned\u{1b}\\"),
    HostileText("writes the clipboard", "\u{1b}]52;c;cm0gLXJmIC8K\u{7}"),
    HostileText("links elsewhere", "\u{1b}]8;;https://evil.example\u{1b}\\docs\u{1b}]8;;\u{1b}\\"),
    HostileText("asks the terminal", "\u{1b}[c\u{1b}[6n\u{1b}]11;?\u{7}\u{1b}[21t\u{5}\u{1b}[>q"),
    HostileText("device control", "\u{1b}Pq#0~\u{1b}\\\u{1b}_Gf=24;AAAA\u{1b}\\\u{1b}^pm\u{1b}\\\u{1b}Xsos\u{1b}\\"),
    HostileText("never ends", "\u{1b}]0;no end, \u{1b}[ \u{1b}P"),
    HostileText("C1", "\u{9b}2J\u{9d}0;t\u{9c}\u{90}q\u{9c}\u{85}\u{84}\u{8d}\u{98}\u{9e}\u{9f}"),
    HostileText(
      "C0", "\u{0}\u{1}\u{2}\u{3}\u{4}\u{7}\u{8}\u{b}\u{c}\u{e}\u{f}\u{11}\u{13}\u{18}\u{1a}\u{1c}\u{1f}\u{7f}"),
    HostileText("other charset", "\u{1b}(0lqqk\u{1b}(B\u{e}lqk\u{f}"),
    HostileText("paste mark", "\u{1b}[200~q\u{1b}[201~"),
  ]

  /// What a person would misread.
  private static let spoofs = [
    HostileText("carriage return", "evil\rgood"), HostileText("backspaces", "evil\u{8}\u{8}\u{8}\u{8}good"),
    HostileText("lines", "one\ntwo\r\nthree\u{b}four\u{c}five"),
    HostileText("line separators", "one\u{2028}two\u{2029}three\u{85}four"), HostileText("tabs", "\t\ta\t\t\tb\t"),
    HostileText("bidi override", "user\u{202e}gpj.exe\u{202c}"),
    HostileText("bidi isolates", "\u{2066}\u{2067}\u{2068}abc\u{2069}\u{202a}\u{202b}\u{202d}\u{200e}\u{200f}\u{61c}"),
    HostileText("right to left", "שלום עולם مرحبا بالعالم"),
    HostileText("zero width", "g\u{200b}i\u{200c}t\u{200d}l\u{2060}a\u{feff}b\u{180e}\u{2061}\u{2063}"),
    HostileText("tags", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e007f}\u{e0001}"),
    HostileText("fillers", "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}\u{17b4}\u{17b5}\u{34f}"),
    HostileText("soft hyphens", "gi\u{ad}t\u{ad}lab"), HostileText("homoglyphs", "ɡіtlаb‐ρrod"),
    HostileText("interlinear", "\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}"),
    HostileText("private use", "\u{e000}\u{f8ff}\u{100000}"),
    HostileText("box drawing", "┐ ✓ Bound │ ▸ OK ◂ └──"),
  ]

  /// Much of something.
  private static let floods = [
    HostileText("zalgo", "z" + String(repeating: "\u{301}\u{323}\u{489}\u{20dd}", count: 60) + "algo"),
    HostileText("marks alone", String(repeating: "\u{300}", count: 300)),
    HostileText("long", String(repeating: "long ", count: 300)),
    HostileText("long word", String(repeating: "x", count: 1500)),
    HostileText("wide", String(repeating: "宽", count: 600)),
    HostileText("escapes", String(repeating: "\u{1b}[A", count: 400)),
    HostileText("blank lines", String(repeating: "\n", count: 500)),
    HostileText("joined emoji", String(repeating: "👨‍👩‍👧‍👦", count: 60)),
  ]

  /// What widths are easily got wrong for.
  private static let odd = [
    HostileText("empty", ""), HostileText("blanks", "   "), HostileText("one wide", "宽"),
    HostileText("wide at odd places", "a宽b宽c宽\u{ff21}\u{ff9e}\u{3000}x"),
    HostileText("ambiguous", "§±×÷αβ…‰※℃①Ⅳ→⇒■◆○●★☆♀♂"),
    HostileText("emoji", "❤️✔︎👍🏽🇨🇳🏳️‍🌈1️⃣©️"), HostileText("Hangul in parts", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
    HostileText("Indic", "नमस्ते \u{93f} क्षि தமிழ் ไทย\u{e33}"), HostileText("Tibetan", "བོད་\u{f71}\u{f74}"),
    HostileText("noncharacters", "\u{ffff}\u{1ffff}"), HostileText("unassigned", "\u{378}\u{e0fff}"),
    HostileText("musical", "\u{1d159}\u{1d165}\u{1d173}"),
    HostileText(
      "not UTF-8", String(decoding: [0xc0, 0xaf, 0xe0, 0x80, 0x1b, 0xed, 0xa0, 0x80, 0xff, 0x9b, 0x41], as: UTF8.self)),
  ]
}
