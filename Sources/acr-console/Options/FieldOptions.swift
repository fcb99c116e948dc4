import ArgumentParser
import SecureBuild

/// The kind that a command is about, as a type: the parser knows commands by their types alone.
protocol KindOfCommand: Sendable {
  static var kind: InventoryKind { get }
}

enum KindsOfCommands {
  enum Vpc: KindOfCommand { static var kind: InventoryKind { .vpc } }
  enum VSwitch: KindOfCommand { static var kind: InventoryKind { .vSwitch } }
  enum RouteTable: KindOfCommand { static var kind: InventoryKind { .routeTable } }
  enum Route: KindOfCommand { static var kind: InventoryKind { .route } }
  enum BorderRouter: KindOfCommand { static var kind: InventoryKind { .borderRouter } }
  enum NetworkAcl: KindOfCommand { static var kind: InventoryKind { .networkAcl } }
  enum Ecs: KindOfCommand { static var kind: InventoryKind { .ecs } }
  enum SecurityGroup: KindOfCommand { static var kind: InventoryKind { .securityGroup } }
  enum SecurityGroupRule: KindOfCommand { static var kind: InventoryKind { .securityGroupRule } }
  enum LoadBalancer: KindOfCommand { static var kind: InventoryKind { .loadBalancer } }
  enum Endpoint: KindOfCommand { static var kind: InventoryKind { .endpoint } }
  enum DataCentre: KindOfCommand { static var kind: InventoryKind { .dataCentre } }
}

/// What is done to an entry, as a type.
protocol DeedOfCommand: Sendable {
  /// Whether the entry is a new one, which needs its required fields.
  static var isNew: Bool { get }
}

enum Adding: DeedOfCommand { static var isNew: Bool { true } }
enum Editing: DeedOfCommand { static var isNew: Bool { false } }

/// The options that set the fields of a kind, made of the domain's table of fields: the parser finds a type's options by
/// looking at its members, so the members are told to it one a field.
struct FieldOptions<Kind: KindOfCommand, Deed: DeedOfCommand>: ParsableArguments, Sendable, CustomReflectable {
  /// What was given, by fields.
  private(set) var values: [Field: [String]] = [:]

  private static var fields: [InventoryField] { Kind.kind.fields.filter { Deed.isNew || !$0.isFixed } }

  /// The options' names, for a sentence.
  static var names: String { fields.map { "--\($0.option)" }.joined(separator: ", ") }

  init() {}

  init(from decoder: any Decoder) throws {
    let options = try decoder.container(keyedBy: OptionKey.self)
    for field in Self.fields {
      let key = OptionKey(field)
      if field.isList {
        let given = try options.decode(Option<[String]>.self, forKey: key).wrappedValue
        if !given.isEmpty { values[field.field] = given }
      } else if Self.isNeeded(field) {
        values[field.field] = [try options.decode(Option<String>.self, forKey: key).wrappedValue]
      } else if let given = try options.decode(Option<String?>.self, forKey: key).wrappedValue {
        values[field.field] = [given]
      }
    }
  }

  var customMirror: Mirror {
    Mirror(
      self,
      children: Self.fields.map { field in
        // As a property wrapper's storage is named.
        (label: "_" + OptionKey(field).stringValue, value: Self.option(for: field))
      })
  }

  private static func isNeeded(_ field: InventoryField) -> Bool { Deed.isNew && field.isRequired && !field.isList }

  private static func option(for field: InventoryField) -> Any {
    let name = NameSpecification.customLong(field.option)
    let help = ArgumentHelp(words(for: field), value: field.takes.placeholder)
    let completion = completion(of: field.takes)
    if field.isList {
      return Option<[String]>(wrappedValue: [], name: name, parsing: .singleValue, help: help, completion: completion)
    }
    return isNeeded(field)
      ? Option<String>(name: name, help: help, completion: completion)
      : Option<String?>(name: name, help: help, completion: completion)
  }

  private static func words(for field: InventoryField) -> Phrase {
    let title = field.title
    if field.isList {
      return Phrase("\(title.en): \(field.example); may be repeated.", "\(title.zh)，例如 \(field.example)；可重复。")
    }
    guard Deed.isNew, !field.initial.isEmpty else {
      return Phrase("\(title.en): \(field.example).", "\(title.zh)，例如 \(field.example)。")
    }
    return Phrase("\(title.en), else \(field.initial).", "\(title.zh)，默认 \(field.initial)。")
  }

  private static func completion(of takes: InventoryField.Takes) -> CompletionKind? {
    switch takes {
    case .region: .regions
    case .instance: .instances
    case .reference(let kind): .inventory(kind)
    case .choice(let words): .list(words)
    case .flag: .list(["true", "false"])
    case .parts(let parts, _): parts.count == 1 ? completion(of: parts[0].takes) : nil
    default: nil
    }
  }
}

/// The name that the parser knows an option by.
private struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ field: InventoryField) { stringValue = field.option }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
