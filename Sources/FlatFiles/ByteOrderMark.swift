extension Collection<UInt8> {
  /// The text behind the byte order mark of UTF-8 that some editors put before it; all of it where there is none.
  package var behindMark: SubSequence { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...] }
}
