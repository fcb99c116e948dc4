import Foundation
import Testing
import Themes

@testable import TerminalUI

/// Contrast by WCAG 2 of what is shown, not of what is written: 4.5 for text, 7 in the theme for it, 3 for lines.
@Suite("Contrast")
struct ContrastTests {
  private static let depths = ColorDepth.allCases.filter { $0 != .monochrome }

  private static func theme(_ name: String) throws -> Theme {
    try #require(ThemeCatalogue(builtIn: Themes.builtIn).theme(named: name).theme)
  }

  @Test("is enough for every role of every theme with as many colours as there are", arguments: depths)
  func enough(depth: ColorDepth) throws {
    for name in Themes.builtIn.map(\.name) {
      let theme = try Self.theme(name)
      for role in Role.allCases {
        guard let wanted = theme.contrastWanted(of: role) else { continue }
        let ratio = try #require(theme.contrast(of: role, at: depth))
        #expect(ratio >= wanted, "\(name), \(role.rawValue): \(ratio)")
      }
    }
  }

  @Test("holds with the colours of other terminals than xterm", arguments: [ColorDepth.indexed16, .indexed8])
  func elsewhere(depth: ColorDepth) throws {
    for name in Themes.builtIn.map(\.name) {
      let theme = try Self.theme(name)
      for role in Role.allCases where role.needs != .nothing {
        for (terminal, colors) in [("Linux console", TerminalColors.linux), ("Solarized", .solarized)] {
          let ratio = try #require(theme.contrast(of: role, at: depth, in: colors))
          #expect(ratio >= Theme.apart, "\(name), \(role.rawValue) on \(terminal): \(ratio)")
        }
      }
    }
  }

  @Test("that a theme lacks is mended where colours are chosen anyway, and left as written where they aren't")
  func mended() throws {
    let grey = Style(foreground: ThemeColor(try #require(RGB("#777777"))), background: ThemeColor(.black))
    let faint = Style(foreground: ThemeColor(try #require(RGB("#303030"))), background: ThemeColor(.black))
    let theme = Theme(name: "faint", styles: [.page: grey, .hint: faint], contrast: 6)
    #expect(theme.reduced(.hint, to: .direct).foreground == 0x303030)
    for depth in [ColorDepth.indexed8, .indexed16, .indexed256] {
      #expect(try #require(theme.contrast(of: .hint, at: depth)) >= 6)
      #expect(try #require(theme.contrast(of: .text, at: depth)) >= 6)
    }
  }

  @Test("never depends on bold being bright, or not: no ink but white is bold where colours have names")
  func bold() throws {
    for name in Themes.builtIn.map(\.name) {
      let theme = try Self.theme(name)
      for (role, depth) in Role.allCases.flatMap({ [($0, ColorDepth.indexed8), ($0, .indexed16)] }) {
        let style = theme.reduced(role, on: .dialog, to: depth)
        #expect(!style.attributes.contains(.bold) || [7, 15].contains(style.foreground), "\(name), \(role.rawValue)")
      }
    }
  }

  /// The README's table: the worst of each theme at each depth. Printed, since nothing of it can be wrong alone.
  @Test("is told in a table: the least of any role")
  func table() throws {
    func worst(_ theme: Theme, _ depth: ColorDepth, _ need: Role.Need) -> String {
      let roles = Role.allCases.filter { $0.needs == need }
      let least = roles.compactMap { role in theme.contrast(of: role, at: depth).map { (role, $0) } }.min {
        $0.1 < $1.1
      }
      return least.map { String(format: "%.2f ", $0.1) + $0.0.rawValue } ?? "-"
    }
    for need in [Role.Need.text, .line] {
      print("least contrast of \(need): theme | 24 bit | 256 | 16 | 8")
      for name in Themes.builtIn.map(\.name) {
        let theme = try Self.theme(name)
        print(name, "|", Self.depths.reversed().map { worst(theme, $0, need) }.joined(separator: " | "))
      }
    }
  }
}
