import Testing

@testable import SecureBuild

@Suite struct Instances {
  @Test(arguments: [
    ("Enterprise_Basic", InstanceSpecification.basic), ("enterprise_standard", .standard), (" ADVANCED ", .advanced),
    ("高级版", .advanced), ("basic", .basic),
  ])
  func `a specification is taken in any case`(typed: String, expected: InstanceSpecification) throws {
    #expect(try InstanceRules.specification(typed) == expected)
  }

  @Test(arguments: [
    ("RUNNING", InstanceStatus.running), ("running", .running), (" Init_Error", .initError), ("运行中", .running),
    ("stopped", .stopped),
  ])
  func `a status is taken in any case`(typed: String, expected: InstanceStatus) throws {
    #expect(try InstanceRules.status(typed) == expected)
  }

  @Test func `an instance made here is planned, local and running unless said`() throws {
    let world = try World()
    #expect(world.instance.known == .planned)
    #expect(world.instance.id.hasPrefix("cri-local-"))
    #expect(world.instance.status == .running)
    #expect(world.instance.provenance == Provenance(.planned, at: world.clock.now(), by: "anna@bastion"))
    #expect(try world.workspace.instances() == [world.instance])
    #expect(try world.workspace.instances(in: "cn-beijing").isEmpty)
  }

  struct Wrong: Sendable {
    var name = "other"
    var region = "cn-hangzhou"
    var specification = "Enterprise_Basic"
    var status = "RUNNING"
    let code: Code
    let field: Field
  }

  static let wrong = [
    Wrong(name: "", code: .missing, field: .instanceName),
    Wrong(name: String(repeating: "x", count: 65), code: .invalidName, field: .instanceName),
    Wrong(name: "a\u{1b}[0m", code: .invalidName, field: .instanceName),
    Wrong(name: " build-prod ", code: .nameTaken, field: .instanceName),
    Wrong(region: "", code: .missing, field: .regionId),
    Wrong(region: "Hangzhou!", code: .invalidRegion, field: .regionId),
    Wrong(region: "hangzhou", code: .invalidRegion, field: .regionId),
    Wrong(specification: "Gold", code: .invalidSpecification, field: .specification),
    Wrong(status: "FLYING", code: .invalidStatus, field: .status),
  ]

  @Test(arguments: wrong) func `what is wrong is said at its field`(_ wrong: Wrong) throws {
    let world = try World()
    let before = try world.contents()
    let refusal = refused {
      _ = try world.workspace.createInstance(
        name: wrong.name, region: wrong.region, specification: wrong.specification, status: wrong.status)
    }
    #expect(refusal?.code == wrong.code)
    #expect(refusal?.field == wrong.field)
    #expect(refusal?.exit == 1)
    #expect(try world.contents() == before)
  }

  @Test func `64 characters and a region that the table lacks are taken`() throws {
    let world = try World()
    let name = String(repeating: "镜", count: 64)
    #expect(
      try world.workspace.createInstance(name: name, region: "me-east-1", specification: "basic").regionId
        == "me-east-1")
  }

  @Test func `an instance goes only once nothing hangs on it`() async throws {
    let world = try World()
    try await world.bound()
    let refusal = try #require(refused { _ = try world.workspace.deleteInstance(world.instance.id) })
    #expect(refusal.code == .instanceInUse)
    #expect(refusal.message.en.contains("link-local"))
    _ = try world.workspace.unbind(world.instance.id)
    for link in try world.workspace.links() { _ = try world.workspace.deleteLink(link.id) }
    _ = try world.workspace.deleteInstance(world.instance.id)
    #expect(try world.workspace.instances().isEmpty)
    #expect(refused { _ = try world.workspace.instance(world.instance.id) }?.code == .noSuchInstance)
  }

  @Test func `a dry run changes no byte`() throws {
    let world = try World()
    let before = try world.contents()
    let planned = try world.workspace.createInstance(
      name: "dry", region: "cn-beijing", specification: "basic", dryRun: true)
    #expect(planned.name == "dry")
    _ = try world.workspace.deleteInstance(world.instance.id, dryRun: true)
    _ = try world.workspace.addVpc(region: "cn-beijing", cidr: "10.0.0.0/8", dryRun: true)
    try world.workspace.deleteNetwork(world.vpc.id, dryRun: true)
    #expect(try world.contents() == before)
  }
}

