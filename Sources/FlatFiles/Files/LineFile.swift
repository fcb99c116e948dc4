/// A file of lines that only grows, beside the journal. A line is there once its newline is: what a crash left after
/// the last one was never said to be written, and no reader sees it.
package struct LineFile: Sendable {
  private let file: any OpenFile
  private var length: Int

  /// Opens it for the one who alone may write to it, and cuts off what a crash left of a line.
  package init(appendingTo path: String, files: any FileOperations = POSIXFiles()) throws(FileFault) {
    file = try files.open(path, .readWrite)
    let bytes = try file.read(at: 0, count: try file.status().size)
    length = Self.wholeLines(bytes)
    if length < bytes.count { try file.truncate(to: length) }
  }

  /// Writes a line and makes it durable. What of it couldn't be written is cut off again.
  package mutating func append(_ line: [UInt8]) throws(FileFault) {
    let bytes = line + [newline]
    do throws(FileFault) {
      try file.writeAll(bytes[...], at: length)
    } catch {
      try? file.truncate(to: length)
      throw error
    }
    length += bytes.count
    try file.syncContents()
  }

  /// The whole lines of a file, without their newlines.
  package static func lines(of path: String, files: any FileOperations = POSIXFiles()) throws(FileFault)
    -> [ArraySlice<UInt8>]
  {
    let file = try files.open(path, .read)
    let bytes = try file.read(at: 0, count: try file.status().size)
    return bytes[..<wholeLines(bytes)].split(separator: newline, omittingEmptySubsequences: false).dropLast()
  }

  /// How many bytes there are up to the last newline.
  private static func wholeLines(_ bytes: [UInt8]) -> Int { (bytes.lastIndex(of: newline) ?? -1) + 1 }
}

private let newline = UInt8(ascii: "\n")
