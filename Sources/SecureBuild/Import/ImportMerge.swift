import FlatFiles
import FoundationEssentials

/// Puts answers of the vendor's together with what is known already: members of an answer replace those of the record,
/// others stay.
struct ImportMerge {
  private let request: ImportRequest
  private let stored: any Records
  private let stamp: (at: Timestamp, by: String)
  private let progress: @Sendable (ImportProgress) -> Void
  private var drafts: [Target: Draft] = [:]
  private var order: [Target] = []
  /// Tables of which all entries were answered.
  private var wholeTables: Set<String> = []
  /// Tables of which an entry is the vendor's own, as every table of a VPC has.
  private var tablesWithSystemRoute: Set<String> = []
  private var plan: ImportPlan
  private var compared = 0

  private struct Target: Hashable {
    let kind: ImportedKind
    let id: String
  }

  /// A record in the making.
  private struct Draft {
    let old: [String: JSONValue]?
    /// The vendor's members.
    var members: [String: JSONValue]
    /// Ours, without when, by whom and by which call.
    var local: [String: JSONValue]
    /// The entry that was put in last.
    var answer: VendorAnswer
    var index: Int

    /// Text members that a record has in any case: empty where nobody has said.
    mutating func complete(_ names: String...) {
      for name in names { members[name] = .string(VendorObject(.object(members)).text(name) ?? "") }
    }
  }

  private init(
    _ request: ImportRequest, into stored: some Records, sequence: Int, _ stamp: (Timestamp, String),
    _ progress: @escaping @Sendable (ImportProgress) -> Void
  ) {
    self.request = request
    self.stored = stored
    self.stamp = stamp
    self.progress = progress
    plan = ImportPlan(request: request, sequence: sequence)
  }

  /// - Parameter stamp: when and by whom it is imported.
  /// - Throws: `Refusal` where an entry makes no sense, with its place; `CancellationError`.
  static func plan(
    _ request: ImportRequest, into stored: some Records, sequence: Int, stamp: (Timestamp, String),
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) throws -> ImportPlan {
    var merge = ImportMerge(request, into: stored, sequence: sequence, stamp, progress)
    for set in AnswerPages.all(of: request.answers.answers) { try merge.take(set) }
    try merge.close()
    return merge.plan
  }

  // MARK: Taking answers

  private mutating func take(_ set: AnswerPages) throws {
    let missing = set.missing
    for answer in set.answers {
      for (index, entry) in answer.entries.enumerated() {
        try take(entry, index, of: answer)
        compared += 1
        if compared.isMultiple(of: 256) {
          try Task.checkCancellation()
          progress(.compared(compared, of: request.answers.count))
        }
      }
    }
    switch set.call {
    case .describeRouteEntryList: try closeTables(set, isWhole: missing == nil)
    case .describeSecurityGroupAttribute: closeRules(set, isWhole: missing == nil)
    default: break
    }
    if let missing {
      let rest =
        set.call == .describeSecurityGroupAttribute
        ? Phrase(
          " Its rules stay as they were known: half of them would say nothing.", "其规则保持原有记录：只有一部分规则无法得出结论。")
        : Phrase("", "")
      plan.notes.append(
        ImportNote(
          .halfASet,
          Phrase(
            "\(set.call.rawValue) is half a set: \(missing.en). What isn't in it isn't known to be absent.\(rest.en)",
            "\(set.call.rawValue) 不完整：\(missing.zh)。未包含的内容不代表不存在。\(rest.zh)")))
    }
  }

  private mutating func take(_ entry: VendorObject, _ index: Int, of answer: VendorAnswer) throws {
    guard let named = answer.call.id(of: entry), case .object(let members) = entry.json else {
      let member = answer.call.kind.idMember
      throw answer.refusal(of: index, Phrase("\(member) is missing", "缺少 \(member)"))
    }
    var id = named
    if answer.call == .listInstanceEndpoint { id = "\(request.instanceId ?? "unknown") \(named)" }
    try edit(Target(kind: answer.call.kind, id: id), from: answer, index) { draft in
      for (member, value) in members where value != .null {
        // Put together once all pages are there.
        if answer.call == .describeSecurityGroupAttribute, member == "Permissions" { continue }
        draft.members[member] = value
      }
    }
  }

