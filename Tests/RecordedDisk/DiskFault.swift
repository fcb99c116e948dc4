/// One operation that is to fail.
package struct DiskFault: Sendable {
  package enum Operation: Sendable {
    /// Counted from 0 over all operations, reads too.
    case number(Int)
    /// The how-manieth call of that name, counted from 0, on files whose name ends so.
    case call(String, on: String, Int = 0)
    /// The how-manieth sync of anything, counted from 0.
    case sync(Int)
  }

  var operation: Operation
  /// The system's error number.
  let code: Int32
  /// Whether a write puts half of its bytes on the disk and says so before the next one fails.
  var writesHalf = false

  package init(operation: Operation, code: Int32, writesHalf: Bool = false) {
    self.operation = operation
    self.code = code
    self.writesHalf = writesHalf
  }

  /// Whether the operation that comes now is the one.
  mutating func isDue(_ number: Int, _ call: String, _ path: String) -> Bool {
    switch operation {
    case .number(let wanted): return wanted == number
    case .call(let wanted, let name, let left):
      guard wanted == call, path.hasSuffix(name) else { return false }
      operation = .call(wanted, on: name, left - 1)
      return left == 0
    case .sync(let left):
      guard call == "fsync" || call == "fdatasync" else { return false }
      operation = .sync(left - 1)
      return left == 0
    }
  }
}
