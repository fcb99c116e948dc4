import FlatFiles

/// What a probe script printed, read. It comes from outside: nothing in it is believed but what its form allows.
public struct ProbeOutput: Sendable, Equatable {
  let name: String
  let instanceId: String
  let linkId: String
  let host: String
  let source: IPAddress?
  let triedAt: Timestamp
  let tries: [ProbeTry]
  let missing: [String]
  /// The lines that name the instance, the link and the time, and those of the tries: for what only a workspace can judge.
  let lines: (instance: Int, link: Int, time: Int, tries: [Int])

  public static func == (a: Self, b: Self) -> Bool {
    a.instanceId == b.instanceId && a.linkId == b.linkId && a.host == b.host && a.source == b.source
      && a.triedAt == b.triedAt && a.tries == b.tries && a.missing == b.missing
  }

  /// More than a script prints for the longest of links.
  public static let mostBytes = 256 << 10

  /// - Parameter name: what a person calls the file; `-` for standard input.
  /// - Throws: `Refusal` `InvalidProbe` that names file, line and column: also of what is torn or no such output.
  public init(reading bytes: [UInt8], name: String) throws(Refusal) {
    var reader = try ProbeReader(bytes, name: name)
    let version = try reader.take("acr-console-probe", count: 1)
    guard version.fields[0] == String(ProbeScript.format) else {
      throw reader.refusal(
        version.line, version.column(of: 0),
        Phrase("version \(version.fields[0]) of the output isn't known here", "不支持的输出格式版本 \(version.fields[0])"))
    }
    let instance = try reader.take("instance", count: 1)
    let link = try reader.take("link", count: 1)
    let host = try reader.take("host", count: 1)
    let source = try reader.take("source", count: 1)
    let time = try reader.take("time", count: 1)
    guard let triedAt = Timestamp(time.fields[0]) else {
      throw reader.refusal(
        time.line, time.column(of: 0), Phrase("this is no time (2026-11-24T17:30:00Z)", "不是有效时间（2026-11-24T17:30:00Z）"))
    }
    let address = IPAddress(source.fields[0])
    guard address != nil || source.fields[0] == "unknown" else {
      throw reader.refusal(source.line, source.column(of: 0), Phrase("this is no IP address", "不是 IP 地址"))
    }
    var missing: [String] = []
    while reader.next?.word == "missing" { missing.append(try reader.take("missing", count: 1).fields[0]) }
    var tries: [ProbeTry] = []
    var places: [Int] = []
    while let row = reader.next, row.word == "try" {
      tries.append(try reader.attempt(try reader.take("try", count: 6)))
      places.append(row.line)
    }
    try reader.close()
    self.name = name
    (instanceId, linkId, self.host) = (instance.fields[0], link.fields[0], host.fields[0])
    (self.source, self.triedAt, self.tries, self.missing) = (address, triedAt, tries, missing)
    lines = (instance.line, link.line, time.line, places)
  }

  /// Why a line makes no sense here.
  func refusal(_ line: Int, column: Int, _ what: Phrase) -> Refusal {
    ProbeReader.refusal(name, line, column, what)
  }
}

/// The lines of an output, one after the other.
private struct ProbeReader {
  private let name: String
  private var rows: ArraySlice<Row>
  private var taken = 0
  /// Where the output ends, for what is missing at its end.
  private let end: (line: Int, column: Int)

  /// A line: its word, and what follows it between tabs.
  struct Row {
    let line: Int
    let word: String
    let fields: [String]
    fileprivate let starts: [Int]

    func column(of field: Int) -> Int { starts[field + 1] }
  }

  init(_ bytes: [UInt8], name: String) throws(Refusal) {
    self.name = name
    guard bytes.count <= ProbeOutput.mostBytes else {
      throw Self.refusal(
        name, 1, 1,
        Phrase("it is larger than any probe script's output", "文件大于探测脚本可能的输出"))
    }
    let text = bytes.behindMark
    var rows: [Row] = []
    var count = 0
    for piece in text.split(separator: 10, omittingEmptySubsequences: false) {
      count += 1
      var starts: [Int] = []
      var column = 1
      let fields = piece.split(separator: 9, omittingEmptySubsequences: false).map { field in
        let raw = String(decoding: field, as: UTF8.self)
        starts.append(column)
        column += raw.unicodeScalars.count + 1
        // A carriage return, as terminals and other systems end lines with, is a control character too.
        return String(raw.withoutControls.prefix(255))
      }
      if fields == [""] { continue }
      rows.append(Row(line: count, word: fields[0], fields: Array(fields.dropFirst()), starts: starts))
    }
    self.rows = rows[...]
    end = (max(1, count), 1)
  }

