import FoundationEssentials
import SecureBuild

/// A cell's network as nftables says that it is: `nft -j list table`.
struct NetworkReading: Sendable, Equatable {
  /// Chains, their hooks and policies, and rules, without what changes while they work.
  let fixed: [String]
  let allowed: AllowedSets
  let refused: [RefusedConnection]

  struct Unreadable: Error {}

  /// - Throws: `Unreadable` where it isn't what nftables says of a table of ours.
  init(_ bytes: [UInt8]) throws(Unreadable) {
    guard case .object(let top) = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)),
      case .list(let items) = top["nftables"]
    else { throw Unreadable() }
    var fixed: [String] = []
    var allowed = AllowedSets()
    var refused: [RefusedConnection] = []
    for case .object(let item) in items {
      for (kind, value) in item where kind != "metainfo" {
        guard case .object(var object) = value else { throw Unreadable() }
        if kind == "set", case .text(let name) = object["name"] {
          if case .list(let elements) = object["elem"] {
            for element in elements {
              if AllowedSets.names.contains(name) {
                guard let (ip, port) = Self.allowed(element) else { throw Unreadable() }
                allowed.add(ip, port)
              } else if let connection = Self.refused(element) {
                refused.append(connection)
              }
            }
          }
          object["elem"] = nil
        }
        object["handle"] = nil
        fixed.append(kind + JSONTree.object(object).sorted)
      }
    }
    self.fixed = fixed
    self.allowed = allowed
    self.refused = refused
  }

  private static func allowed(_ element: JSONTree) -> (IPAddress, Int?)? {
    switch element {
    case .text(let text): return IPAddress(text).map { ($0, nil) }
    case .object(let object):
      guard case .list(let parts) = object["concat"], parts.count == 2, case .text(let text) = parts[0],
        case .number(let port) = parts[1], let ip = IPAddress(text)
      else { return nil }
      return (ip, port)
    default: return nil
    }
  }

  private static func refused(_ element: JSONTree) -> RefusedConnection? {
    guard case .object(let outer) = element, case .object(let elem) = outer["elem"],
      case .object(let value) = elem["val"], case .list(let parts) = value["concat"], parts.count >= 2,
      case .text(let text) = parts[0], let ip = IPAddress(text), case .object(let counter) = elem["counter"],
      case .number(let packets) = counter["packets"]
    else { return nil }
    let name: String
    switch parts[1] {
    case .text("ipv6-icmp"), .text("icmpv6"): name = "icmp"
    case .text(let text): name = text
    case .number(let number): name = "\(number)"
    default: return nil
    }
    var port: Int?
    if parts.count == 3, case .number(let number) = parts[2] { port = number }
    return RefusedConnection(ip: ip, port: port, protocol: name, count: packets)
  }
}

/// Any JSON.
enum JSONTree: Sendable, Equatable, Decodable {
  case object([String: JSONTree])
  case list([JSONTree])
  case text(String)
  case number(Int)
  case truth(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Int.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  /// The same text for the same tree.
  var sorted: String {
    switch self {
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.sorted)" }.joined(separator: ",") + "}"
    case .list(let items): "[" + items.map(\.sorted).joined(separator: ",") + "]"
    case .text(let text): "\"\(text)\""
    case .number(let number): "\(number)"
    case .truth(let value): "\(value)"
    case .null: "null"
    }
  }
}
