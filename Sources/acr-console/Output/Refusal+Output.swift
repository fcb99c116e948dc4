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
  /// - Parameter isPlain: words instead of signs, to be read aloud.
  func lines(_ language: Language, isPlain: Bool = false) -> String {
    var lines: [String] = []
    if let vendor {
      lines.append((isPlain ? Phrase("The vendor's console says: ", "厂商控制台提示：")(language) : "") + vendor(language))
    }
    let place = [hop?.title(language), field?.rawValue].compactMap(\.self).first
    let mark = place.map { "\(code.rawValue), \($0)" } ?? code.rawValue
    lines.append("\(message(language)) [\(mark)]")
    lines.append(
      (isPlain ? Phrase("What to do: \(mend.en)", "处理方法：\(mend.zh)") : Phrase("→ \(mend.en)", "→ \(mend.zh)"))(language)
    )
    return lines.map { Printable.text($0) + "\n" }.joined()
  }
}
