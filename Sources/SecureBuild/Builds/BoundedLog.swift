import FlatFiles

/// A log that is written up to a limit. What a person looks for in a log that is too long is how it began and how it
/// ended: the beginning is written as it comes; of the rest the last piece is kept and written at the end of the stage,
/// after a line that says how much was left out.
struct BoundedLog: Sendable {
  private let file: any OpenFile
  /// Bytes written.
  private(set) var length: Int
  private let head: Int
  private let tailSize: Int
  private let limit: Int
  private var tail: [UInt8] = []
  private var leftOut = 0
  private var hasSaidSo = false
  private var isAtLineStart = true

  static let longestTail = 1 << 20

  /// Opens it for the one who alone may write to it.
  init(_ path: String, limit: Int, files: any FileOperations = POSIXFiles()) throws(FileFault) {
    file = try files.open(path, .createIfMissing)
    length = try file.status().size
    isAtLineStart = try file.read(at: max(0, length - 1), count: 1).last ?? newline == newline
    self.limit = limit
    tailSize = min(Self.longestTail, limit / 4)
    head = limit - tailSize
  }

  mutating func append(_ bytes: [UInt8]) throws(FileFault) {
    let room = max(0, head - length)
    if room > 0, !bytes.isEmpty { try write(bytes.prefix(room)) }
    guard bytes.count > room else { return }
    if !hasSaidSo {
      hasSaidSo = true
      try say(
        Phrase(
          "The log has reached its limit (\(limit >> 20) MiB): what follows is kept only from its end.",
          "日志已达上限（\(limit >> 20) MiB）：后续内容仅保留末尾部分。"))
    }
    tail += bytes.dropFirst(room)
    // In large steps, so that each byte is moved about once.
    if tail.count > 2 * tailSize { dropFromTail(tail.count - tailSize) }
  }

  /// Writes what is kept of the end.
  mutating func endPart() throws(FileFault) {
    if tail.count > tailSize { dropFromTail(tail.count - tailSize) }
    guard !tail.isEmpty || leftOut > 0 else { return }
    if leftOut > 0 {
      // From the next whole line on.
      if let newline = tail.firstIndex(of: newline) { dropFromTail(newline + 1) }
      try say(Phrase("\(leftOut) bytes of the log were left out here.", "此处省略日志 \(leftOut) 字节。"))
    }
    let kept = tail
    tail = []
    leftOut = 0
    try write(kept[...])
  }

  mutating func finish() throws(FileFault) {
    try endPart()
    try file.syncContents()
  }

  /// A line of its own, in both languages: a log has none.
  mutating func say(_ sentence: Phrase) throws(FileFault) {
    let text = (isAtLineStart ? "" : "\n") + "\u{1b}[0m── acr-console: \(sentence.en) / \(sentence.zh)\n"
    try write(Array(text.utf8)[...])
  }

  private mutating func dropFromTail(_ count: Int) {
    tail.removeFirst(count)
    leftOut += count
  }

  private mutating func write(_ bytes: ArraySlice<UInt8>) throws(FileFault) {
    guard let last = bytes.last else { return }
    try file.writeAll(bytes, at: length)
    length += bytes.count
    isAtLineStart = last == newline
  }
}

private let newline = UInt8(ascii: "\n")
