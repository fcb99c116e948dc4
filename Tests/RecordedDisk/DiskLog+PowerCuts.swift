extension DiskLog {
  /// The two ends of what a power cut can leave: all that programs saw, and nothing but what is certain.
  package var extremePowerCuts: Set<DiskImage> { [visible, image(keeping: changes.filter(\.isCertain).map(\.change))] }

  /// What a power cut can leave now: whatever is certain, with of all else every subset (for up to `subsetsOf` changes;
  /// beyond that every prefix, each one alone, each one missing, data or names alone), and each write torn: cut off at
  /// some length, filled up with zeros from there, or all zeros up to there.
  /// - Parameter tears: at how many lengths a write is torn, spread over it; all of them where it is shorter, none for 0.
  package func powerCuts(tears: Int, subsetsOf most: Int) -> Set<DiskImage> {
    let all = changes
    let uncertain = all.indices.filter { !all[$0].isCertain }
    var images = Set<DiskImage>()
    for kept in Self.choices(uncertain, all.map(\.change), most) {
      images.insert(
        image(keeping: all.indices.filter { all[$0].isCertain || kept.contains($0) }.map { all[$0].change }))
    }
    for index in uncertain where tears > 0 {
      guard case .write(let inode, let offset, let bytes) = all[index].change else { continue }
      let lengths = Array(stride(from: 0, to: bytes.count, by: max(1, bytes.count / tears))) + [bytes.count - 1]
      for torn in Self.torn(bytes, at: lengths.filter { $0 >= 0 }) {
        let write = DiskChange.write(inode: inode, offset: offset, bytes: torn)
        for others in [true, false] {
          let kept = all.indices.filter { others || $0 == index || all[$0].isCertain }
          images.insert(image(keeping: kept.map { $0 == index ? write : all[$0].change }))
        }
      }
    }
    return images
  }

  /// One of those, by chance: of what is uncertain each is kept or lost, and the last write, if it is kept, perhaps torn.
  package func powerCut(using random: inout some RandomNumberGenerator) -> DiskImage {
    var kept: [DiskChange] = []
    let all = changes
    for (index, entry) in all.enumerated() where entry.isCertain || random.next() % 2 == 0 {
      if index == all.count - 1, !entry.isCertain, case .write(let inode, let offset, let bytes) = entry.change {
        let length = Int(random.next() % UInt64(bytes.count + 1))
        kept.append(.write(inode: inode, offset: offset, bytes: Array(bytes.prefix(length))))
      } else {
        kept.append(entry.change)
      }
    }
    return image(keeping: kept)
  }

  /// What a power cut can leave where the last event is a write, and of that only a part came to the platter: cut off at
  /// every length, at some filled up with zeros from there, or all zeros up to there; with all else that is uncertain and
  /// without. Empty where the last event is no write.
  /// - Parameter zeros: how far apart the lengths with zeros are.
  package func tornLastWrites(zeros: Int) -> Set<DiskImage> {
    guard case .change(.write(let inode, let offset, let bytes))? = events.last else { return [] }
    let before = prefix(events.count - 1)
    let bases = [before.visible, before.image(keeping: before.changes.filter(\.isCertain).map(\.change))]
    var images = Set<DiskImage>()
    let cut = bytes.indices.map { Array(bytes.prefix($0)) }
    for torn in cut + Self.torn(bytes, at: Array(stride(from: 0, to: bytes.count, by: zeros))) {
      for base in bases {
        var image = base
        image.apply(.write(inode: inode, offset: offset, bytes: torn))
        images.insert(image)
      }
    }
    return images
  }

  private static func choices(_ uncertain: [Int], _ changes: [DiskChange], _ most: Int) -> [Set<Int>] {
    guard uncertain.count > most else {
      return (0..<(1 << uncertain.count)).map { bits in
        Set(uncertain.indices.filter { bits >> $0 & 1 == 1 }.map { uncertain[$0] })
      }
    }
    let data = uncertain.filter {
      switch changes[$0] {
      case .write, .truncate: true
      default: false
      }
    }
    let prefixes = (0...uncertain.count).map { Set(uncertain.prefix($0)) }
    let alone = uncertain.map { Set([$0]) }
    let missing = uncertain.map { Set(uncertain).subtracting([$0]) }
    return prefixes + alone + missing + [Set(data), Set(uncertain).subtracting(data)]
  }

  /// A write of which only a part came to the platter.
  private static func torn(_ bytes: [UInt8], at lengths: [Int]) -> [[UInt8]] {
    lengths.flatMap { length in
      let zeros = [UInt8](repeating: 0, count: bytes.count - length)
      return [
        Array(bytes.prefix(length)), bytes.prefix(length) + zeros,
        [UInt8](repeating: 0, count: length) + bytes.dropFirst(length),
      ]
    }
  }
}
