/// A workspace as one JSON document, read and found to be one; see ``Store/export(waiting:to:)``.
public struct WorkspaceDocument: Sendable {
  public let header: WorkspaceHeader
  /// The last transaction that it holds.
  public let sequence: Int
  /// A text of a line a record for each kind.
  let records: [RecordKind: (text: [UInt8], count: Int)]
  let history: [JournalLine]

  static func opening(_ header: WorkspaceHeader, sequence: Int) -> [UInt8] {
    let known = [
      #""created":"# + header.created.json, #""format":\#(header.format)"#, #""id":"# + header.id.json,
      #""kind":"# + header.kind.json,
      #""members":"# + String(decoding: JSONValue.object(header.members).canonical, as: UTF8.self),
      #""sequence":\#(sequence)"#,
    ]
    return Array("{\(known.joined(separator: ",")),\"records\":{".utf8)
  }

  /// - Parameter file: what errors call it.
  /// - Throws: ``StoreError/damaged(_:)``, ``StoreError/newerFormat(path:found:known:)``.
  public init(reading bytes: [UInt8], file: String) throws(StoreError) {
    let reading = DocumentReading(source: SourceText(file: file, bytes: Array(bytes.behindMark)))
    (header, sequence, records, history) = try reading.parts()
  }
}

extension String {
  /// As JSON text with its quotes.
  fileprivate var json: String {
    var out: [UInt8] = []
    JSONValue.write(self, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}

/// One look at a document's text.
private struct DocumentReading {
  let source: SourceText

  func parts() throws(StoreError) -> (
    WorkspaceHeader, sequence: Int, records: [RecordKind: (text: [UInt8], count: Int)], history: [JournalLine]
  ) {
    let json: JSONValue
    do throws(JSONFlaw) {
      // A value is deepest in the history: document, entries, entry, changes, change.
      json = try JSONValue(source.bytes[...], enclosing: 5)
    } catch {
      throw source.damaged(atByte: error.offset, flaw(error))
    }
    guard let format = json["format"]?.integer, format > 0 else { throw lacks("format") }
    guard format <= WorkspaceHeader.knownFormat else {
      throw .newerFormat(path: source.file, found: format, known: WorkspaceHeader.knownFormat)
    }
    guard let id = json["id"]?.text else { throw lacks("id") }
    guard let kind = json["kind"]?.text else { throw lacks("kind") }
    guard let created = json["created"]?.text else { throw lacks("created") }
    guard let sequence = json["sequence"]?.integer, sequence > 0 else { throw lacks("sequence") }
    var members: [String: JSONValue] = [:]
    if case .object(let more)? = json["members"] { members = more }
    return (
      WorkspaceHeader(id: id, kind: kind, created: created, members: members), sequence,
      try records(json["records"], upTo: sequence), try history(json["history"], upTo: sequence)
    )
  }

  private func flaw(_ flaw: JSONFlaw) -> Damage.Flaw {
    guard flaw.expected == JSONFlaw.anotherName,
      let name = try? JSONValue.document(in: source.bytes, from: flaw.offset)?.value.text
    else { return .notJSON(expected: flaw.expected) }
    return .duplicate(id: name)
  }

  private func records(
    _ json: JSONValue?, upTo sequence: Int
  ) throws(StoreError) -> [RecordKind: (text: [UInt8], count: Int)] {
    guard case .object(let kinds)? = json else { throw lacks("records") }
    var found: [RecordKind: (text: [UInt8], count: Int)] = [:]
    for (name, list) in kinds.sorted(by: { $0.key < $1.key }) {
      let place: [JSONStep] = [.member("records"), .member(name)]
      guard let kind = RecordKind(read: name), case .array(let records) = list else { throw lacks(name, at: place) }
      var ids: Set<String> = []
      var text: [UInt8] = []
      for (index, record) in records.enumerated() {
        let place = place + [.element(index)]
        guard let id = record["id"]?.text else { throw lacks("id", at: place) }
        guard ids.insert(id).inserted else { throw damaged(.duplicate(id: id), at: place) }
        guard let revision = record["revision"]?.integer, (0...sequence).contains(revision) else {
          throw lacks("revision", at: place)
        }
        guard case .object? = record["value"], let value = record["value"] else { throw lacks("value", at: place) }
        text += Array(#"{"id":"#.utf8)
        JSONValue.write(id, to: &text)
        text += Array(#","revision":\#(revision),"value":"#.utf8)
        value.write(to: &text)
        text += Array("}\n".utf8)
      }
      found[kind] = (text, records.count)
    }
    return found
  }

  private func history(_ json: JSONValue?, upTo sequence: Int) throws(StoreError) -> [JournalLine] {
    guard case .array(let entries)? = json else { throw lacks("history") }
    var lines: [JournalLine] = []
    for (index, entry) in entries.enumerated() {
      let place: [JSONStep] = [.member("history"), .element(index)]
      let text = SourceText(file: source.file, bytes: entry.canonical)
      let line: JournalLine
      do throws(StoreError) {
        line = try JournalLine(reading: 0..<text.bytes.count, of: text, line: 1)
      } catch {
        guard case .damaged(let damage) = error else { throw error }
        throw damaged(damage.flaw, at: place)
      }
      guard line.sequence == index + 1 else { throw damaged(.sequence(expected: index + 1), at: place) }
      lines.append(line)
    }
    guard lines.count == sequence else { throw damaged(.sequence(expected: lines.count + 1), at: [.member("history")]) }
    return lines
  }

  private func lacks(_ member: String, at place: [JSONStep] = []) -> StoreError { damaged(.member(member), at: place) }

  private func damaged(_ flaw: Damage.Flaw, at place: [JSONStep]) -> StoreError {
    let start = source.bytes.firstIndex { $0 > 0x20 } ?? 0
    return source.damaged(atByte: JSONValue.offset(of: place, from: start, in: source.bytes), flaw)
  }
}