  private mutating func edit(
    _ target: Target, from answer: VendorAnswer, _ index: Int, _ change: (inout Draft) -> Void
  ) throws {
    if drafts[target] == nil {
      var old: [String: JSONValue]?
      if let kind = target.kind.records, case .object(let members)? = try stored.record(kind, target.id)?.value() {
        old = members
      }
      var local: [String: JSONValue] = [:]
      if case .object(let known)? = old?[Local.member] { local = known }
      drafts[target] = Draft(
        old: old, members: (old ?? [:]).filter { !target.kind.isOurs($0.key) }, local: local, answer: answer,
        index: index)
      order.append(target)
    }
    guard var draft = drafts[target] else { return }
    if answer.call.kind == target.kind { (draft.answer, draft.index) = (answer, index) }
    change(&draft)
    drafts[target] = draft
  }

  /// An answer names the table of its entries, which may be known by nothing else.
  private mutating func closeTables(_ set: AnswerPages, isWhole: Bool) throws {
    for answer in set.answers {
      for (index, entry) in answer.entries.enumerated() {
        guard let table = entry.text("RouteTableId") else {
          throw answer.refusal(of: index, Phrase("RouteTableId is missing", "缺少 RouteTableId"))
        }
        if isWhole { wholeTables.insert(table) } else { wholeTables.remove(table) }
        if entry.text("Type") == "System" { tablesWithSystemRoute.insert(table) }
        let target = Target(kind: .inventory(.routeTable), id: table)
        if drafts[target]?.local[RouteTable.whole] == .bool(isWhole) { continue }
        try edit(target, from: answer, index) { draft in
          draft.members["RouteTableId"] = .string(table)
          draft.local[RouteTable.whole] = .bool(isWhole)
        }
      }
    }
  }

  /// The rules of one group, from all its pages.
  private mutating func closeRules(_ set: AnswerPages, isWhole: Bool) {
    guard isWhole, let id = set.answers[0].top.text("SecurityGroupId") else { return }
    let target = Target(kind: .inventory(.securityGroup), id: id)
    guard var draft = drafts[target] else { return }
    var rules: [JSONValue] = []
    var seen: Set<JSONValue> = []
    for rule in set.answers.lazy.flatMap({ $0.top.list("Permissions", "Permission") ?? [] })
    where seen.insert(rule).inserted { rules.append(rule) }
    // An answer may be asked for one direction, and doesn't say so: rules of one alone tell nothing of the other.
    let directions = Set(rules.map(Self.isInbound))
    if directions.count == 1, let known = VendorObject(.object(draft.members)).list("Permissions", "Permission") {
      rules += known.filter { !directions.contains(Self.isInbound($0)) }
    }
    draft.members["Permissions"] = .object(["Permission": .array(rules)])
    drafts[target] = draft
  }

  private static func isInbound(_ rule: JSONValue) -> Bool { EcsSecurityGroup.Rule(VendorObject(rule)).isInbound }

  // MARK: What comes of it

  private mutating func close() throws {
    doubtTables()
    for table in wholeTables.sorted() { try dropGone(from: table) }
    var regionless: [ImportedKind: Int] = [:]
    var lines: [ImportedKind: ImportPlan.Line] = [:]
    for answer in request.answers.answers { lines[answer.call.kind] = ImportPlan.Line(kind: answer.call.kind) }
    for line in plan.lines { lines[line.kind] = line }
    for (place, target) in order.enumerated() {
      if place.isMultiple(of: 256) { try Task.checkCancellation() }
      guard var draft = drafts[target] else { continue }
      // Where it stands: a line taken out would be copied, ids and all, for each of them.
      func note(_ what: WritableKeyPath<ImportPlan.Line, [String]>) {
        lines[target.kind, default: ImportPlan.Line(kind: target.kind)][keyPath: what].append(target.id)
      }
      if try fill(&draft, target) { regionless[target.kind, default: 0] += 1 }
      if let json = try record(draft, target), let kind = target.kind.records {
        plan.changes.append(ImportPlan.Change(kind: kind, id: target.id, json: json))
        note(draft.old == nil ? \.new : \.changed)
      } else {
        note(\.same)
      }
    }
    plan.lines = ImportedKind.all.compactMap { lines[$0] }
    for kind in ImportedKind.all { regionless[kind].map { noteRegion(kind, $0) } }
    if request.instanceId == nil, request.answers.answers.contains(where: { $0.call == .listInstanceEndpoint }) {
      plan.notes.append(
        ImportNote(
          .instanceUnknown,
          Phrase(
            "ListInstanceEndpoint doesn't name its instance: the endpoints are kept without one. Give --instance.",
            "ListInstanceEndpoint 不含实例 ID：已保留访问域名，但所属实例未知。请用 --instance 指定。")))
    }
  }

