import Mutation

/// One step of a random sequence. What it refers to is a place in the list of those that there are when its turn comes,
/// so that a sequence still means something when steps are taken out of it.
struct ModelStep: Sendable, CustomStringConvertible {
  let action: Action
  /// Which of the two open handles does it.
  let handle: Int

  enum Action: Sendable {
    case createInstance(name: String, region: String, specification: String, status: String)
    case deleteInstance(Int)
    case addVpc(region: String, cidr: String)
    case addVSwitch(vpc: Int, zone: String, cidr: String, freeIps: Int?)
    case deleteVpc(Int)
    case deleteVSwitch(Int)
    case createLink(instance: Int, ip: String, allow: [String], host: String?, vpc: Int, vSwitch: Int)
    case editLink(Int, LinkWords)
    /// Opens a link in a form.
    case openLink(Int)
    /// Gives that form back.
    case submitLink(LinkWords)
    case deleteLink(Int)
    case bind(Account, gitLabKnowsToken: Bool)
    case saveDraft(Account)
    case check(instance: Int, gitLabKnowsToken: Bool)
    case confirm(instance: Int)
    case unbind(instance: Int)
    case createRepository(instance: Int, namespace: String, name: String, project: String, autoBuild: Bool)
    case editRepository(Int, project: String, autoBuild: Bool)
    case deleteRepository(Int)
    case deleteNamespace(instance: Int, name: String)
    case createRule(repository: Int, pushName: String, tag: String)
    case deleteRule(Int)
    case setRegistry(instance: Int, layout: String, address: String, username: String, password: String?)

    case reopen
    case compact
    case collectSecrets
    /// The process is killed; the next one finds what it wrote.
    case kill
    case powerCut(UInt64)
    /// A power cut somewhere in a use case.
    indirect case powerCutDuring(Action, UInt64)
    /// The disk fails once, so many operations later.
    indirect case fault(Action, after: Int)
  }

  /// What is typed into a link's form to change it.
  struct LinkWords: Sendable {
    var ip: String?
    var allow: String?
    var disallow: String?
  }

  /// What is typed into the Private GitLab dialog.
  struct Account: Sendable {
    var instance: Int
    var isIntranet: Bool
    /// Nil for none.
    var link: Int?
    var address: String
    var username: String
    /// Nil keeps the stored one.
    var token: String?
  }

  var description: String {
    "\(handle == 0 ? "A" : "B"): \(action)".replacing("SecureBuildTests.ModelStep.", with: "")
  }
}

extension ModelStep {
  /// A sequence that follows from its seed. Three of four begin with an instance that has a link, so that there is more to
  /// do than to be refused.
  static func sequence(_ count: Int, seed: UInt64) -> [ModelStep] {
    var random = SplitMix64(seed: seed)
    let beginning: [Action] = [
      .createInstance(
        name: "build-a", region: "cn-hangzhou", specification: "Enterprise_Advanced", status: "RUNNING"),
      .addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16"),
      .addVSwitch(vpc: 0, zone: "cn-hangzhou-h", cidr: "192.168.10.0/24", freeIps: nil),
      .createLink(
        instance: 0, ip: "192.168.10.20", allow: [], host: "gitlab.corp.example=192.168.10.20", vpc: 0, vSwitch: 0),
    ]
    let actions = (seed % 4 == 0 ? [] : beginning) + (0..<count).map { _ in .random(&random) }
    return actions.map { ModelStep(action: $0, handle: random.number(below: 2)) }
  }
}

extension ModelStep.Action {
  static func random(_ random: inout SplitMix64) -> ModelStep.Action {
    switch random.number(below: 100) {
    case 0..<3: .reopen
    case 3..<6: .compact
    case 6..<8: .collectSecrets
    case 8..<11: .kill
    case 11..<15: .powerCut(random.next())
    case 15..<21: .powerCutDuring(useCase(&random), random.next())
    case 21..<26: .fault(useCase(&random), after: random.number(below: 60))
    default: useCase(&random)
    }
  }

