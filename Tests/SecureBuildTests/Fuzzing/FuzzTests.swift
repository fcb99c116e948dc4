import FlatFiles
import Foundation
import Mutation
import ScriptedBuilds
import Testing

@testable import SecureBuild

/// Files from outside that nobody meant so: never a crash, never a hang, refused with their place, or taken whole.
/// `FUZZ_COUNT` and `FUZZ_SEED` let it run for long, or again.
@Suite(.timeLimit(.minutes(10))) struct FuzzTests {
  private static let answers = [
    #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "RegionId": "cn-hangzhou", "CidrBlock": "10.0.0.0/8", "VpcName": "容器"}]}, "#
      + "\"TotalCount\": 1, \"PageNumber\": 1, \"PageSize\": 10}\n",
    #"{"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-1", "VpcId": "vpc-1", "ZoneId": "cn-hangzhou-h", "#
      + "\"CidrBlock\": \"10.0.1.0/24\", \"AvailableIpAddressCount\": 251}]}}\n",
    #"{"SecurityGroupId": "sg-1", "VpcId": "vpc-1", "RegionId": "cn-hangzhou", "Permissions": {"Permission": ["#
      + #"{"Direction": "ingress", "IpProtocol": "TCP", "PortRange": "443/443", "Policy": "Accept", "Priority": "1", "#
      + "\"SourceCidrIp\": \"100.104.0.0/16\"}]}}\n",
    #"{"Instances": {"Instance": [{"InstanceId": "i-1", "VpcAttributes": {"VpcId": "vpc-1", "PrivateIpAddress": "#
      + #"{"IpAddress": ["10.0.1.9"]}}, "SecurityGroupIds": {"SecurityGroupId": ["sg-1"]}}]}}"#,
  ].joined()

  @Test("An import is refused with file, line and column, or taken whole")
  func imports() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 300)
    var world = try World()
    var (refused, taken) = (0, 0)
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let file = ImportedFile(name: "answers.json", bytes: mutator.mutate(Array(Self.answers.utf8)))
      let before = try world.contents()
      do {
        let request = try ImportRequest(VendorAnswers(reading: [file]), region: "cn-hangzhou", instance: nil)
        _ = try world.workspace.carryOut(try world.workspace.plan(request))
        taken += 1
      } catch {
        let refusal = Refusal(error)
        refused += 1
        #expect(refusal.code != .fault, "seed \(seed): \(refusal)")
        if refusal.code == .invalidAnswer {
          #expect(refusal.message.en.hasPrefix("answers.json:"), "seed \(seed): \(refusal.message.en)")
          #expect(refusal.message.en.split(separator: ":").dropFirst().prefix(2).allSatisfy { Int($0) ?? 0 > 0 })
        }
        #expect(try world.contents() == before, "seed \(seed)")
      }
      try requireReadable(world.workspace, seed)
      if taken % 40 == 39 { world = try World() }
    }
    print(plan.line("answers to import"), "\(taken) taken, \(refused) refused")
    #expect(taken > 0 && refused > 0)
  }

  /// What was taken can be read, shown and reckoned with.
  private func requireReadable(_ workspace: Workspace, _ seed: UInt64) throws {
    do {
      let state = try workspace.state()
      for kind in InventoryKind.allCases { _ = try state.inventory(kind) }
      _ = try state.networks()
      let draft = PathDraft(gitLabIntranetIp: "10.0.1.9", vpcId: "vpc-1", vSwitchId: "vsw-1")
      do { _ = try state.path(of: draft) } catch {
        if error.code == .fault { throw error }
      }
      #expect(try workspace.unreadableRecords() == [], "seed \(seed)")
      #expect(try !workspace.store.check().contains { $0.isDamage }, "seed \(seed)")
    } catch {
      Issue.record("seed \(seed): \(error)")
    }
  }

  @Test("A zone table is refused with its place, or taken")
  func zones() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 300)
    var taken = 0
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let bytes = mutator.mutate(SecureBuild.PackageResources.zones_tsv)
      do throws(ZoneTableFault) {
        let table = try ZoneTable(tsv: bytes, file: "zones.tsv")
        _ = table.carriesMode(zone: "cn-hangzhou-h")
        taken += 1
      } catch {
        let lines = bytes.count { $0 == 0x0A } + 1
        #expect(error.line == 0 || (1...lines).contains(error.line) && error.column > 0, "seed \(seed): \(error)")
      }
    }
    print(plan.line("zone tables"), "\(taken) taken")
    #expect(taken > 0 && taken < plan.seeds.count)
  }

  @Test("A build's record is refused with file and line, or read; no runner writes into one that it can't read")
  func records() async throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 100)
    let yard = try BuildYard()
    let over = try yard.queue("stage CLONE", "say hello")
    try await yard.runner().run()
    let pending = try yard.queue("say hello")
    var refused = 0
    for (id, file) in [(over, try yard.bytes(over)), (pending, try yard.bytes(pending))] {
      for seed in plan.seeds {
        var mutator = Mutator(seed: seed)
        let spoilt = mutator.mutate(file)
        try Data(spoilt).write(to: URL(filePath: yard.path(id, "record.jsonl")))
        do {
          _ = try yard.builds.record(id)
        } catch {
          refused += 1
          #expect(error.code == .workspaceDamaged, "seed \(seed): \(error)")
          #expect(error.message.en.contains("\(id)/record.jsonl"), "seed \(seed): \(error.message.en)")
          if id == pending, seed % 10 == 0 { try await yard.runner().run() }
          #expect(try yard.bytes(id) == spoilt, "seed \(seed): it was written over")
        }
        _ = try yard.builds.records()
        try Data(file).write(to: URL(filePath: yard.path(id, "record.jsonl")))
      }
    }
    print(plan.line("records of builds"), "twice, \(refused) refused")
    #expect(refused > 0 && refused < 2 * plan.seeds.count)
  }
}

extension BuildYard {
  fileprivate func bytes(_ id: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(id, "record.jsonl"))))
  }
}