  /// An answer doesn't say that it was asked with a filter: a VPC's table without any of the vendor's own routes was.
  private mutating func doubtTables() {
    for table in wholeTables.subtracting(tablesWithSystemRoute).sorted() {
      let target = Target(kind: .inventory(.routeTable), id: table)
      guard var draft = drafts[target] else { continue }
      let entry = VendorObject(.object(draft.members))
      guard entry.text("VpcId") != nil || entry.text("RouterType") == "VRouter" else { continue }
      wholeTables.remove(table)
      draft.local[RouteTable.whole] = .bool(false)
      drafts[target] = draft
      plan.notes.append(
        ImportNote(
          .halfASet,
          Phrase(
            "The entries of \(table) aren't taken for all of them: a VPC's table has routes of the system, and none is here. Ask without a filter.",
            "\(table) 的条目不视为完整：专有网络路由表必有系统路由，而此处没有。请不带过滤条件重新查询。")))
    }
  }

  /// Entries of a table that were imported before and aren't there any more. What a person wrote down stays.
  private mutating func dropGone(from table: String) throws {
    var line = ImportPlan.Line(kind: .inventory(.route))
    for record in try stored.records(.routeEntry) where record.isText(table, of: "RouteTableId") {
      let id = record.id
      guard drafts[Target(kind: line.kind, id: id)] == nil,
        Local(VendorObject(try record.value()))?.known == .confirmed
      else { continue }
      plan.changes.append(ImportPlan.Change(kind: .routeEntry, id: id, json: nil))
      line.dropped.append(id)
    }
    if let index = plan.lines.firstIndex(where: { $0.kind == line.kind }) {
      plan.lines[index].dropped += line.dropped
    } else {
      plan.lines.append(line)
    }
  }

  /// Fills in what an answer doesn't say.
  /// - Returns: whether the region isn't known.
  private mutating func fill(_ draft: inout Draft, _ target: Target) throws -> Bool {
    let entry = VendorObject(.object(draft.members))
    switch target.kind {
    case .inventory(.route), .inventory(.securityGroupRule), .inventory(.dataCentre): return false
    case .inventory(.endpoint):
      if let instance = request.instanceId { draft.local["InstanceId"] = .string(instance) }
      return false
    case .instance:
      // A moment in milliseconds, as text or as a number.
      if let moment = entry.text("CreateTime").flatMap({ Int64($0) }) {
        draft.members["CreateTime"] = .string(Timestamp(milliseconds: moment).description)
      } else if entry.text("CreateTime").flatMap({ Timestamp($0) }) == nil {
        draft.members["CreateTime"] = nil
      }
      draft.complete("InstanceName", "InstanceStatus", "InstanceSpecification")
      if entry.text("RegionId") == nil { draft.members["RegionId"] = .string(request.regionId ?? "") }
      return VendorObject(.object(draft.members)).text("RegionId") == nil
    case .inventory(.vpc):
      draft.complete("VpcName")
      if entry.text("RegionId") == nil {
        draft.members["RegionId"] = .string(request.regionId ?? "")
        draft.local["RegionId"] = request.regionId.map(JSONValue.string)
      } else if draft.local["RegionId"] != entry.json["RegionId"] {
        draft.local["RegionId"] = nil
      }
      return VendorObject(.object(draft.members)).text("RegionId") == nil
    case .inventory(let kind):
      if kind == .vSwitch { draft.complete("VSwitchName", "VpcId", "ZoneId") }
      if entry.text("RegionId") != nil {
        draft.local["RegionId"] = nil
        return false
      }
      if let region = draft.answer.regionId {
        draft.local["RegionId"] = .string(region)
      } else if try regionOfVpc(entry.text("VpcId")) == nil, let region = request.regionId {
        draft.local["RegionId"] = .string(region)
      } else if draft.local["RegionId"] == nil {
        return try regionOfVpc(entry.text("VpcId")) == nil
      }
      return false
    }
  }

