/// One sentence or word in every language. Both stand side by side, so that neither can be forgotten.
public struct Phrase: Sendable, Hashable {
  public let en: String
  public let zh: String

  public init(_ en: String, _ zh: String) {
    self.en = en
    self.zh = zh
  }

  public func callAsFunction(_ language: Language) -> String { language == .chinese ? zh : en }

  /// The two, one after the other: Chinese sentences need no space between them.
  public static func + (a: Phrase, b: Phrase) -> Phrase {
    Phrase(a.en.isEmpty ? b.en : b.en.isEmpty ? a.en : a.en + " " + b.en, a.zh + b.zh)
  }

  /// A word of the vendor's as it is; where there is none, that it isn't known.
  public static func orUnknown(_ word: String) -> Phrase { word.isEmpty ? Phrase("unknown", "未知") : Phrase(word, word) }

  /// The same without control characters, which words from outside may hold.
  var withoutControls: Phrase {
    guard en.unicodeScalars.contains(where: \.isControl) || zh.unicodeScalars.contains(where: \.isControl) else {
      return self
    }
    return Phrase(en.withoutControls, zh.withoutControls)
  }
}

extension Phrase: Codable {}