  var next: Row? { rows.first }

  func refusal(_ line: Int, _ column: Int, _ what: Phrase) -> Refusal { Self.refusal(name, line, column, what) }

  static func refusal(_ name: String, _ line: Int, _ column: Int, _ what: Phrase) -> Refusal {
    Refusal(
      .invalidProbe, message: Phrase("\(name):\(line):\(column): \(what.en).", "\(name):\(line):\(column)：\(what.zh)。"),
      mend: Phrase(
        "Nothing was stored. Give what the script of `acr-console gitlab probe-script` printed, whole.",
        "未保存任何内容。请提供 `acr-console gitlab probe-script` 所生成脚本的完整输出。"))
  }

  /// The next line, which must begin with this word and have so many fields.
  mutating func take(_ word: String, count: Int) throws(Refusal) -> Row {
    guard let row = rows.first else {
      throw refusal(end.line, end.column, Phrase("it ends before “\(word)”: it is torn", "内容不完整：在“\(word)”之前结束"))
    }
    guard row.word == word else {
      throw refusal(row.line, 1, Phrase("“\(word)” is expected here", "此处应为“\(word)”"))
    }
    guard row.fields.count == count else {
      throw refusal(
        row.line, 1,
        Phrase(
          "“\(word)” has \(count) field\(count == 1 ? "" : "s") between tabs, not \(row.fields.count)",
          "“\(word)”应有 \(count) 个以制表符分隔的字段，而不是 \(row.fields.count) 个"))
    }
    if let empty = row.fields.indices.first(where: { row.fields[$0].isEmpty && !(word == "try" && $0 == 5) }) {
      throw refusal(row.line, row.column(of: empty), Phrase("there is nothing here", "此处内容为空"))
    }
    rows.removeFirst()
    taken += 1
    return row
  }

  func attempt(_ row: Row) throws(Refusal) -> ProbeTry {
    func wrong(_ field: Int, _ en: String, _ zh: String) -> Refusal {
      refusal(row.line, row.column(of: field), Phrase(en, zh))
    }
    let fields = row.fields
    guard let ip = IPv4Address(fields[0]) else { throw wrong(0, "this is no IPv4 address", "不是 IPv4 地址") }
    let port = number(fields[1], upTo: 65535)
    guard port.map({ $0 > 0 }) ?? (fields[1] == "-") else { throw wrong(1, "this is no port", "不是端口") }
    guard let step = ProbeStep.allCases.first(where: { $0.word == fields[2] }) else {
      throw wrong(2, "this is no step of a try (name, connect, tls, http)", "不是测试步骤（name、connect、tls、http）")
    }
    guard let outcome = ProbeOutcome.allCases.first(where: { $0.word == fields[3] }) else {
      throw wrong(
        3, "this is no outcome (passed, refused, timeout, unreachable, failed, untried)",
        "不是测试结果（passed、refused、timeout、unreachable、failed、untried）")
    }
    let milliseconds = number(fields[4], upTo: 86_400_000)
    guard milliseconds != nil || fields[4] == "-" else {
      throw wrong(4, "this is no number of milliseconds", "不是毫秒数")
    }
    return ProbeTry(
      ip: ip, port: port, step: step, outcome: outcome, milliseconds: milliseconds,
      detail: String(fields[5].trimmed.prefix(200)))
  }

  private func number(_ text: String, upTo most: Int) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), number <= most else {
      return nil
    }
    return number
  }

  /// The last line counts those before it.
  mutating func close() throws(Refusal) {
    guard let row = rows.first else {
      throw refusal(end.line, end.column, Phrase("it ends before “end”: it is torn", "内容不完整：在“end”之前结束"))
    }
    guard row.word == "end" else {
      throw refusal(row.line, 1, Phrase("“try” or “end” is expected here", "此处应为“try”或“end”"))
    }
    let before = taken
    _ = try take("end", count: 1)
    guard number(row.fields[0], upTo: ProbeOutput.mostBytes) == before else {
      throw refusal(
        row.line, row.column(of: 0),
        Phrase(
          "\(before) lines stand before it, and it counts \(row.fields[0])", "前面有 \(before) 行，而此处记为 \(row.fields[0])"))
    }
    if let more = rows.first {
      throw refusal(more.line, 1, Phrase("there is more after “end”", "“end”之后还有内容"))
    }
  }
}
