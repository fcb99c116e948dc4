import Foundation
import Testing

@Suite(
  "A disk without room", .enabled(if: PrivateMounts.isPossible, "no mount namespace can be had here: NOT tested"),
  .timeLimit(.minutes(2)))
struct FullDiskTests {
  @Test(
    "fills up in the middle of a change: refused, cut back, and all that was acknowledged is there when there is room")
  func fillsUp() async throws {
    let sandbox = try Sandbox()
    let data = "\(sandbox.folder)/data"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let disk = try await PrivateMounts(#"mount -t tmpfs -o size=64k none "$1""#, data)
    #expect(try await disk.run("workspace init --own", in: sandbox).status == 0)
    let instance = try await disk.run(creation("first"), in: sandbox).object["InstanceId"] as? String
    let first = try #require(instance)
    try disk.shell(#"cat /dev/zero > "$1/filler" 2>/dev/null; true"#, data)

    // The journal's last page has room for some more lines, and the one that doesn't fit is written in part.
    var acknowledged = [first]
    var refused: Outcome?
    for number in 0..<20 where refused == nil {
      let outcome = try await disk.run(creation("another-\(number)"), in: sandbox)
      if outcome.status == 0 {
        acknowledged.append(try #require(outcome.object["InstanceId"] as? String))
      } else {
        refused = outcome
      }
    }
    let refusal = try #require(refused)
    #expect(refusal.status == 74 && refusal.code == "WorkspaceUnwritable", "\(refusal.error)")
    #expect((refusal.refusal["Message"] as? String)?.contains("No space left on device") == true)
    #expect((refusal.refusal["Mend"] as? String)?.contains("Nothing was changed") == true)
    #expect(acknowledged.count > 1)
    try await expectSound(disk, sandbox, with: acknowledged)
    // A change that begins with a file of its own leaves none; a new workspace isn't half there.
    let bound = try await disk.run(
      "gitlab bind --instance \(first) --network internet --address http://gitlab.example.com --username dev --draft --token-stdin --format json",
      in: sandbox, input: "glpat-no-room-for-this\n")
    #expect(bound.status == 74 && bound.code == "WorkspaceUnwritable", "\(bound.output)\(bound.error)")
    #expect(try disk.shell(#"ls "$1/acr-console/secrets""#, data).isEmpty)
    let made = try await disk.run("workspace init --own --workspace \(data)/second --format json", in: sandbox)
    #expect(made.status == 74 && made.code == "WorkspaceUnwritable", "\(made.error)")
    #expect(try await disk.run("instance list --workspace \(data)/second", in: sandbox).status == 74)
    #expect(try await disk.run("workspace compact", in: sandbox).status == 74)
    // The program goes on reading, and writes as soon as there is room.
    try await expectSound(disk, sandbox, with: acknowledged)
    try disk.shell(#"rm "$1/filler""#, data)
    let next = try await disk.run(creation("after"), in: sandbox)
    #expect(next.status == 0, "\(next.error)")
    acknowledged.append(try #require(next.object["InstanceId"] as? String))
    try await expectSound(disk, sandbox, with: acknowledged)
    #expect(try await disk.run("workspace init --own --workspace \(data)/second", in: sandbox).status == 0)
    print("A full disk: \(acknowledged.count) changes acknowledged, \(acknowledged.count) found, 0 lost")
  }

  private func creation(_ name: String) -> String {
    "instance create --name \(name) --region cn-hangzhou --specification Enterprise_Basic --format json"
  }

  private func expectSound(_ disk: PrivateMounts, _ sandbox: Sandbox, with ids: [String]) async throws {
    let listed = try await disk.run("instance list --format json", in: sandbox)
    #expect(listed.array.compactMap { $0["InstanceId"] as? String }.sorted() == ids.sorted(), "\(listed.error)")
    let checked = try await disk.run("workspace check --format json", in: sandbox)
    #expect(checked.object["Sound"] as? Bool == true, "\(checked.output)")
    #expect((checked.object["Findings"] as? [Any])?.isEmpty == true, "\(checked.output)")
  }
}
