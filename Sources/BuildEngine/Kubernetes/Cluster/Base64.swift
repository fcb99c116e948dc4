import FoundationEssentials

enum Base64 {
  static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
