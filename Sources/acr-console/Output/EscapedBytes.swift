/// Bytes that may be no text, as a person can read and a shell can be given them: `caf\xe9`.
enum EscapedBytes {
  static func text(of bytes: UnsafePointer<CChar>) -> String {
    var rest: [UInt8] = []
    var next = bytes
    while next.pointee != 0 {
      rest.append(UInt8(bitPattern: next.pointee))
      next += 1
    }
    return text(of: rest)
  }

  static func text(of bytes: [UInt8]) -> String {
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      // No character has more than four.
      let whole = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
      text += whole ?? "\\x" + String(byte, radix: 16)
      rest = rest.dropFirst(whole?.utf8.count ?? 1)
    }
    return text
  }
}