@Suite struct Networks {
  @Test func `networks list their vSwitches`() throws {
    let world = try World()
    let networks = try world.workspace.networks(in: "cn-hangzhou")
    #expect(networks == [Network(vpc: world.vpc, vSwitches: [world.vSwitch, world.otherZone])])
    #expect(try world.workspace.networks(in: "cn-beijing").isEmpty)
  }

  struct Wrong: Sendable {
    var zone = "cn-hangzhou-h"
    var cidr = "192.168.20.0/24"
    var name = ""
    let code: Code
    let field: Field
  }

  static let wrong = [
    Wrong(zone: "", code: .missing, field: .zoneId), Wrong(zone: "cn-beijing-c", code: .invalidZone, field: .zoneId),
    Wrong(zone: "cn-hangzhou", code: .invalidZone, field: .zoneId),
    Wrong(zone: "cn-hangzhou-H", code: .invalidZone, field: .zoneId),
    Wrong(cidr: "10.0.0.0/24", code: .cidrOutsideVpc, field: .cidrBlock),
    Wrong(cidr: "192.0.0.0/8", code: .cidrOutsideVpc, field: .cidrBlock),
    Wrong(cidr: "192.168.10.128/25", code: .cidrOverlaps, field: .cidrBlock),
    Wrong(cidr: "192.168.20.1/24", code: .invalidCidr, field: .cidrBlock),
    Wrong(cidr: "", code: .missing, field: .cidrBlock),
    Wrong(name: "a\nb", code: .invalidName, field: .vSwitchName),
  ]

  @Test(arguments: wrong) func `a vSwitch must fit its VPC`(_ wrong: Wrong) throws {
    let world = try World()
    let refusal = refused {
      _ = try world.workspace.addVSwitch(vpc: world.vpc.id, zone: wrong.zone, cidr: wrong.cidr, name: wrong.name)
    }
    #expect(refusal?.code == wrong.code)
    #expect(refusal?.field == wrong.field)
  }

  @Test func `a vSwitch needs its VPC`() throws {
    let world = try World()
    let refusal = refused { _ = try world.workspace.addVSwitch(vpc: "vpc-x", zone: "a", cidr: "b") }
    #expect(refusal?.code == .noSuchVpc)
  }

  @Test func `VPC names need not be unique`() throws {
    let world = try World()
    _ = try world.workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16", name: "prod")
  }

  @Test func `a network goes only once no link uses it, and takes its vSwitches along`() throws {
    let world = try World()
    let link = try world.link()
    #expect(refused { try world.workspace.deleteNetwork(world.vpc.id) }?.code == .vpcInUse)
    let refusal = refused { try world.workspace.deleteNetwork(world.vSwitch.id) }
    #expect(refusal?.code == .vSwitchInUse)
    #expect(refusal?.message.en.contains(link.id) == true)
    try world.workspace.deleteNetwork(world.otherZone.id)
    _ = try world.workspace.deleteLink(link.id)
    try world.workspace.deleteNetwork(world.vpc.id)
    #expect(try world.workspace.networks().isEmpty)
    #expect(refused { try world.workspace.deleteNetwork(world.vSwitch.id) }?.code == .noSuchVSwitch)
  }
}

@Suite struct Forms {
  @Test func `each form's problems are said at once, as the change would refuse them`() throws {
    let reading = try World().workspace.latest
    let instance = reading.problems(ofInstance: "build-prod", region: "x", specification: "gold", status: "flying")
    #expect(instance.map(\.code) == [.nameTaken, .invalidRegion, .invalidSpecification, .invalidStatus])
    let vpc = reading.problems(ofVpc: "a\u{7}", region: "", cidr: "10.0.0.1/8")
    #expect(vpc.map(\.field) == [.vpcName, .regionId, .cidrBlock])
    let id = try #require(try reading.networks().first?.vpc.id)
    let vSwitch = reading.problems(ofVSwitch: "", vpc: id, zone: "cn-beijing-a", cidr: "192.168.10.0/25")
    #expect(vSwitch.map(\.code) == [.invalidZone, .cidrOverlaps])
    #expect(
      reading.problems(ofVSwitch: "", vpc: "vpc-x", zone: "a", cidr: "b").map(\.code) == [.noSuchVpc, .invalidCidr])
    #expect(reading.problems(ofVSwitch: "", vpc: id, zone: "cn-hangzhou-h", cidr: "192.168.12.0/24").isEmpty)
    #expect(reading.problems(ofInstance: "n", region: "cn-beijing", specification: "basic", status: "running").isEmpty)
  }
}
