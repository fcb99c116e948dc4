import FoundationEssentials
import Testing

@testable import BuildEngine

@Suite struct SecretMaskTests {
  static let token = "glpat-aB3_xyz9QRS7tuv"

  private func masked(_ pieces: [String], hiding secrets: [String] = [token]) -> String {
    var mask = SecretMask(secrets)
    var out: [UInt8] = []
    for piece in pieces { out += mask.mask(Array(piece.utf8)) }
    out += mask.end()
    return String(decoding: out, as: UTF8.self)
  }

  @Test func aSecretIsMaskedWhereverPiecesEnd() {
    let text = "token \(Self.token), and again \(Self.token)\(Self.token)!"
    let bytes = Array(text.utf8)
    for size in 1...bytes.count {
      let pieces = stride(from: 0, to: bytes.count, by: size).map { start in
        String(decoding: bytes[start..<min(start + size, bytes.count)], as: UTF8.self)
      }
      #expect(masked(pieces) == "token ••••, and again ••••••••!", "pieces of \(size)")
    }
  }

  @Test(arguments: 0..<7) func aSecretIsMaskedInsideBase64AtAnyPlace(before: Int) {
    let around = String(repeating: "x", count: before)
    let encoded = Data("\(around)\(Self.token)\(around)".utf8).base64EncodedString()
    let shown = masked(["Authorization: Basic \(encoded)\n"])
    #expect(shown.contains("••••"))
    // What is left tells no three letters of it.
    let rest = shown.replacing("••••", with: "")
    #expect(rest.utf8.count <= "Authorization: Basic \n".utf8.count + before * 3 + 8)
  }

  @Test func theHeaderThatGitSendsIsMasked() {
    let header = Data("oauth2:\(Self.token)".utf8).base64EncodedString()
    #expect(!masked([header]).contains(header.suffix(8)))
  }

  @Test func aPasswordIsMaskedAsAURLHasIt() {
    #expect(masked(["https://u:p%40ss%2Fw%C3%B6rd@host"], hiding: ["p@ss/wörd"]) == "https://u:••••@host")
  }

  @Test func whatOnlyBeginsLikeASecretIsKept() {
    #expect(masked(["glpat-aB3_", "no"]) == "glpat-aB3_no")
    #expect(masked(["glpat-aB3_xyz9QRS7tu"]) == "glpat-aB3_xyz9QRS7tu")
  }

  @Test func ofTwoSecretsWithOneBeginningTheLongerIsMasked() {
    #expect(masked(["secret-one", "-more "], hiding: ["secret-one", "secret-one-more"]) == "•••• ")
    #expect(masked(["secret-one", "-mor"], hiding: ["secret-one", "secret-one-more"]) == "••••-mor")
  }

  @Test func withoutSecretsAllPasses() {
    #expect(masked(["a", "b"], hiding: []) == "ab")
    #expect(masked(["abc"], hiding: ["abc"]) == "abc")
  }
}
