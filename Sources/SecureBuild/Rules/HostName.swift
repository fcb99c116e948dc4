/// The rule for host names (RFC 1123): labels of letters, digits and hyphens, 63 each and 253 in all.
enum HostName {
  static func isValid(_ text: some StringProtocol) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 253 else { return false }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    // A name that ends in digits alone is an address that was mistyped.
    if let last = labels.last, last.allSatisfy({ $0.isASCII && $0.isNumber }) { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
        }
    }
  }
}
