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
    let values = ["LC_ALL", "LC_CTYPE", "LANG"].map { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    guard let named = values.first(where: { !$0.isEmpty }), let dot = named.lastIndex(of: ".") else { return false }
    return isUTF8(named[dot...].dropFirst().prefix { $0 != "@" })
  }

  private static func isUTF8(_ charset: some StringProtocol) -> Bool {
    let letters = charset.lowercased().filter { $0 != "-" }
    return letters == "utf8"
  }
}
