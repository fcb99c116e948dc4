import ArgumentParser
import SecureBuild

struct SecurityGroupCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "security-group",
      Phrase("The managed security group: it can be looked at, not changed.", "托管安全组：只能查看，不能修改。"),
      subcommands: [
        ShowSecurityGroup.self, AuthorizeSecurityGroup.self, RevokeSecurityGroup.self, JoinSecurityGroup.self,
        LeaveSecurityGroup.self, ModifySecurityGroup.self, DeleteSecurityGroup.self,
      ])
  }
}

struct ShowSecurityGroup: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "show",
      Phrase(
        "Show the group's rules and what uses it; where the real group was imported, compare the two line by line.",
        "查看安全组规则及其使用者；若已导入实际安全组，则逐条比对。"),
      json: """
        {SecurityGroupId State(PLANNED|EXPECTED|ACTIVE) InstanceId LinkId VpcId VSwitchId NetworkInterfaceId \
        Rules[Direction Policy IpProtocol PortRange Cidr Description] RulesKnown Known At By \
        Real{Standing(NOT_IMPORTED|AMBIGUOUS|RULES_UNKNOWN|SAME|DIFFERENT) SecurityGroupId Candidates Message Mend \
        Lines[Verdict(SAME|MISSING|DIFFERENT|UNPLANNED|DENIES_REST) Differs \
        Planned{Direction Policy IpProtocol PortRange Cidr Description} \
        Real{Direction Policy IpProtocol PortRange Priority Peer} Message Mend] Known At By}}
        """)
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let group = try workspace.securityGroup(of: choice.id())
    try invocation.output.show(group)
    guard invocation.output.format == .table else { return }
    try StandardStream.output.write(group.ruleTable(invocation.language))
    // Nothing of a training world is at the vendor's.
    guard workspace.kind == .own || group.comparison.standing != .notImported else { return }
    try StandardStream.output.write(group.comparison.text(invocation.language))
  }
}

/// The changes that the vendor's API refuses for a managed group, each under the name of its operation.
protocol RefusedChange: Command {
  static var name: String { get }
  static var operation: String { get }
  var refused: RefusedOptions { get }
}

extension RefusedChange {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      name, Phrase("Refused, as the vendor refuses \(operation).", "会被拒绝，与厂商对 \(operation) 的处理一致。"))
  }

  func run(_ invocation: Invocation) throws {
    let group = try? refused.instance.map { try invocation.open().securityGroup(of: $0).group?.id }
    throw Refusal.managedGroup((group ?? nil) ?? "sg-…")
  }
}

/// What a refused change takes: anything.
struct RefusedOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp(Phrase("The instance's id.", "实例 ID。"), value: "id"), completion: .instances)
  var instance: String?
  @Argument(parsing: .allUnrecognized, help: ArgumentHelp(Phrase("Not looked at.", "不作处理。"), value: "anything"))
  var rest: [String] = []
}

struct AuthorizeSecurityGroup: RefusedChange {
  static let name = "authorize"
  static let operation = "AuthorizeSecurityGroup"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}

struct RevokeSecurityGroup: RefusedChange {
  static let name = "revoke"
  static let operation = "RevokeSecurityGroup"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}

struct JoinSecurityGroup: RefusedChange {
  static let name = "join"
  static let operation = "JoinSecurityGroup"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}

struct LeaveSecurityGroup: RefusedChange {
  static let name = "leave"
  static let operation = "LeaveSecurityGroup"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}

struct ModifySecurityGroup: RefusedChange {
  static let name = "modify"
  static let operation = "ModifySecurityGroupAttribute"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}

struct DeleteSecurityGroup: RefusedChange {
  static let name = "delete"
  static let operation = "DeleteSecurityGroup"
  @OptionGroup var common: CommonOptions
  @OptionGroup var refused: RefusedOptions
}
