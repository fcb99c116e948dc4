import SecureBuild
import Yams

extension LessonReader {
  /// `{add: KIND, …}`, `{edit: KIND, id: …, …}` or `{delete: KIND, id: …}`, with the fields by their options' names.
  mutating func change(_ node: Node) -> InventoryChange? {
    let verbs = ["add", "edit", "delete"]
    guard let mapping = node.mapping else {
      _ = members(node, of: verbs)
      return nil
    }
    let said = mapping.compactMap { key, value in key.string.flatMap { verbs.contains($0) ? ($0, value) : nil } }
    guard let (verb, kindNode) = said.first, said.count == 1 else {
      say(node, Phrase("Here must be one of add, edit and delete.", "此处应为 add、edit、delete 之一。"))
      return nil
    }
    let kinds = InventoryKind.allCases.map(\.rawValue).joined(separator: ", ")
    guard
      let kind = value(kindNode, Phrase("one of \(kinds)", "\(kinds) 之一"), InventoryKind.init(rawValue:))
    else { return nil }
    let fields = verb == "delete" ? [] : kind.fields.filter { verb == "add" || !$0.isFixed }
    guard var members = members(node, of: [verb, "id"] + fields.map(\.option)) else { return nil }
    _ = members.take(verb)
    let name = Phrase("an id", "ID")
    let id = (verb == "add" ? members.takeIfThere("id") : members.take("id")).flatMap { value($0, name) { $0 } }
    var values: [Field: [String]] = [:]
    for field in fields {
      guard let node = members.takeIfThere(field.option) else { continue }
      let what = Phrase(field.takes.placeholder, field.takes.placeholder)
      values[field.field] =
        node.sequence != nil && field.isList
        ? list(node) { reader, item in reader.value(item, what) { $0 } }.map(\.0)
        : value(node, what) { $0 }.map { [$0] }
    }
    note(members)
    let draft = InventoryDraft(kind, id: id ?? "", values)
    return switch verb {
    case "add": .add(draft)
    case "edit": .edit(draft)
    default: .delete(kind, id: id ?? "")
    }
  }

  /// `{service-role: missing, group-quota: 3, hosts: {gitlab.corp.example: 502}}`.
  mutating func faults(_ node: Node) -> TrainingFaults? {
    guard let members = members(node, of: ["service-role", "group-quota", "hosts"]) else { return nil }
    var faults = TrainingFaults.none
    if let node = members.takeIfThere("service-role") {
      let words = TrainingFaults.ServiceRole.allCases.map(\.rawValue).joined(separator: ", ")
      faults.serviceRole =
        value(node, Phrase("one of \(words)", "\(words) 之一"), TrainingFaults.ServiceRole.init(rawValue:)) ?? .authorised
    }
    if let node = members.takeIfThere("group-quota") {
      faults.groupQuota = value(node, Phrase("a number from 0 to 1000", "0 到 1000 之间的数字")) { text in
        Int(text).flatMap { (0...1000).contains($0) ? $0 : nil }
      }
    }
    if let node = members.takeIfThere("hosts") { faults.hosts = hostFaults(node) }
    note(members)
    return faults
  }

  private mutating func hostFaults(_ node: Node) -> [String: HostFault] {
    var faults: [String: HostFault] = [:]
    guard let mapping = node.mapping else {
      _ = members(node, of: TrainingHost.sites.map(\.host.name))
      return faults
    }
    let words = HostFault.allCases.map(\.rawValue).joined(separator: ", ")
    for (key, shown) in mapping {
      guard let fault = value(shown, Phrase("one of \(words)", "\(words) 之一"), HostFault.init(rawValue:)) else {
        continue
      }
      do throws(Refusal) {
        try TrainingWorkspace.check(fault, at: key.string ?? "")
        faults[key.string ?? ""] = fault
      } catch { say(key, error.message) }
    }
    return faults
  }

  /// What must hold: a mapping with one name, which says what is asked.
  mutating func condition(_ node: Node) -> LessonCondition? {
    let names = ["link", "path", "bound", "refused", "service-role", "rotated", "rule", "built"]
    guard let mapping = node.mapping, mapping.count == 1, let (key, value) = mapping.first.map({ ($0.key, $0.value) }),
      let name = key.string, names.contains(name)
    else {
      let all = names.joined(separator: ", ")
      say(node, Phrase("Here must be one of: \(all).", "此处应为以下之一：\(all)。"))
      return nil
    }
    return switch name {
    case "link": link(value)
    case "path": path(value)
    case "bound": bound(value)
    case "refused": refused(value)
    case "service-role": nothing(value) ? .serviceRole : nil
    case "rotated": nothing(value) ? .rotated : nil
    case "rule": rule(value)
    default: built(value)
    }
  }

  private mutating func link(_ node: Node) -> LessonCondition? {
    guard var members = members(node, of: ["to", "allows"]) else { return nil }
    let address = members.take("to").flatMap { self.address($0) }
    let allowed = members.takeIfThere("allows").map { list($0) { reader, node in reader.address(node) } } ?? []
    note(members)
    return address.map { .link(to: $0, allowing: allowed.map(\.0)) }
  }

  private mutating func path(_ node: Node) -> LessonCondition? {
    guard var members = members(node, of: ["to"]) else { return nil }
    let address = members.take("to").flatMap { self.address($0) }
    note(members)
    return address.map { .path(to: $0) }
  }

  private mutating func bound(_ node: Node) -> LessonCondition? {
    guard var members = members(node, of: ["host", "user"]) else { return nil }
    let host = members.take("host").flatMap { node in
      value(node, Phrase("the name of a host of the training world", "演练环境中的主机名")) { text in
        TrainingHost.named(text)?.name
      }
    }
    let user = members.takeIfThere("user").flatMap { value($0, Phrase("a user name", "用户名")) { $0 } }
    note(members)
    return host.map { .bound(host: $0, username: user) }
  }

  private mutating func refused(_ node: Node) -> LessonCondition? {
    let what = Phrase("an error's code, such as TokenExpired", "错误代码，例如 TokenExpired")
    let codes =
      node.sequence == nil
      ? [value(node, what, Code.init(rawValue:))].compactMap(\.self)
      : list(node, least: 1) { reader, item in reader.value(item, what, Code.init(rawValue:)) }.map(\.0)
    return codes.isEmpty ? nil : .refused(codes)
  }

  private mutating func rule(_ node: Node) -> LessonCondition? {
    guard let members = members(node, of: ["project"]) else { return nil }
    let project = members.takeIfThere("project").flatMap { value($0, Phrase("a project's path", "项目路径")) { $0 } }
    note(members)
    return .rule(project: project)
  }

  private mutating func built(_ node: Node) -> LessonCondition? {
    guard var members = members(node, of: ["status", "refused"]) else { return nil }
    let ends = ["success": BuildStatus.success, "failed": .fail]
    let status = members.take("status").flatMap { node in
      value(node, Phrase("success or failed", "success 或 failed")) { ends[$0] }
    }
    let refused = members.takeIfThere("refused").flatMap { address($0) }
    note(members)
    return status.map { .built($0, refused: refused) }
  }

  /// `{}`.
  private mutating func nothing(_ node: Node) -> Bool {
    guard let members = members(node, of: []) else { return false }
    note(members)
    return members.values.isEmpty
  }
}