  /// Mostly what is right by itself, sometimes what can't be.
  private static func useCase(_ random: inout SplitMix64) -> ModelStep.Action {
    func word(_ good: [String], _ bad: [String]) -> String {
      random.number(below: 12) == 0 ? random.pick(bad) : random.pick(good)
    }
    func place() -> Int { random.number(below: 24) }
    let ips = ["192.168.10.20", "10.0.0.5"]
    let badIps = ["100.104.1.1", "127.0.0.1", "192.168.10", ""]
    func account() -> ModelStep.Account {
      ModelStep.Account(
        instance: place(), isIntranet: random.number(below: 5) > 0, link: random.number(below: 5) > 0 ? place() : nil,
        address: word(
          ["https://192.168.10.20", "https://gitlab.corp.example", "http://10.0.0.5:8081"],
          ["", "gitlab.corp.example", "https://dev@gitlab.corp.example"]),
        username: word(["dev"], ["", "someone", "glpat-0123456789abcdef"]),
        token: random.number(below: 3) > 0 ? "glpat-\(random.number(below: 1000))-0123456789" : nil)
    }
    func words() -> ModelStep.LinkWords {
      ModelStep.LinkWords(
        ip: random.number(below: 3) == 0 ? word(ips, badIps) : nil,
        allow: random.number(below: 2) == 0 ? word(ips + ["10.0.0.9"], badIps) : nil,
        disallow: random.number(below: 3) == 0 ? word(ips + ["10.0.0.9"], badIps) : nil)
    }
    switch random.number(below: 48) {
    case 0..<4:
      return .createInstance(
        name: word(Model.names, ["", String(repeating: "x", count: 65), "a\u{7}b"]),
        region: word(["cn-hangzhou", "cn-hangzhou", "cn-hangzhou", "cn-beijing"], ["nowhere", ""]),
        specification: word(["Enterprise_Advanced"], ["Gold"]), status: word(["RUNNING"], ["STOPPED", "GONE"]))
    case 4: return .deleteInstance(place())
    case 5..<8:
      return .addVpc(
        region: word(["cn-hangzhou", "cn-hangzhou", "cn-hangzhou", "cn-beijing"], ["nowhere", ""]),
        cidr: word(["192.168.0.0/16", "192.168.0.0/16", "10.0.0.0/8"], ["10.0.0.1/8", "10.0.0.0", ""]))
    case 8..<12:
      return .addVSwitch(
        vpc: place(),
        zone: word(["cn-hangzhou-h", "cn-hangzhou-h", "cn-hangzhou-h", "cn-hangzhou-a", "cn-beijing-h"], ["", "h"]),
        cidr: word(
          ["192.168.10.0/24", "192.168.11.0/24", "192.168.12.0/24", "10.0.1.0/24", "192.168.8.0/22"],
          ["192.168.10.0/33", ""]),
        freeIps: random.pick([nil, nil, nil, 0, 100, 100, 70_000]))
    case 12: return random.number(below: 3) == 0 ? .deleteVpc(place()) : .openLink(place())
    case 13: return .deleteVSwitch(place())
    case 14..<19:
      return .createLink(
        instance: place(), ip: word(ips, badIps), allow: random.number(below: 2) == 0 ? [word(ips, badIps)] : [],
        host: random.number(below: 2) == 0
          ? word(["gitlab.corp.example=192.168.10.20"], ["-=192.168.10.20", "gitlab.corp.example=", "a=224.0.0.1"])
          : nil, vpc: place(), vSwitch: place())
    case 19..<21: return .editLink(place(), words())
    case 21: return .openLink(place())
    case 22: return .submitLink(words())
    case 23: return .deleteLink(place())
    case 24..<27: return .bind(account(), gitLabKnowsToken: random.number(below: 5) > 0)
    case 27..<29: return .saveDraft(account())
    case 29: return .check(instance: place(), gitLabKnowsToken: random.number(below: 2) == 0)
    case 30: return .confirm(instance: place())
    case 31..<34:
      return .createRepository(
        instance: place(), namespace: word(["shop", "infra"], ["S", ""]), name: word(["web", "api"], ["-", ""]),
        project: word(["", "shop/web"], ["web", "https://gitlab.corp.example/shop/web"]),
        autoBuild: random.number(below: 3) == 0)
    case 34:
      return .editRepository(
        place(), project: word(["", "shop/web", "shop/api"], ["web"]), autoBuild: random.number(below: 3) == 0)
    case 35: return .deleteRepository(place())
    case 36: return .deleteNamespace(instance: place(), name: random.pick(["shop", "infra"]))
    case 37:
      return .createRule(
        repository: place(), pushName: word(["main", "v1"], ["", "a..b"]), tag: word(["latest"], ["-", "a b"]))
    case 38: return .deleteRule(place())
    case 39..<42:
      var bound = account()
      (bound.isIntranet, bound.username, bound.token) = (true, "dev", "glpat-\(random.number(below: 1000))-0123456789")
      bound.link = place()
      return .bind(bound, gitLabKnowsToken: true)
    case 42..<44: return .check(instance: place(), gitLabKnowsToken: random.number(below: 3) > 0)
    case 44: return .unbind(instance: place())
    default:
      return .setRegistry(
        instance: place(), layout: word(["", ""], ["/srv/images", "images"]),
        address: word(["registry.corp.example:5000", "registry.corp.example", ""], ["no host"]),
        username: random.pick(["", "builder"]), password: random.pick([nil, nil, "s3cret-1", "s3cret-2"]))
    }
  }
}
