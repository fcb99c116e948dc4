import FlatFiles

/// A value as a form was opened with it. Given back with the change, it lets a use case refuse one that was made upon
/// something that is no more, and say which fields others changed.
public struct Versioned<Value: Sendable>: Sendable {
  public let value: Value
  public let revision: Revision

  init(_ value: Value, _ revision: Revision) {
    self.value = value
    self.revision = revision
  }
}

extension Versioned: Equatable where Value: Equatable {}

extension Versioned<Repository> {
  func requireUnchanged(in records: some Records) throws {
    let record = try records.record(.repository, value.id)
    guard revision != Revision(of: record) else { return }
    let fields = try record?.decode(Repository.self).differences(from: value) ?? []
    throw ChangedMeanwhile(kind: .repository, id: value.id, thing: value.thing, fields: fields)
  }
}

extension Versioned<BuildRule> {
  func requireUnchanged(in records: some Records) throws {
    let record = try records.record(.buildRule, value.id)
    guard revision != Revision(of: record) else { return }
    let fields = try record?.decode(BuildRule.self).differences(from: value) ?? []
    throw ChangedMeanwhile(kind: .buildRule, id: value.id, thing: value.thing, fields: fields)
  }
}

extension Versioned<Registry?> {
  func requireUnchanged(of instance: String, in records: some Records) throws {
    let record = try records.record(.registry, instance)
    guard revision != Revision(of: record) else { return }
    throw ChangedMeanwhile(
      kind: .registry, id: instance, thing: Phrase("The registry of \(instance)", "\(instance) 的镜像服务"), fields: [])
  }
}

extension Versioned<Link> {
  func requireUnchanged(in records: some Records) throws {
    let record = try records.record(.link, value.id)
    guard revision != Revision(of: record) else { return }
    let fields = try record?.decode(Link.self).differences(from: value) ?? []
    throw ChangedMeanwhile(kind: .link, id: value.id, thing: value.thing, fields: fields)
  }
}

/// Which version of a record was read, or that there was none.
public struct Revision: Sendable, Equatable {
  /// The number of the transaction that wrote it; nil where there was no record.
  private let number: Int?
  /// What it says: a person may have edited it since, in its file.
  private let text: [UInt8]

  init(of record: Record?) {
    number = record?.revision
    text = record.map { Array($0.json) } ?? []
  }
}

/// Ends a transaction because a record isn't what it was when the change began. `Workspace` makes a refusal of it that
/// says who changed what, which only the journal knows.
struct ChangedMeanwhile: Error {
  let kind: RecordKind
  let id: String
  /// What it is to a person: `Link link-local-…`.
  let thing: Phrase
  /// What differs; empty where it is gone, or new.
  let fields: [Field]
}

extension Workspace {
  /// The refusal that tells who changed it, when, and by which request.
  func stale(_ changed: ChangedMeanwhile) -> Refusal {
    let last = try? store.lastChange(of: changed.kind, changed.id)
    let isGone =
      last?.changes.contains { if case .drop(changed.kind, changed.id) = $0 { true } else { false } } ?? false
    return Refusal.stale(
      changed, isGone: isGone,
      by: last.map {
        Phrase(" by \($0.actor) at \($0.time) (\($0.request))", " \($0.actor) 于 \($0.time)（\($0.request)）")
      }
        ?? Phrase("", ""))
  }
}

extension Refusal {
  fileprivate static func stale(_ changed: ChangedMeanwhile, isGone: Bool, by whom: Phrase) -> Refusal {
    if isGone, changed.kind == .link {
      return Refusal(
        .noSuchLink, field: .linkId,
        message: Phrase(
          "\(changed.thing.en) was deleted meanwhile\(whom.en); nothing was saved.",
          "\(changed.thing.zh)期间已被\(whom.zh)删除，本次未保存。"),
        mend: Phrase("Choose or create another link.", "请选择或创建其他链路。"))
    }
    let verb = isGone ? Phrase("removed", "移除") : Phrase("changed", "修改")
    let en = changed.fields.map(\.title.en).joined(separator: ", ")
    let zh = changed.fields.map(\.title.zh).joined(separator: "、")
    return Refusal(
      .stale,
      message: Phrase(
        "\(changed.thing.en) was \(verb.en) meanwhile\(whom.en)\(en.isEmpty ? "" : ": \(en)"); nothing was saved.",
        "\(changed.thing.zh)期间已被\(whom.zh)\(verb.zh)\(zh.isEmpty ? "" : "：\(zh)")，本次未保存。"),
      mend: Phrase("Look at what it is now, and try again.", "请查看当前状态后重试。"))
  }
}

extension Link {
  /// The fields in which it differs from what it was.
  func differences(from old: Link) -> [Field] {
    var fields: [Field] = []
    if gitLabIntranetIp != old.gitLabIntranetIp { fields.append(.gitLabIntranetIp) }
    if allowedIps != old.allowedIps { fields.append(.allowedIps) }
    if hosts != old.hosts { fields.append(.hosts) }
    return fields
  }

  var thing: Phrase { Phrase("Link \(id)", "链路 \(id) ") }
}

extension Binding {
  /// The fields in which it differs from what it was; how it was tried is `Status`.
  func differences(from old: Binding) -> [Field] {
    var fields: [Field] = []
    if networkType != old.networkType { fields.append(.networkType) }
    if linkId != old.linkId { fields.append(.linkId) }
    if address != old.address { fields.append(.address) }
    if username != old.username { fields.append(.username) }
    if secret != old.secret { fields.append(.token) }
    if caCertificates != old.caCertificates { fields.append(.caFile) }
    if state != old.state { fields.append(.bindingStatus) }
    return fields
  }
}
