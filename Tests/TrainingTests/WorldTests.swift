import FlatFiles
import Foundation
import SecureBuild
import Testing

@testable import Training

@Suite("The training world")
struct WorldTests {
  private let now = SystemClock().now()
  private var instances: [Instance] { TrainingWorld.instances(at: now, by: "lin@bastion") }
  private var vpcs: [Vpc] { TrainingWorld.vpcs(at: now, by: "lin@bastion") }
  private var vSwitches: [VSwitch] { TrainingWorld.vSwitches(at: now, by: "lin@bastion") }
  private let zones = ZoneTable.builtIn

  @Test("at least two regions have a running instance, a vSwitch that carries the mode and one that doesn't")
  func regionsToPractiseIn() {
    let complete = Set(instances.map(\.regionId)).filter { region in
      let own = vSwitches.filter { vSwitch in vpcs.contains { $0.id == vSwitch.vpcId && $0.regionId == region } }
      return instances.contains { $0.regionId == region && $0.status == .running }
        && own.contains { zones.carriesMode(zone: $0.zoneId) } && own.contains { !zones.carriesMode(zone: $0.zoneId) }
    }
    #expect(complete.isSuperset(of: ["cn-hangzhou", "cn-shanghai", "cn-beijing"]))
  }

  @Test("every specification, most states, a finance cloud region, and a region without a zone that carries the mode")
  func variety() {
    #expect(Set(instances.map(\.specification)) == Set(InstanceSpecification.allCases))
    #expect(
      Set(instances.map(\.status)).isSuperset(of: [
        .running, .pending, .starting, .stopping, .stopped, .initError, .deleting,
      ]))
    #expect(instances.contains { zones.region($0.regionId)?.cloud == .finance && $0.status == .running })
    #expect(instances.contains { zones.region($0.regionId) == nil })
  }

  @Test("ids and addresses are used once, everything belongs together, and nothing is planned")
  func consistency() {
    let ids = instances.map(\.id) + vpcs.map(\.id) + vSwitches.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(TrainingHost.all.map(\.address)).count == TrainingHost.all.count)
    #expect(Set(TrainingHost.all.map(\.name)).count == TrainingHost.all.count)
    for vSwitch in vSwitches {
      let vpc = vpcs.first { $0.id == vSwitch.vpcId }
      #expect(vpc?.cidrBlock.contains(vSwitch.cidrBlock) == true, "\(vSwitch.id)")
      #expect(vSwitch.zoneId.hasPrefix(vpc?.regionId ?? "?"), "\(vSwitch.id)")
      #expect(
        !vSwitches.contains {
          $0.vpcId == vSwitch.vpcId && $0.id != vSwitch.id && $0.cidrBlock.overlaps(vSwitch.cidrBlock)
        })
    }
    #expect(instances.allSatisfy { $0.known == .confirmed && $0.createTime != nil })
    #expect(vpcs.allSatisfy { $0.known == .confirmed } && vSwitches.allSatisfy { $0.known == .confirmed })
  }

  @Test("every workspace has the same records; tokens, address and ports are its own")
  func sameAndOwn() throws {
    let (one, other) = (try Trainee(), try Trainee())
    for kind in [RecordKind.instance, .vpc, .vSwitch] {
      let ids = try [one, other].map { try $0.store.state().records(kind).map(\.id) }
      #expect(ids[0] == ids[1] && !ids[0].isEmpty)
    }
    #expect(one.facts.token != other.facts.token)
    #expect(try one.place.address != other.place.address)
    #expect(one.facts.instanceId == other.facts.instanceId)
  }

  @Test("what was told at creation can be told again, and the workspace is sound")
  func factsStay() throws {
    let trainee = try Trainee()
    #expect(try TrainingWorkspace.facts(of: Store(opening: trainee.store.path).header) == trainee.facts)
    _ = try TrainingFolder(in: trainee.store.path).users()
    #expect(try trainee.store.check() == [])
    let modes = try ["training", "training/users.lock"].map { name in
      try FileManager.default.attributesOfItem(atPath: "\(trainee.store.path)/\(name)")[.posixPermissions] as? Int
    }
    #expect(modes == [0o700, 0o600])
  }

  @Test("addresses and ports keep their bounds", arguments: 0..<200)
  func bounds(seed: Int) throws {
    let place = TrainingPlace(choosingFor: "workspace-local-\(seed)")
    let octets = place.address.description.split(separator: ".").compactMap { Int($0) }
    #expect(octets[0] == 127 && (1...254).contains(octets[1]) && (1...254).contains(octets[3]))
    #expect(place.ports.values.allSatisfy { (20000...29999).contains($0) })
    #expect(Set(place.ports.values).count == TrainingHost.sites.count)
    let header = WorkspaceHeader(id: place.workspace, kind: "training", created: "", members: place.members)
    #expect(try TrainingPlace(header) == place)
  }

  @Test(
    "a header that would lead beyond loopback, or that isn't a training workspace's, is refused",
    arguments: [
      ("training", "10.0.0.1", 20000), ("training", "127.1.2.3", 80), ("own", "127.1.2.3", 20000),
      ("training", "localhost", 20000),
    ])
  func badHeaders(kind: String, address: String, port: Int) {
    let members: [String: JSONValue] = [
      "loopbackAddress": .string(address), "ports": .object(["gitlab.corp.example": .number(String(port))]),
    ]
    #expect(throws: Refusal.self) {
      try TrainingPlace(WorkspaceHeader(id: "w", kind: kind, created: "", members: members))
    }
  }

  @Test("tokens look like GitLab's, differ from each other, and never describe themselves")
  func tokens() {
    let tokens = TrainingToken.all(of: "workspace-local-1")
    #expect(Set(tokens.map(\.token.secret)).count == tokens.count)
    for token in tokens {
      #expect(token.token.secret.wholeMatch(of: /glpat-[A-Za-z0-9_\-]{20}/) != nil)
      #expect(!"\(token)".contains(token.token.secret))
    }
    #expect(Set(tokens.map(\.purpose)) == Set(TrainingToken.Purpose.allCases))
    #expect(tokens.map(\.token) == TrainingToken.all(of: "workspace-local-1").map(\.token))
  }
}
