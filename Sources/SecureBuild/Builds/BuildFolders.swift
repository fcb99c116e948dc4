/// Where everything of a workspace's builds is.
struct BuildFolders: Sendable {
  let workspace: String
  let all: String

  init(workspace: String) {
    self.workspace = workspace
    all = "\(workspace)/builds"
  }

  var queue: String { "\(all)/queue" }
  var queueLock: String { "\(all)/queue.lock" }
  var new: String { "\(all)/new" }
  var runnerLock: String { "\(all)/runner.lock" }
  var runnerLog: String { "\(all)/runner.log" }

  func instance(_ folder: String) -> String { "\(all)/\(folder)" }
  func build(_ place: BuildPlace) -> String { "\(all)/\(place.instanceFolder)/\(place.id)" }
  func entry(_ place: BuildPlace) -> String { "\(queue)/\(place.entry)" }

  /// What is in `all` and no instance's folder.
  static let own: Set<String> = ["queue", "queue.lock", "new", "runner.lock", "runner.log", "runner.log.1"]
}

/// The files of one build's folder.
enum BuildFile {
  static let record = "record.jsonl"
  static let log = "log"
  static let lease = "lease"
  static let cancel = "cancel"
}

/// Where one build is: its id, and the name of its instance's folder.
struct BuildPlace: Hashable, Sendable {
  let id: String
  let instanceFolder: String

  init(id: String, instanceFolder: String) {
    self.id = id
    self.instanceFolder = instanceFolder
  }

  init(_ request: BuildRequest) {
    self.init(id: request.id, instanceFolder: Self.folder(of: request.instanceId))
  }

  /// What the queue calls it. Neither part has a tilde.
  var entry: String { "\(id)~\(instanceFolder)" }

  init?(entry: String) {
    let parts = entry.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, Self.isId(parts[0]), !parts[1].isEmpty else { return nil }
    self.init(id: parts[0], instanceFolder: parts[1])
  }

  /// Whether it can be a build's id: it is a folder's name as it stands.
  static func isId(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100 && text.utf8.first != UInt8(ascii: ".") && text.utf8.allSatisfy(isPlain)
  }

  /// An instance's id as a folder's name: ids come from imports, so what isn't plain is written as its number.
  static func folder(of instanceId: String) -> String {
    var bytes: [UInt8] = []
    func escape(_ byte: UInt8) {
      bytes.append(UInt8(ascii: "%"))
      bytes += [byte >> 4, byte & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "A") + $0 - 10 }
    }
    let isOwn = BuildFolders.own.contains(instanceId)
    for (place, byte) in instanceId.utf8.enumerated() {
      if isPlain(byte), place > 0 || byte != UInt8(ascii: ".") && !isOwn { bytes.append(byte) } else { escape(byte) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.count > longest else { return text.isEmpty ? "%" : text }
    // A name that no file could have: its beginning, and a number that stands for all of it (FNV-1a).
    let hash = instanceId.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\(text.prefix(longest - 20))%%\(String(hash, radix: 16))"
  }

  private static let longest = 120

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
