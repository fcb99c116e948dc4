import Synchronization
import Testing

@testable import SecureBuild

@Suite("Import: much at once") struct LargeImportTests {
  private func answers(_ count: Int) throws -> VendorAnswers {
    let entries = (0..<count).map {
      #"{"VSwitchId": "vsw-\#($0)", "VpcId": "vpc-\#($0 % 1000)", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 251, "Status": "Available", "RouteTable": {"RouteTableId": "vtb-1"}}"#
    }
    let text = #"{"VSwitches": {"VSwitch": [\#(entries.joined(separator: ",\n"))]}}"#
    return try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))])
  }

  @Test func `cancelled while it is read, it reads no further`() async throws {
    let page = #"{"Vpcs": {"Vpc": []}, "TotalCount": 0}"#
    let text = Array(repeating: page, count: 1000).joined(separator: "\n")
    let files = (0..<3).map { ImportedFile(name: "file-\($0)", bytes: Array(text.utf8)) }
    let (total, third) = (3 * text.utf8.count, 3 * (page.utf8.count + 1) - 1)
    let seen = Steps()
    let task = Task {
      try VendorAnswers(reading: files) { step in
        seen.add(step)
        if step == .read(third, of: total) { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let refusal = await refusedTry { _ = try await task.value }
    #expect(refusal?.code == .cancelled)
    #expect(seen.all.count == 3 && seen.all.last == .read(third, of: total))
    #expect(try VendorAnswers(reading: files, progress: seen.add).answers.count == 3000)
    #expect(seen.all.last == .read(total, of: total))
  }

  @Test func `it tells how far it has come, and cancelled before the commit it changes nothing`() async throws {
    let world = try World()
    let request = try ImportRequest(answers(2000), region: "cn-hangzhou")
    let seen = Steps()
    let plan = try world.workspace.plan(request) { seen.add($0) }
    #expect(seen.all.contains(.compared(1024, of: 2000)))
    let before = try world.contents()
    let task = Task {
      try world.workspace.carryOut(plan) { progress in
        if progress == .written(1024, of: 2000) { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let refusal = await refusedTry { _ = try await task.value }
    #expect(refusal?.code == .cancelled)
    #expect(try world.contents() == before)
    #expect(try world.workspace.carryOut(plan).lines.map(\.new.count) == [2000])
  }
}

/// Steps of an import, as they were told.
private final class Steps: Sendable {
  private let steps = Mutex<[ImportProgress]>([])
  var all: [ImportProgress] { steps.withLock { $0 } }
  func add(_ step: ImportProgress) { steps.withLock { $0.append(step) } }
}
