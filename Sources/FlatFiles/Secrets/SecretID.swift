/// The name of a secret's file: 32 hexadecimal digits, fresh for each secret and never used again.
public struct SecretID: Hashable, Sendable, CustomStringConvertible {
  public let text: String

  /// The id that a record refers to; nil where the text can't be one (it becomes a file name).
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    self.text = text
  }

  /// A fresh one.
  package init(using generator: inout some RandomNumberGenerator) {
    let digits = Array("0123456789abcdef".utf8)
    self.text = String(decoding: (0..<32).map { _ in digits[Int(generator.next(upperBound: UInt(16)))] }, as: UTF8.self)
  }

  public var description: String { text }
}
