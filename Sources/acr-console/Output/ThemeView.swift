import Console
import SecureBuild
import TerminalUI

/// A theme of the catalogue as it is listed.
struct ThemeView: Presentable {
  let name: String
  /// The file of one's own; nil for a built-in theme.
  let file: String?
  let isCurrent: Bool
  /// Nil when its file can't be used.
  let theme: Theme?
  let problems: [ThemeProblem]

  init(_ name: String, in catalogue: ThemeCatalogue, current: String) {
    self.name = name
    file = catalogue.file(of: name)
    isCurrent = name == current
    (theme, problems) = catalogue.theme(named: name)
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Name", "名称")) { view, _ in view.name },
      Column(Phrase("Source", "来源"), width: .max) { view, language in view.file ?? Phrase("built in", "内置")(language) },
      Column(Phrase("Current", "当前")) { view, language in view.isCurrent ? Phrase("yes", "是")(language) : "" },
      Column(Phrase("Problems", "问题")) { view, _ in view.problems.isEmpty ? "" : String(view.problems.count) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Name": .string(name), "Source": file == nil ? "BUILT_IN" : "FILE", "File": .optional(file),
      "Current": .bool(isCurrent),
      "Problems": .array(
        problems.map {
          ["File": .string($0.file), "Line": .number($0.line), "Message": .string($0.text(language))]
        }),
    ]
  }

  /// How each role looks, and its contrast at each number of colours: a text with one place after the point.
  func roles(of theme: Theme) -> JSONText {
    .array(
      Role.allCases.map { role in
        let style = theme.style(role)
        let base: JSONText = [
          "Role": .string(role.rawValue), "Foreground": .optional(style.foreground?.rgb.hex),
          "Background": .optional(style.background?.rgb.hex),
          "Attributes": .array(style.attributes.names.map { .string($0) }),
        ]
        let members = ThemePreview.depths.map { depth in
          JSONText.Member(
            name: depth.title, value: .optional(theme.contrast(of: role, at: depth.depth).map(ThemePreview.ratio)))
        }
        return base.adding(["Contrast": .object(members)])
      })
  }
}
