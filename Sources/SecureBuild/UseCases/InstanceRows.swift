import FlatFiles

/// One line of the instance list, read by peeking at its record.
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
  let records: RecordList
  private let region: String?
  private let search: TextSearch?
  /// Places in `records`, in the order of the rows; nil where every record is a row.
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

  /// The same rows in another order, all of them found.
  func ordered(_ places: [Int32]) -> InstanceRows {
    var rows = self
    rows.found = places
    rows.scanned = records.count
    return rows
  }

  func place(of row: Int) -> Int { found.map { Int($0[row]) } ?? row }

  private func matches(_ record: Record) -> Bool {
    if let region, !record.isText(region, of: Field.regionId.rawValue) { return false }
    return search?.matches(record) ?? true
  }
}

extension TextSearch {
  /// Whether an instance's id or name contains the text.
  func matches(_ record: Record) -> Bool {
    matches(record.id) || matches(record.text(of: Field.instanceName.rawValue) ?? "")
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

  /// The instances of a region, or all, whose name or id contains a text. Unsorted, nothing is looked at yet.
  public func instanceRows(
    in region: String?, matching text: String, sortedBy column: InstanceColumn? = nil, descending: Bool = false
  ) throws(Refusal) -> InstanceRows {
    let rows = try refusing { InstanceRows(try state.records(.instance), in: region, matching: text) }
    return column.map { rows.sorted(by: $0, descending: descending) } ?? rows
  }
}
