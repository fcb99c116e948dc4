import Glibc

/// The charset of the terminal, as the environment tells it.
enum Locale {
  /// Takes the locale's charset from the environment; whether it is UTF-8. Another one gets ASCII alone.
  ///
  /// A locale that ssh brought along is often not installed here: its charset is taken all the same.
  static func take() -> Bool {
    if setlocale(LC_CTYPE, "") == nil, namesUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
    let name = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
    return isUTF8(name)
  }

  private static var namesUTF8: Bool {
    guard let named = deciding?.value, let dot = named.lastIndex(of: ".") else { return false }
    return isUTF8(named[dot...].dropFirst().prefix { $0 != "@" })
  }

  /// The variable that the charset is taken from: as POSIX has it, the first that is set and not empty.
  static var deciding: (name: String, value: String)? {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = getenv(name), value.pointee != 0 { return (name, String(cString: value)) }
    }
    return nil
  }

  private static func isUTF8(_ charset: some StringProtocol) -> Bool {
    let letters = charset.lowercased().filter { $0 != "-" }
    return letters == "utf8"
  }
}
