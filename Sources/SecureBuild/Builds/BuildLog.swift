import FlatFiles

/// The log of one build, as the programs of the build wrote it: bytes, colours and all. It only grows.
public struct BuildLog: Sendable {
  let path: String
  private let file: any OpenFile

  init(_ path: String) throws(FileFault) {
    self.path = path
    file = try POSIXFiles().open(path, .read)
  }

  /// How long it is by now, bytes.
  public var length: Int {
    get throws(Refusal) { try reading { () throws(FileFault) in try file.status().size } }
  }

  /// At most `count` bytes from `offset`; fewer only at its end.
  public func bytes(from offset: Int, count: Int) throws(Refusal) -> [UInt8] {
    guard offset >= 0, count > 0 else { return [] }
    return try reading { () throws(FileFault) in try file.read(at: offset, count: count) }
  }

  /// Its lines by their number. Reads what is there by now, once, from front to end.
  public func lines() throws(Refusal) -> BuildLogLines {
    var lines = BuildLogLines(self)
    try lines.catchUp()
    return lines
  }

  private func reading<Value>(_ body: () throws(FileFault) -> Value) throws(Refusal) -> Value {
    do throws(FileFault) { return try body() } catch { throw Refusal(StoreError.cannotRead(error)) }
  }
}

extension Builds {
  /// The log of a build; empty where it hasn't begun.
  /// - Throws: `Refusal` `NoSuchBuild`.
  public func log(_ id: String) throws(Refusal) -> BuildLog {
    let place = try place(of: id)
    do throws(FileFault) {
      return try BuildLog("\(folders.build(place))/\(BuildFile.log)")
    } catch {
      throw error.isMissing ? .noSuchBuild(id) : Refusal(StoreError.cannotRead(error))
    }
  }
}

extension BuildRecord {
  /// The stage whose program wrote what stands at this place of the log; nil before the first.
  public func stage(ofLogAt offset: Int) -> BuildStage? {
    stages.last { stage in stage.logOffset.map { $0 <= offset } ?? false }?.name
  }
}
