/// One field of a kind of the inventory: what it is called, what it takes, and where it stands in the vendor's object.
/// Checks, records, options of commands and forms all follow from it.
public struct InventoryField: Sendable, Equatable, Identifiable {
  /// How a refusal names it.
  public let field: Field
  /// The option of `network add` and `network edit` without its hyphens: `next-hop-id`.
  public let option: String
  public let takes: Takes
  public let isRequired: Bool
  /// Whether it takes any number of values.
  public let isList: Bool
  /// Whether it stays as it was written down first.
  public let isFixed: Bool
  /// What it is where nobody says anything else; `""` for nothing.
  public let initial: String
  /// The way to it in the record, a number for an element: `NextHops.NextHop.0.NextHopId`.
  let path: [String]

  public var id: Field { field }
  public var title: Phrase { field.title }

  /// What a field takes.
  public indirect enum Takes: Sendable, Equatable {
    /// Any text that can be seen; kept as `""` where nobody gives one.
    case name
    /// A word of another system: a next hop.
    case word
    case region
    case zone
    /// `10.0.0.0/8`.
    case range
    /// A range, or one address alone.
    case rangeOrAddress
    case address
    /// How many there are; the most of it, the whole entry tells.
    case count
    case number(ClosedRange<Int>)
    /// `22/22`, one port alone, or `all`.
    case ports
    /// `true` or `false`.
    case flag
    /// One of the vendor's words, in any case.
    case choice([String])
    /// The id of a registry's instance.
    case instance
    /// The id of something of the inventory.
    case reference(InventoryKind)
    /// Whom a rule of a security group is about: a range, a group's id or a prefix list's.
    case peer
    /// An object of several values, written with `=` between two of them and with commas between more.
    case parts([Part], fixed: [String: String] = [:])
  }

  /// One value of an object.
  public struct Part: Sendable, Equatable {
    public let member: String
    public let takes: Takes
    public let isOptional: Bool

    init(_ member: String, _ takes: Takes, optional: Bool = false) {
      self.member = member
      self.takes = takes
      isOptional = optional
    }
  }

  init(
    _ field: Field, _ option: String, _ takes: Takes, required: Bool = false, list: Bool = false, fixed: Bool = false,
    initially initial: String = "", at path: String? = nil
  ) {
    self.field = field
    self.option = option
    self.takes = takes
    isRequired = required
    isList = list
    isFixed = fixed
    self.initial = initial
    self.path = (path ?? field.rawValue).split(separator: ".").map(String.init)
  }

  /// A value that it takes.
  public var example: String { takes.example }
}

extension InventoryField.Takes {
  /// What stands for a value in a command's help.
  public var placeholder: String {
    switch self {
    case .name: "name"
    case .word: "word"
    case .region, .zone, .instance, .reference: "id"
    case .range, .rangeOrAddress: "cidr"
    case .address: "ip"
    case .count, .number: "n"
    case .ports: "first/last"
    case .flag: "true|false"
    case .choice(let words): words.joined(separator: "|")
    case .peer: "cidr|group|list"
    case .parts(let parts, _): Self.joined(parts.map(\.takes.placeholder))
    }
  }

  /// A value of the kind.
  public var example: String {
    switch self {
    case .name: "prod"
    case .word: "ri-…"
    case .region: "cn-hangzhou"
    case .zone: "cn-hangzhou-i"
    case .range, .rangeOrAddress: "192.168.10.0/24"
    case .peer: "100.104.0.0/16"
    case .address: "192.168.10.20"
    case .count: "250"
    case .number(let range): "\(range.lowerBound)"
    case .ports: "443/443"
    case .flag: "true"
    case .choice(let words): words.first ?? ""
    case .instance: "cri-…"
    case .reference(let kind): kind.idPrefix + "-…"
    case .parts(let parts, _): Self.joined(parts.map(\.takes.example))
    }
  }

  /// Two values with `=` between them, more with commas.
  static func joined(_ values: [String]) -> String { values.joined(separator: values.count > 2 ? "," : "=") }
}
