import FoundationEssentials

extension JSONValue {
  /// Anything that encodes as JSON, written in the store's one way.
  package static func canonical(_ value: some Encodable) throws -> [UInt8] {
    try JSONValue(Array(try JSONEncoder().encode(value))[...]).canonical
  }
}
