import Foundation
import Spawning
import Testing

@testable import SecureBuild

/// Ranges, rules of groups and routes against a model of their own in Python, on random cases.
@Suite("Addresses, rules and routes are what Python's ipaddress makes of them")
struct ModelTests {
  private struct Case: Decodable {
    let kind: String
    var a, b, union, intersection, difference: [String]?
    var port: Int?
    var rules: [Rule]?
    var passed, dropped, undecided: [String]?
    var routes: [[String]]?
    var ways: [String: [String]]?
    var unrouted: [String]?

    struct Rule: Decodable {
      let priority: Int
      let policy, `protocol`, ports, kind, range: String
    }
  }

  private static func ranges(_ texts: [String]?) -> [IPv4Range] { (texts ?? []).compactMap { IPv4Range($0) } }
  private static func set(_ texts: [String]?) -> IPv4Set { IPv4Set(ranges(texts)) }
  private static let universe = IPv4Set(LinkRules.reverseAccess)

  @Test("twenty thousand random cases")
  func random() throws {
    let seed = UInt32.random(in: 0 ... .max)
    let count = 20_000
    let (status, output) = try Spawn.run(
      ["/usr/bin/python3", "-c", String(decoding: PackageResources.model_py, as: UTF8.self), "\(seed)", "\(count)"],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    try #require(status == 0, "\(output)")
    let lines = output.split(separator: "\n")
    try #require(lines.count == count)
    let decoder = JSONDecoder()
    for (number, line) in lines.enumerated() {
      let expected = try decoder.decode(Case.self, from: Data(line.utf8))
      let wrong: String? =
        switch expected.kind {
        case "sets": Self.wrongSets(expected)
        case "rules": Self.wrongRules(expected)
        default: Self.wrongRoutes(expected)
        }
      if let wrong {
        Issue.record("case \(number) of seed \(seed): \(wrong): \(line)")
        return
      }
    }
  }

  private static func wrongSets(_ it: Case) -> String? {
    let (a, b) = (set(it.a), set(it.b))
    for (name, found, wanted) in [
      ("union", a.union(b), it.union), ("intersection", a.intersection(b), it.intersection),
      ("difference", a.subtracting(b), it.difference),
    ] where found.ranges.map(\.description) != wanted {
      return "\(name) is \(found.ranges)"
    }
    return nil
  }

  private static func wrongRules(_ it: Case) -> String? {
    let rules = (it.rules ?? []).map { rule in
      var members: [String: String] = [
        "IpProtocol": rule.protocol, "PortRange": rule.ports, "Policy": rule.policy, "Priority": "\(rule.priority)",
        "Direction": "ingress", "SourceCidrIp": rule.range,
      ]
      switch rule.kind {
      case "group": members["SourceGroupId"] = "sg-other"
      case "list": members["SourcePrefixListId"] = "pl-1"
      case "v6": members["Ipv6SourceCidrIp"] = "::/0"
      default: break
      }
      return EcsSecurityGroup.Rule(VendorObject(.object(members.mapValues { .string($0) })))
    }
    let ruling = GroupRuling(
      of: universe, ports: it.port.map { $0...$0 } ?? 1...65535, by: GroupRuling.together([rules]), isInbound: true)
    for (name, found, wanted) in [
      ("passed", ruling.passed, it.passed), ("dropped", ruling.dropped, it.dropped),
      ("undecided", ruling.undecided, it.undecided),
    ] where found.ranges.map(\.description) != wanted {
      return "\(name) is \(found.ranges)"
    }
    return nil
  }

  private static func wrongRoutes(_ it: Case) -> String? {
    let routes = (it.routes ?? []).compactMap { pair in
      IPv4Range(pair[0]).map { (destination: $0, nextHop: pair[1]) }
    }
    let ruling = RouteRuling(of: universe, by: routes)
    let ways = Dictionary(grouping: ruling.parts, by: \.nextHop).mapValues { parts in
      parts.reduce(IPv4Set.empty) { $0.union($1.addresses) }.ranges.map(\.description)
    }
    if ways != it.ways { return "ways are \(ways)" }
    return ruling.unrouted.ranges.map(\.description) == it.unrouted ? nil : "unrouted is \(ruling.unrouted.ranges)"
  }
}