  private func regionOfVpc(_ id: String?) throws -> String? {
    guard let id, !id.isEmpty else { return nil }
    if let draft = drafts[Target(kind: .inventory(.vpc), id: id)] {
      return VendorObject(.object(draft.members)).text("RegionId") ?? request.regionId
    }
    return try stored.record(.vpc, id)?.text(of: "RegionId").flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func noteRegion(_ kind: ImportedKind, _ count: Int) {
    plan.notes.append(
      ImportNote(
        .regionUnknown,
        Phrase(
          "\(kind.title.en): the region of \(count) isn't known, since the answer doesn't say it. Give --region, or import the VPC.",
          "\(kind.title.zh)：其中 \(count) 个的地域未知，接口返回中不含地域。请用 --region 指定，或导入其专有网络。")))
  }

  /// The record as it is to be from now on; nil where it is so already.
  private func record(_ draft: Draft, _ target: Target) throws -> JSONValue? {
    let flat = target.kind.isFlat
    let confirmed = JSONValue.string(Known.confirmed.rawValue)
    var local = draft.local
    for stamped in Local.stamps { local[stamped] = nil }
    if let old = draft.old {
      var known: [String: JSONValue] = [:]
      if case .object(let members)? = old[Local.member] { known = members }
      let wasConfirmed = (flat ? old["Known"] : known["Known"]) == confirmed
      for stamped in Local.stamps { known[stamped] = nil }
      let members = old.filter { !target.kind.isOurs($0.key) }
      if wasConfirmed, known == local, members == draft.members { return nil }
    }
    local["Source"] = .string(draft.answer.call.rawValue)
    let knowing: [String: JSONValue] = [
      "Known": confirmed, "At": .string(stamp.at.description), "By": .string(stamp.by),
    ]
    var json = draft.members
    if flat { json.merge(knowing) { $1 } } else { local.merge(knowing) { $1 } }
    if target.kind != .instance { json[Local.member] = .object(local) }
    let value = JSONValue.object(json)
    try check(value, draft, target)
    return value
  }

  /// What pages read as whole must be readable: better now, with its place, than there.
  private func check(_ json: JSONValue, _ draft: Draft, _ target: Target) throws {
    do {
      let data = Data(json.canonical)
      switch target.kind {
      case .instance: _ = try JSONDecoder().decode(Instance.self, from: data)
      case .inventory(.vpc): _ = try JSONDecoder().decode(Vpc.self, from: data)
      case .inventory(.vSwitch): _ = try JSONDecoder().decode(VSwitch.self, from: data)
      default: break
      }
    } catch {
      let member: String? =
        switch error {
        case DecodingError.keyNotFound(let key, let context): (context.codingPath + [key]).first?.stringValue
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
          DecodingError.dataCorrupted(let context):
          context.codingPath.first?.stringValue
        default: nil
        }
      throw draft.answer.refusal(
        of: draft.index,
        Phrase(
          "\(member ?? target.id) of \(target.id) is missing or can't be read",
          "\(target.id) 缺少 \(member ?? target.id)，或其值无法识别"))
    }
  }
}

extension Local {
  /// What changes with every import, and is no change by itself.
  fileprivate static let stamps = ["Known", "At", "By", "Source"]
}

extension ImportedKind {
  /// Whether a record of it has how it is known at its top.
  var isFlat: Bool { self == .instance || self == .inventory(.vpc) || self == .inventory(.vSwitch) }

  /// Whether a member of a record is this program's, and not the vendor's.
  func isOurs(_ member: String) -> Bool {
    member == Local.member || isFlat && ["Known", "At", "By"].contains(member)
  }

  fileprivate var idMember: String {
    switch self {
    case .instance: "InstanceId"
    case .inventory(let kind): kind.idMember
    }
  }
}
