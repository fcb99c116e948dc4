/// Why rules drop what they drop: what has to change before it passes.
enum Obstacle: Sendable, Equatable {
  typealias Rule = EcsSecurityGroup.Rule

  /// An Accept that everybody sees does nothing: these, in the order in which they count, come before it.
  case shadow([Rule], over: Rule)
  /// Nothing accepts it, and an Accept that is added would come behind this one.
  case drop(Rule)
  /// This one accepts it, at other ports.
  case otherPorts(Rule)
  /// No rule says anything of it.
  case nothing

  /// Each for a part of what is dropped.
  /// - Parameters:
  ///   - dropped: what these rules drop for sure.
  ///   - rules: in the order in which they count.
  static func all(
    of dropped: IPv4Set, ports: ClosedRange<Int>, by rules: [Rule], isInbound: Bool
  ) -> [Obstacle] {
    let own = rules.filter { $0.isTCP(isInbound: isInbound) }
    let fitting = own.filter { $0.counts(isInbound: isInbound, ports: ports) }
    var left = dropped
    var found: [Obstacle] = []
    for (place, accept) in fitting.enumerated() where accept.accepts {
      let part = accept.part(of: left)
      let drops = fitting[..<place].filter { !$0.accepts && !$0.part(of: part).isEmpty }
      guard !drops.isEmpty else { continue }
      found.append(.shadow(drops, over: accept))
      left = left.subtracting(part)
    }
    guard !left.isEmpty else { return found }
    func first(_ rules: [Rule], where wanted: (Rule) -> Bool) -> Rule? {
      rules.first { wanted($0) && !$0.part(of: left).isEmpty }
    }
    if let drop = first(fitting, where: { !$0.accepts && $0.priority == 1 }) { return found + [.drop(drop)] }
    if let other = first(own, where: \.accepts) { return found + [.otherPorts(other)] }
    return found + [.nothing]
  }

  /// Whether an Accept of the highest priority, added to the rules, mends it.
  var isMendedByAdding: Bool {
    switch self {
    case .shadow, .drop: false
    case .otherPorts, .nothing: true
    }
  }
}

// MARK: In a security group: the lowest number comes first, and of two with the same one the Drop

extension Obstacle {
  /// - Parameter adding: how an Accept is added that lets it through.
  func inGroup(adding: Phrase) -> (reason: Phrase, mend: Phrase) {
    switch self {
    case .shadow(let drops, let accept): (Self.shadowed(accept, by: drops), Self.mendOfShadow(drops))
    case .drop(let rule):
      (
        Phrase("Drop rule \(Self.name(rule).en) comes before any Accept.", "拒绝规则 \(Self.name(rule).zh)优先于任何允许规则。"),
        Phrase("Remove the Drop, or give it a higher number.", "请删除该拒绝规则，或将其优先级数字调大。") + adding
      )
    case .otherPorts(let rule):
      (Phrase("Accept rule \(rule.id) is for \(rule.ports) alone.", "允许规则 \(rule.id) 仅适用于端口 \(rule.ports)。"), adding)
    case .nothing: (Phrase("", ""), adding)
    }
  }

  private static func shadowed(_ accept: Rule, by drops: [Rule]) -> Phrase {
    let names = drops.map(name)
    let isOne = drops.count == 1
    let isTie = drops.allSatisfy { $0.priority == accept.priority }
    let verb = isTie ? (isOne ? "wins" : "win") : (isOne ? "comes" : "come")
    return Phrase(
      "Drop rule\(isOne ? "" : "s") \(names.map(\.en).joined(separator: ", ")) \(verb) \(isTie ? "over" : "before") the Accept \(accept.id) (priority \(accept.priority)\(isTie ? ", too" : "")).",
      "拒绝规则 \(names.map(\.zh).joined(separator: "、"))\(isTie ? "优先于同优先级的允许规则 \(accept.id)。" : "排在允许规则 \(accept.id)（优先级 \(accept.priority)）之前。")"
    )
  }

  private static func mendOfShadow(_ drops: [Rule]) -> Phrase {
    let en = drops.count == 1 ? "the Drop" : "the Drops"
    let zh = drops.count == 1 ? "该拒绝规则" : "这些拒绝规则"
    let first = drops.map(\.priority).min() ?? 1
    return first > 1
      ? Phrase(
        "Remove \(en), or give the Accept a lower number than \(first).", "请删除\(zh)，或将允许规则的优先级数字改为小于 \(first)。")
      : Phrase(
        "Remove \(en), or give the Accept priority 1 and \(en) a higher number.",
        "请删除\(zh)，或将允许规则的优先级改为 1，并调大\(zh)的优先级数字。")
  }

  private static func name(_ rule: Rule) -> Phrase {
    Phrase(
      "\(rule.id) (\(rule.what), priority \(rule.priority))", "\(rule.id)（\(rule.what)，优先级 \(rule.priority)）")
  }
}

// MARK: In a network ACL: the first entry that matches counts

extension Obstacle {
  /// - Parameter adding: the entry to add, without its place.
  func inNetworkAcl(adding: Phrase) -> (reason: Phrase, mend: Phrase) {
    switch self {
    case .shadow(let drops, let accept):
      (
        Phrase(
          "Entr\(drops.count == 1 ? "y" : "ies") \(drops.map { "\($0.id) (\($0.what))" }.joined(separator: ", ")), which drop\(drops.count == 1 ? "s" : ""), come\(drops.count == 1 ? "s" : "") before entry \(accept.id), which accepts.",
          "拒绝规则 \(drops.map { "\($0.id)（\($0.what)）" }.joined(separator: "、"))排在允许规则 \(accept.id) 之前。"),
        Phrase(
          "Remove \(drops.count == 1 ? "it" : "them"), or put entry \(accept.id) first.",
          "请将其删除，或将规则 \(accept.id) 移到最前。")
      )
    case .drop(let rule):
      (
        Phrase("Entry \(rule.id) (\(rule.what)) drops it.", "规则 \(rule.id)（\(rule.what)）将其拒绝。"),
        Phrase("\(adding.en), before entry \(rule.id).", "\(adding.zh)，置于规则 \(rule.id) 之前。")
      )
    case .otherPorts, .nothing: (Phrase("", ""), Phrase("\(adding.en).", "\(adding.zh)。"))
    }
  }
}

extension EcsSecurityGroup.Rule {
  /// Whether it says anything of TCP that way and at any of the ports.
  func counts(isInbound: Bool, ports: ClosedRange<Int>) -> Bool {
    isTCP(isInbound: isInbound) && self.ports.ports.overlaps(ports)
  }

  fileprivate func isTCP(isInbound: Bool) -> Bool {
    self.isInbound == isInbound && ["TCP", "ALL"].contains(ipProtocol)
  }

  /// Those of the addresses that it names by a range; none where a list or another group decides.
  fileprivate func part(of addresses: IPv4Set) -> IPv4Set {
    guard case .range(let range) = peer else { return .empty }
    return addresses.intersection(IPv4Set(range))
  }

  /// `100.64.0.0/10, 1/65535`.
  fileprivate var what: String {
    if case .range(let range) = peer { return "\(range), \(ports)" }
    return "\(ports)"
  }
}
