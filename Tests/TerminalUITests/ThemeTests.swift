import Testing
import Themes

@testable import TerminalUI

@Suite("A built-in theme")
struct ThemeTests {
  static let names = Themes.builtIn.map(\.name)

  private func theme(_ name: String) throws -> Theme {
    let read = ThemeCatalogue(builtIn: Themes.builtIn).theme(named: name)
    #expect(read.problems.isEmpty)
    return try #require(read.theme)
  }

  @Test("says how every role looks", arguments: Themes.builtIn.map(\.name))
  func complete(name: String) throws {
    let bytes = try #require(Themes.builtIn.first { $0.name == name }?.bytes)
    let file = ThemeFile(String(decoding: bytes, as: UTF8.self), name: name)
    #expect(file.problems.isEmpty)
    #expect(Role.allCases.filter { file.styles[$0] == nil } == [])
    #expect(file.styles.values.allSatisfy { $0.foreground != nil })
    #expect(Paper.allCases.allSatisfy { file.styles[$0.role]?.background != nil })
    let colors = file.styles.values.flatMap { [$0.foreground, $0.background] }.compactMap { $0 }
    #expect(colors.allSatisfy { $0.named != nil }, "a colour without a name is left to chance where there are few")
  }

  /// Roles that stand side by side and must be told apart.
  static let neighbours: [(Role, Role)] = [
    (.tableSelected, .table), (.tableSelectedUnfocused, .table), (.tableSelected, .tableSelectedUnfocused),
    (.navigationSelected, .navigation), (.navigationFocused, .navigation), (.navigationFocused, .navigationSelected),
    (.fieldFocused, .field), (.choiceFocused, .choice), (.choiceFocused, .choiceSelected), (.chipFocused, .chip),
    (.buttonFocused, .button), (.pickerSelected, .picker), (.barTraining, .page), (.barTraining, .barOwn),
    (.barTraining, .bar), (.badgeTraining, .barTraining), (.badgeTraining, .badgeOwn), (.frameTraining, .frameOwn),
    (.buttonDangerFocused, .buttonDanger), (.buttonDangerFocused, .button), (.field, .dialog), (.chip, .field),
    (.chipFocused, .fieldFocused), (.chip, .fieldFocused), (.button, .dialog), (.fieldPlaceholder, .field),
    (.fieldFocusedPlaceholder, .fieldFocused), (.dialogTitle, .dialog),
  ]

  @Test(
    "keeps selected and focused apart with few colours or none", arguments: Themes.builtIn.map(\.name),
    ColorDepth.allCases)
  func reductions(name: String, depth: ColorDepth) throws {
    let theme = try theme(name)
    for (role, other) in Self.neighbours {
      #expect(
        Self.seen(theme.reduced(role, on: .dialog, to: depth), at: depth)
          != Self.seen(theme.reduced(other, on: .dialog, to: depth), at: depth),
        "\(role.rawValue) looks like \(other.rawValue)")
    }
  }

  /// The Linux console has neither dim nor underlined text where it has colours, the vt100 no dim and no slanted one.
  private static func seen(_ style: ReducedStyle, at depth: ColorDepth) -> ReducedStyle {
    var style = style
    if depth == .indexed8 { style.attributes.subtract([.underline, .dim, .italic]) }
    if depth == .monochrome { style.attributes.subtract([.dim, .italic]) }
    return style
  }

  @Test("without colours keeps to attributes and the terminal's own")
  func monochrome() throws {
    for role in Role.allCases {
      let style = try theme("dark").reduced(role, to: .monochrome)
      #expect(style.foreground == -1 && style.background == -1)
    }
  }

  @Test(
    "is reduced to the nearest colour",
    arguments: [
      ("#000000", ColorDepth.indexed256, 16), ("#ffffff", .indexed256, 231), ("#ff0000", .indexed256, 196),
      ("#ff0000", .indexed16, 9), ("#d00000", .indexed8, 1), ("#ffffff", .indexed8, 7), ("#808080", .indexed16, 8),
      ("#123456", .direct, 0x123456), ("#000003", .direct, 0x010101),
    ] as [(String, ColorDepth, Int)])
  func nearest(hex: String, depth: ColorDepth, index: Int) throws {
    #expect(ThemeColor(try #require(RGB(hex))).index(at: depth) == index)
  }

  @Test(
    "takes the colour that it names where there are only those",
    arguments: [(ColorDepth.indexed16, 12), (.indexed8, 4), (.indexed256, 196), (.direct, 0xff0000)])
  func names(depth: ColorDepth, index: Int) throws {
    #expect(ThemeColor(try #require(RGB("#ff0000")), named: 12).index(at: depth) == index)
  }

  @Test("takes as many colours as the terminal has", arguments: [(-1, 0), (2, 0), (8, 1), (16, 2), (88, 2), (256, 3)])
  func depths(colors: Int, place: Int) { #expect(ColorDepth(colors: colors) == ColorDepth.allCases[place]) }

  @Test("is measured by WCAG's contrast")
  func measure() {
    #expect(abs(RGB.black.contrast(to: .white) - 21) < 0.01)
    #expect(RGB.white.contrast(to: .white) == 1)
  }

  @Test("reads a colour only as #rrggbb", arguments: ["", "#fff", "112233", "#gg0000", "#1122334", "#+12345"])
  func badColours(hex: String) { #expect(RGB(hex) == nil) }
}
