/// One step into a JSON value.
package enum JSONStep: Hashable, Sendable {
  case member(String)
  case element(Int)
}

extension JSONValue {
  /// The next of the values that stand one after the other in a text, and the bytes from its first to behind its last.
  /// - Parameter place: behind the value before it.
  /// - Returns: nil where only white space is left.
  package static func document(in bytes: [UInt8], from place: Int) throws(JSONFlaw) -> (
    value: JSONValue, range: Range<Int>
  )? {
    let outcome = bytes.withUnsafeBufferPointer {
      (buffer) -> Result<(value: JSONValue, range: Range<Int>)?, JSONFlaw> in
      do throws(JSONFlaw) {
        var scanner = JSONScanner(buffer, in: place..<buffer.count)
        guard scanner.next() != nil else { return .success(nil) }
        let start = scanner.position
        return .success((try scanner.value(), start..<scanner.position))
      } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  /// The byte that a part of a value begins at, or the nearest whole around it.
  /// - Parameter offset: where the value begins; it has been read before.
  package static func offset(of path: [JSONStep], from offset: Int, in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var place = offset
      for step in path {
        var scanner = JSONScanner(buffer, in: place..<buffer.count)
        var found: Int?
        switch step {
        case .member(let name):
          try? scanner.members { (scanner, key) throws(JSONFlaw) in
            _ = scanner.next()
            if scanner.matches(key, name) { found = scanner.position }
            try scanner.stepOver()
          }
        case .element(let wanted):
          var index = 0
          try? scanner.elements { (scanner) throws(JSONFlaw) in
            _ = scanner.next()
            if index == wanted { found = scanner.position }
            index += 1
            try scanner.stepOver()
          }
        }
        guard let found else { return place }
        place = found
      }
      return place
    }
  }
}
