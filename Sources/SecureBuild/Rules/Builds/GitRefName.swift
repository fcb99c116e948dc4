/// What git lets a branch or tag be called (`git check-ref-format`).
enum GitRefName {
  static func isLegal(_ name: some StringProtocol) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 255, name != "@", name.first != "-", !name.hasSuffix("."),
      !name.contains(".."), !name.contains("@{"), name.first != "/"
    else { return false }
    guard name.unicodeScalars.allSatisfy({ !$0.isControl && !" ~^:?*[\\".unicodeScalars.contains($0) }) else {
      return false
    }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.first != "." && !$0.hasSuffix(".lock")
    }
  }
}
