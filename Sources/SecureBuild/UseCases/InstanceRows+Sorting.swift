import FlatFiles

/// A column that instances can be sorted by.
public enum InstanceColumn: String, Sendable, CaseIterable {
  case name
  case status
  case id
  case specification
  case created

  public var title: Phrase {
    switch self {
    case .name: Field.instanceName.title
    case .status: Field.status.title
    case .id: Field.instanceId.title
    case .specification: Field.specification.title
    case .created: Phrase("Created", "创建时间")
    }
  }
}

extension InstanceRows {
  /// All these rows in the order of a column: names and ids as people count (build-2 before build-10, without regard to
  /// case), status and specification in the order of their steps, moments from the oldest. Rows that are the same there
  /// stay in order of creation, and those with nothing to sort by come last, both ways.
  ///
  /// Looks at every row, but decodes none.
  func sorted(by column: InstanceColumn, descending: Bool = false) -> InstanceRows {
    var rows = self
    rows.find(atLeast: .max)
    var keys = SortKeys(count: rows.count)
    for row in 0..<rows.count { keys.append { column.writeKey(of: rows.records[rows.place(of: row)], to: &$0) } }
    return ordered(keys.order(descending: descending).map { Int32(rows.place(of: Int($0))) })
  }
}

extension InstanceColumn {
  /// Bytes that compare as the column's values do; none where there is no value.
  fileprivate func writeKey(of record: Record, to key: inout [UInt8]) {
    func text(_ field: Instance.CodingKeys) -> String { record.text(of: field.rawValue) ?? "" }
    func step<Value: CaseIterable & Equatable>(_ value: Value?) where Value.AllCases.Index == Int {
      if let index = value.flatMap({ Value.allCases.firstIndex(of: $0) }) { key.append(UInt8(index)) }
    }
    switch self {
    case .name: NaturalOrder.write(text(.name), to: &key)
    case .id: NaturalOrder.write(record.id, to: &key)
    case .status: step(InstanceStatus(rawValue: text(.status)))
    case .specification: step(InstanceSpecification(rawValue: text(.specification)))
    case .created:
      let moment = text(.createTime)
      // As this program writes it, the text compares as the moment does; without its Z also where it has no fraction.
      let written = moment.utf8.last == UInt8(ascii: "Z") ? moment : Timestamp(moment)?.description ?? ""
      key += written.utf8.dropLast()
    }
  }
}

/// The keys of many rows, end to end in one piece of memory.
private struct SortKeys {
  private var bytes: [UInt8] = []
  /// Where each key ends.
  private var ends: [Int] = []

  init(count: Int) {
    bytes.reserveCapacity(count * 24)
    ends.reserveCapacity(count)
  }

  mutating func append(_ write: (inout [UInt8]) -> Void) {
    write(&bytes)
    ends.append(bytes.count)
  }

  /// The rows in the order of their keys; what is equal stays as it was, and what is empty is last.
  func order(descending: Bool) -> [Int32] {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        func key(_ row: Int32) -> UnsafeRawBufferPointer {
          let start = row == 0 ? 0 : ends[Int(row) - 1]
          return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<ends[Int(row)]])
        }
        return (0..<Int32(ends.count)).sorted { a, b in
          let (first, second) = (key(a), key(b))
          if first.isEmpty != second.isEmpty { return second.isEmpty }
          let order = NaturalOrder.compare(first, second)
          return order == 0 ? a < b : (order < 0) != descending
        }
      }
    }
  }
}
