import SecureBuild

/// The rules for what git is given by name: nothing that it could take for more than that.
enum GitName {
  /// `refs/heads/main`; nil where no branch or tag can be called that.
  static func reference(_ name: String, _ type: PushType) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, name.utf8.count <= 1024, !name.contains(".."), !name.contains("@{"), name.last != ".",
      name.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f && !"~^:?*[\\".unicodeScalars.contains($0) }
      ),
      parts.allSatisfy({ !$0.isEmpty && $0.first != "." && !$0.hasSuffix(".lock") })
    else { return nil }
    return (type == .branch ? "refs/heads/" : "refs/tags/") + name
  }

  /// 40 hexadecimal digits, or 64 where a repository uses SHA-256.
  static func isCommit(_ text: some StringProtocol) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// A project's path: what a URL can have as it is.
  static func isProject(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count >= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
              || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+")].contains(byte)
          }
      }
  }
}
