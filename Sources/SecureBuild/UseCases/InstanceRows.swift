import FlatFiles

/// One line of the instance list, read by peeking at its record: a word that this version doesn't know is nil.
public struct InstanceRow: Sendable, Equatable, Identifiable {
  public let id: String
  public let name: String
  public let regionId: String
  public let status: InstanceStatus?
  public let specification: InstanceSpecification?
  /// When it was made at the vendor's, where that is known.
  public let created: Timestamp?

  init(peeking record: Record) {
    func text(_ key: Instance.CodingKeys) -> String { record.text(of: key.rawValue) ?? "" }
    id = record.id
    name = text(.name)
    regionId = text(.regionId)
    status = InstanceStatus(rawValue: text(.status))
    specification = InstanceSpecification(rawValue: text(.specification))
    created = Timestamp(text(.createTime))
  }
}

/// Instances in order of creation, found lazily: a page finds as many as it shows, draws, and goes on later. Nothing
/// is decoded; a row is read from its record's text when it is asked for.
public struct InstanceRows: Sendable {
  private let records: RecordList
  private let region: String?
  private let search: TextSearch?
  /// Places in `records`; nil where every record is a row.
  private var found: [Int32]?
  private var scanned = 0

  init(_ records: RecordList, in region: String?, matching text: String) {
    self.records = records
    self.region = region
    search = TextSearch(text)
    found = region == nil && search == nil ? nil : []
  }

  /// The rows found so far.
  public var count: Int { found?.count ?? records.count }

  /// Whether there are no more to be found.
  public var isComplete: Bool { found == nil || scanned == records.count }

  /// Looks on until so many rows are found, or all (`.max`).
  public mutating func find(atLeast rows: Int) {
    guard var found else { return }
    self.found = nil
    while found.count < rows, scanned < records.count {
      if matches(records[scanned]) { found.append(Int32(scanned)) }
      scanned += 1
    }
    self.found = found
  }

  /// The row of an instance, looking on as far as needed; nil where it isn't among them.
  public mutating func find(_ id: String) -> Int? {
    var row = 0
    while true {
      while row < count {
        if records[place(of: row)].id == id { return row }
        row += 1
      }
      if isComplete { return nil }
      find(atLeast: count + 64)
    }
  }

  public subscript(row: Int) -> InstanceRow { InstanceRow(peeking: records[place(of: row)]) }

  private func place(of row: Int) -> Int { found.map { Int($0[row]) } ?? row }

  private func matches(_ record: Record) -> Bool {
    if let region, record.text(of: Field.regionId.rawValue) != region { return false }
    guard let search else { return true }
    return search.matches(record.id) || search.matches(record.text(of: Field.instanceName.rawValue) ?? "")
  }
}

/// Looks for a text in others, without regard to case.
struct TextSearch: Sendable {
  private let wanted: [UInt8]

  /// Nil where there is nothing to look for.
  init?(_ text: String) {
    wanted = Array(text.trimmed.lowercased().utf8)
    if wanted.isEmpty { return nil }
  }

  func matches(_ text: String) -> Bool {
    var text = text.lowercased()
    return text.withUTF8 { bytes in
      guard bytes.count >= wanted.count else { return false }
      return (0...(bytes.count - wanted.count)).contains { start in
        wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
      }
    }
  }
}

extension Reading {
  /// How many instances each region has.
  public func instanceCounts() throws(Refusal) -> [String: Int] {
    try refusing {
      var counts: [String: Int] = [:]
      for record in try state.records(.instance) {
        counts[record.text(of: Field.regionId.rawValue) ?? "", default: 0] += 1
      }
      return counts
    }
  }

  /// The instances of a region, or all, whose name or id contains a text. Nothing is looked at yet.
  public func instanceRows(in region: String?, matching text: String) throws(Refusal) -> InstanceRows {
    try refusing { InstanceRows(try state.records(.instance), in: region, matching: text) }
  }
}
