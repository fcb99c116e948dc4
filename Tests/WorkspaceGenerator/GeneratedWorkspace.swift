import FlatFiles

/// A big workspace for tests and benchmarks: instances as the vendor's list has them, the bulk of them in a snapshot
/// and the last changes in the journal. The same numbers give the same workspace.
public struct GeneratedWorkspace: Sendable {
  /// How many instances there are.
  public var instances: Int
  /// How many of them were changed, one a transaction, since the snapshot.
  public var changes: Int
  /// `training` or `own`.
  public var kind: String

  public init(instances: Int = 10_000, changes: Int = 500, kind: String = "own") {
    self.instances = instances
    self.changes = changes
    self.kind = kind
  }

  /// Makes it in a folder that isn't there.
  @discardableResult
  public func create(at path: String) throws -> Store {
    let header = WorkspaceHeader(id: "generated", kind: kind, created: Self.time(0))
    let store = try Store.create(at: path, header, by: Self.actor, as: "import", at: Self.time(0)) { transaction in
      for number in 0..<instances {
        try transaction.put(.instance, Self.id(number), json: Self.instance(number, status: Self.status(number)))
      }
    }
    try store.compact()
    for change in 0..<(instances == 0 ? 0 : changes) {
      let number = change * 7919 % instances
      _ = try store.commit(by: Self.actor, as: "import", at: Self.time(change + 1)) { transaction in
        try transaction.put(.instance, Self.id(number), json: Self.instance(number, status: "STOPPED"))
      }
    }
    return store
  }

  public static let actor = "generator@tests"

  public static func id(_ number: Int) -> String {
    let digits = String(number, radix: 36)
    return "cri-" + String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
  }

  /// What `Instance` of the domain encodes to.
  public static func instance(_ number: Int, status: String) -> JSONValue {
    .object([
      "InstanceId": .string(id(number)), "InstanceName": .string(name(number)),
      "RegionId": .string(regions[number % regions.count]), "InstanceStatus": .string(status),
      "InstanceSpecification": .string(specifications[number % specifications.count]),
      "CreateTime": .string(time(number)), "Known": .string("CONFIRMED"), "At": .string(time(number)),
      "By": .string(actor),
    ])
  }

  public static func name(_ number: Int) -> String {
    number % 5 == 0 ? "镜像仓库-\(number)" : "team-\(number % 97)-registry-\(number)"
  }

  static func status(_ number: Int) -> String { number % 11 == 0 ? "STARTING" : "RUNNING" }

  /// A minute after the one before.
  public static func time(_ number: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "2026-\(two(number / 40_320 % 12 + 1))-\(two(number / 1440 % 28 + 1))T\(two(number / 60 % 24))"
      + ":\(two(number % 60)):00.000Z"
  }

  static let regions = [
    "cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen", "cn-zhangjiakou", "cn-chengdu", "cn-hongkong",
    "ap-southeast-1", "eu-central-1", "us-west-1",
  ]
  static let specifications = ["Enterprise_Basic", "Enterprise_Standard", "Enterprise_Advanced"]
}

extension RecordKind {
  fileprivate static let instance = RecordKind("instance")
}
