import FlatFiles
import FoundationEssentials

/// A record's file as lines: the request, then an event each.
enum BuildLines {
  static func line(of request: BuildRequest) throws(Refusal) -> [UInt8] { try encoded(request) }
  static func line(of event: BuildEvent) throws(Refusal) -> [UInt8] { try encoded(event) }

  /// In the store's own way of writing JSON: nothing in it does anything to a terminal.
  private static func encoded(_ value: some Encodable) throws(Refusal) -> [UInt8] {
    try refusing { try JSONValue.canonical(value) }
  }

  /// What the lines add up to.
  /// - Parameter file: how the file is called where it is damaged.
  static func record(of lines: [ArraySlice<UInt8>], file: String) throws(StoreError) -> BuildRecord {
    guard let first = lines.first else {
      throw .damaged(Damage(file: file, line: 0, column: 0, flaw: .shorter))
    }
    let decoder = JSONDecoder()
    var record = BuildRecord(try decode(BuildRequest.self, first, decoder, file: file, line: 1))
    for (index, line) in lines.dropFirst().enumerated() {
      record.apply(try decode(BuildEvent.self, line, decoder, file: file, line: index + 2))
    }
    return record
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ line: ArraySlice<UInt8>, _ decoder: JSONDecoder, file: String, line number: Int
  ) throws(StoreError) -> Value {
    do {
      return try decoder.decode(type, from: Data(line))
    } catch {
      throw .damaged(Damage(file: file, line: number, column: 0, flaw: .member("")))
    }
  }
}
