import FlatFiles
import Foundation
import Glibc
import WorkspaceGenerator

/// What the store costs, each figure beside one of the bare system in the same run.
struct Benchmark {
  /// In instances.
  let sizes: [Int]

  func run() throws {
    let folder = FileManager.default.currentDirectoryPath + "/.build/store-benchmark"
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for size in sizes {
      let path = "\(folder)/\(size)"
      print("\n\(size) instances, a snapshot of them and \(size > 0 ? 500 : 0) changes in the journal")
      do {
        let store = try GeneratedWorkspace(instances: size).create(at: path)
        try measureReading(path, size)
        try measureChanges(store, path, beside: "\(folder)/bare")
      }
      try measureMemory(path)
    }
  }

  private func measureReading(_ path: String, _ size: Int) throws {
    // Without an instance there is no file of them: the manifest is what there is to read.
    let file = "\(path)/snapshot.2/\(size > 0 ? "instance.jsonl" : "manifest.json")"
    let bare = try median(of: 15) { try countLines(file) }
    say("bare read of \(size > 0 ? "the instances' file" : "the manifest"), counting its lines", bare)
    say("open", try median(of: 15) { _ = try Store(opening: path) }, of: bare)
    say("open and index all instances", try median(of: 15) { _ = try indexed(path) }, of: bare)
    say("the same and the first page: 40 rows, five members each", try median(of: 15) { try firstPage(path) }, of: bare)
    let store = try Store(opening: path)
    let copy = "\(path).copy"
    defer { unlink(copy) }
    let written = try median(of: 3) { try writeCopy(of: file, to: copy) }
    say("bare write of a copy of that file, synced", written)
    say("compaction", try median(of: 3) { try store.compact() }, of: written)
    if size > 0 { say(bytesPerRecord: try bytes(in: path), size, changes: GeneratedWorkspace(instances: size).changes) }
  }

  private func firstPage(_ path: String) throws {
    for record in try Store(opening: path).state().records(.instance).prefix(40) {
      for member in ["InstanceName", "InstanceStatus", "InstanceSpecification", "RegionId", "CreateTime"] {
        guard record.text(of: member) != nil else { throw StoreError.notARecord(kind: .instance, id: record.id) }
      }
    }
  }

  private func writeCopy(of file: String, to copy: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: file))
    let descriptor = Glibc.open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.EIO) }
    defer { close(descriptor) }
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count == bytes.count, fdatasync(descriptor) == 0 else { throw POSIXError(.EIO) }
  }

  /// Of the live generation, and of everything with the history.
  private func bytes(in path: String) throws -> (live: Int, all: Int) {
    var (live, all) = (0, 0)
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      guard attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int else {
        continue
      }
      all += size
      if !name.hasPrefix("history/") { live += size }
    }
    return (live, all)
  }

  private func say(bytesPerRecord bytes: (live: Int, all: Int), _ size: Int, changes: Int) {
    print(
      "  on disk: \(bytes.live / size) bytes a record, \(bytes.all / size) with the history of \(size) records made and "
        + "\(changes) changed; a record is \(GeneratedWorkspace.instance(1, status: "RUNNING").canonical.count) bytes of JSON"
    )
  }

  private func countLines(_ file: String) throws {
    let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw POSIXError(.ENOENT) }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    guard let base = buffer.baseAddress, pread(descriptor, base, size, 0) == size else { throw POSIXError(.EIO) }
    var position = 0
    while let found = memchr(base + position, 0x0A, size - position) {
      position = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
  }

  private func indexed(_ path: String) throws -> Int {
    try Store(opening: path).state().records(.instance).count
  }

  /// The store and the bare system take turns, so that both meet the same disk.
  private func measureChanges(_ store: Store, _ path: String, beside file: String) throws {
    let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.EIO) }
    defer { close(descriptor) }
    let id = GeneratedWorkspace.id(1)
    var bare: [Duration] = []
    var changes: [Duration] = []
    var first: [Duration] = []
    let clock = ContinuousClock()
    for round in 0..<150 {
      let value = GeneratedWorkspace.instance(1, status: "\(round)")
      let line = [UInt8](repeating: 0x2E, count: value.canonical.count + 200)
      bare.append(
        clock.measure {
          _ = write(descriptor, line, line.count)
          fdatasync(descriptor)
        })
      changes.append(try clock.measure { try change(store, id, value) })
    }
    for round in 0..<50 {
      let value = GeneratedWorkspace.instance(2, status: "\(round)")
      first.append(
        try clock.measure { try change(try Store(opening: path), GeneratedWorkspace.id(2), value) })
    }
    say("bare append and fdatasync", bare.mean)
    say("a durable change", changes.mean, of: bare.mean)
    say("opening and a first durable change", first.mean, of: bare.mean)
  }

  private func change(_ store: Store, _ id: String, _ value: JSONValue) throws {
    _ = try store.commit(by: GeneratedWorkspace.actor, as: "benchmark", at: GeneratedWorkspace.time(0)) {
      try $0.put(.instance, id, json: value)
    }
  }

  /// In a process of its own: what the generator took would count otherwise.
  private func measureMemory(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["open", path]
    fflush(nil)
    try process.run()
    process.waitUntilExit()
  }

  /// Opens, indexes, peeks and looks one record up, then says what that took.
  static func openOnce(_ path: String) throws {
    let before = residentKiB
    let state = try Store(opening: path).state()
    let records = try state.records(.instance)
    _ = records.prefix(40).map { $0.text(of: "InstanceName") }
    _ = try state.record(.instance, GeneratedWorkspace.id(0))
    print(
      "  memory: \(residentKiB - before) KiB for \(records.count) instances, beside \(before) KiB of the bare program")
  }

  private static var residentKiB: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
  }

  private func median(of rounds: Int, _ body: () throws -> Void) throws -> Duration {
    try (0..<rounds).map { _ in try ContinuousClock().measure(body) }.median
  }

  private func say(_ what: String, _ time: Duration, of bare: Duration? = nil) {
    let milliseconds = (time / .microseconds(1)) / 1000
    let ratio = bare.map { String(format: " = %.2f ×", time / $0) } ?? ""
    print("  \(what): \(String(format: "%.3f", milliseconds)) ms\(ratio)")
  }
}

extension [Duration] {
  fileprivate var median: Duration { isEmpty ? .zero : sorted()[count / 2] }

  /// Without the tenth at each end: a disk has two speeds, and a median would be now the one, now the other.
  fileprivate var mean: Duration {
    let kept = sorted().dropFirst(count / 10).dropLast(count / 10)
    return kept.isEmpty ? .zero : kept.reduce(.zero, +) / kept.count
  }
}

extension RecordKind {
  fileprivate static let instance = RecordKind("instance")
}
