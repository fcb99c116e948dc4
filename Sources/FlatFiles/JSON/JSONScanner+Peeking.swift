import Glibc

extension JSONScanner {
  /// In an object with no object or array in it, goes to the text of a member by the bytes of its name alone: a name
  /// between plain quotes, after a brace or comma and before a colon, can't stand inside a string, whose quotes are
  /// escaped. Most records are such objects, and this is many times faster than walking over them.
  /// - Returns: false where it isn't as simple as that; nothing is consumed then.
  mutating func goToFlatMember(_ member: String) -> Bool {
    guard let base = rest.baseAddress, rest.count > 2 else { return false }
    let inside = base + 1
    let count = rest.count - 1
    guard memchr(inside, Int32(UInt8(ascii: "{")), count) == nil, memchr(inside, Int32(UInt8(ascii: "[")), count) == nil
    else { return false }
    var member = member
    return member.withUTF8 { name in
      guard let wanted = name.baseAddress, let first = name.first else { return false }
      var from = 0
      while from < count, let found = memchr(inside + from, Int32(first), count - from) {
        let place = inside.distance(to: found.assumingMemoryBound(to: UInt8.self))
        let after = place + name.count
        if place >= 1, after + 2 < count, memcmp(inside + place, wanted, name.count) == 0,
          inside[place - 1] == UInt8(ascii: "\""), inside[after] == UInt8(ascii: "\""),
          inside[after + 1] == UInt8(ascii: ":"), inside[after + 2] == UInt8(ascii: "\""), begins(inside, place - 2)
        {
          jump(by: 1 + after + 2)
          return true
        }
        from = place + 1
      }
      return false
    }
  }

  /// Whether a member's quote may stand after this byte; before the first there is the object's own brace.
  private func begins(_ inside: UnsafePointer<UInt8>, _ place: Int) -> Bool {
    place < 0 || inside[place] == UInt8(ascii: ",")
  }
}
