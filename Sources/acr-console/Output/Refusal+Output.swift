import SecureBuild
import TerminalUI

extension Refusal {
  /// `Code`, `Field` and `Hop` where there are such, `Vendor` (what the vendor's console would say), `Message`, `Mend`.
  func json(_ language: Language) -> JSONText {
    let object: JSONText = [
      "Code": .string(code.rawValue), "Field": .optional(field?.rawValue), "Hop": .optional(hop?.rawValue),
      "Vendor": .optional(vendor?(language)), "Message": .string(message(language)), "Mend": .string(mend(language)),
    ]
    return object.withoutNulls
  }

  /// The vendor's own sentence first where it has one, then ours: what, at which hop or field, and the mend.
  func lines(_ language: Language) -> String {
    var lines: [String] = []
    if let vendor { lines.append(vendor(language)) }
    let place = [hop?.title(language), field?.rawValue].compactMap(\.self).first
    let mark = place.map { "\(code.rawValue), \($0)" } ?? code.rawValue
    lines.append("\(message(language)) [\(mark)]")
    lines.append(Phrase("→ \(mend.en)", "→ \(mend.zh)")(language))
    return lines.map { Printable.text($0) + "\n" }.joined()
  }
}
