/// One operation that is to fail.
struct DiskFault: Sendable {
  /// Which one, counted from 0 over all operations, reads too.
  let operation: Int
  /// The system's error number.
  let code: Int32
  /// Whether a write puts half of its bytes on the disk and says so before the next operation fails.
  var writesHalf = false
}
