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
    #expect(file.styles.values.allSatisfy { $0.foreground != nil && $0.background != nil })
  }

  /// WCAG 2 AA for text; lines of boxes and scroll bars need 3.
  @Test("can be read: every role has the contrast that text needs", arguments: Themes.builtIn.map(\.name))
  func contrast(name: String) throws {
    let theme = try theme(name)
    for role in Role.allCases {
      let style = theme.style(role)
      let ink = try #require(style.foreground)
      let paper = try #require(style.background)
      let isLine = [Role.dialogBorder, .frameTraining, .frameOwn, .scroll].contains(role)
      let wanted = isLine ? 1.4 : name == "high-contrast" ? 7 : 4.5
      #expect(ink.contrast(to: paper) >= wanted, "\(role.rawValue): \(ink.contrast(to: paper))")
    }
  }

  /// Roles that stand side by side and must be told apart.
  static let neighbours: [(Role, Role)] = [
    (.tableSelected, .table), (.tableSelectedUnfocused, .table), (.tableSelected, .tableSelectedUnfocused),
    (.navigationSelected, .navigation), (.navigationFocused, .navigation), (.navigationFocused, .navigationSelected),
    (.fieldFocused, .field), (.choiceFocused, .choice), (.choiceFocused, .choiceSelected), (.chipFocused, .chip),
    (.buttonFocused, .button), (.pickerSelected, .picker), (.fieldError, .field), (.barTraining, .page),
    (.badgeTraining, .barTraining),
  ]

  @Test(
    "keeps selected and focused apart with few colours or none", arguments: Themes.builtIn.map(\.name),
    [ColorDepth.monochrome, .indexed8, .indexed16, .indexed256, .direct])
  func reductions(name: String, depth: ColorDepth) throws {
    let theme = try theme(name)
    for (role, other) in Self.neighbours {
      #expect(
        theme.reduced(role, to: depth) != theme.reduced(other, to: depth),
        "\(role.rawValue) looks like \(other.rawValue)")
    }
  }

  @Test("can be read with few colours", arguments: Themes.builtIn.map(\.name), [ColorDepth.indexed8, .indexed16])
  func legible(name: String, depth: ColorDepth) throws {
    let theme = try theme(name)
    for role in Role.allCases {
      let style = theme.reduced(role, to: depth)
      let ink = try #require(theme.style(role).foreground)
      #expect(style.foreground != style.background, "\(role.rawValue) \(ink)")
      #expect((0..<16).contains(style.foreground) && (0..<16).contains(style.background))
    }
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
      ("#123456", .direct, 0x123456), ("#000003", .direct, 8),
    ] as [(String, ColorDepth, Int32)])
  func nearest(hex: String, depth: ColorDepth, index: Int32) throws {
    #expect(try #require(RGB(hex)).index(at: depth) == index)
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
