import FlatFiles
import Glibc

/// Another process that changes a workspace, for tests that race or kill it.
struct Writer {
  let path: String
  let name: String

  /// Prints the sequence number of each change once it is acknowledged; compacts now and then.
  func run(count: Int) throws {
    let store = try Store(opening: path)
    let kind = RecordKind("writer")
    for number in 1...max(1, count) {
      let committed = try store.commit(by: name, as: "count", at: "2026-11-24T20:00:00Z") { transaction in
        let last = try transaction.record(kind, name)?.value()["Count"]?.integer ?? 0
        try transaction.put(kind, name, json: .object(["Count": .number(String(last + 1))]))
        return last + 1
      }
      print(committed.sequence ?? 0, committed.value)
      fflush(nil)
      if number % 50 == 0 { try store.compact() }
    }
  }
}
