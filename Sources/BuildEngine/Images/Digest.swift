import Crypto

/// The SHA-256 of some bytes, as images name their parts by: `sha256:` and 64 hexadecimal digits.
struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The 64 digits.
  let hex: String

  /// Reads `sha256:…`; nil for anything else. What it names a file by is safe as a file's name.
  init?(_ text: some StringProtocol) {
    guard text.hasPrefix("sha256:") else { return nil }
    let hex = text.dropFirst("sha256:".count)
    guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    self.hex = String(hex)
  }

  init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

  init(_ hash: SHA256.Digest) {
    let digits = Array("0123456789abcdef".utf8)
    hex = String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  var description: String { "sha256:\(hex)" }
}

extension Digest: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no SHA-256 digest")
    }
    self = digest
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
