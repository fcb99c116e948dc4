import FlatFiles
import Foundation
import Testing

/// Builds by keys alone, with the real program, runner, git and buildah.
@Suite(
  "From a bound GitLab to an image by keys", .enabled(if: TmuxTerminal.isInstalled, "wants tmux"),
  .enabled(if: BuildMachine.canBuild, "\(BuildMachine.obstacle ?? "")"), .timeLimit(.minutes(2)))
struct ConsoleBuildTests {
  @Test("repository, rule, build now: the log comes as it is written; the next one is cancelled")
  func builds() async throws {
    let ground = try await TrainingGround()
    let sandbox = ground.sandbox
    let bound = try await sandbox.run(ground.binding(ground.link()), input: ground.fact("Token"))
    try #require(bound.object["Status"] as? String == "BOUND", "\(bound.error)")
    let terminal = try TmuxTerminal([Sandbox.program], environment: sandbox.environment(), width: 100, height: 32)
    try await terminal.shows("build-prod").press("Enter").shows("Instance ID")
    try await terminal.press("g", "r").shows("No repository yet").press("c").shows("Create a repository")
    // A new namespace is typed, and Tab takes it.
    try terminal.type("team").press("Tab").type("slow").press("Tab", "Tab").type("Counts to 60").press("Tab")
    try await terminal.type("samples/slow").shows("▸  samples/slow ").press("Enter").shows("samples/slow  main")
    try await terminal.press("C-s").shows("No rule yet").press("c").shows("Add a build rule")
    try await terminal.press("Tab", "Enter").shows("▸  main").press("Enter").shows("✓ samples/slow main @")
    try await terminal.press("C-s").shows("● now").press("B")
    // Its container counts the seconds: what it says is there while it says it.
    try await terminal.shows("◐ Building", "▸ Build", "following", "second 2 of 60")
    try await terminal.press("x").shows("Let it run").press("y").shows("– Cancelled", "– Build", "Cancelled by")
    // The same repository, of another project.
    try await terminal.press("g", "r").shows("team/slow", "– Cancelled").press("e").shows("Edit team/slow")
    try await terminal.press("Tab", "Tab").type("platform/hello-web").shows("▸  platform/hello-web ")
    try await terminal.press("Enter").shows("platform/hello-web  main").press("C-s").shows("is saved").press("Enter")
      .shows("● now").press("B")
    try await terminal.shows("✓ Success", "✓ Push", "COMMIT", "team/slow:latest")
    try terminal.press("C-c")
    #expect(try await terminal.ended() == 0)
    // A script sees the same, and the image.
    let builds = try await sandbox.run("build list --format json").array
    #expect(builds.map { $0["BuildStatus"] as? String } == ["SUCCESS", "CANCEL"])
    let digest = try #require(builds.first?["Digest"] as? String)
    let layout = try #require((builds.first?["References"] as? [String])?.first).dropFirst("oci:".count)
      .prefix { $0 != ":" }
    #expect(FileManager.default.fileExists(atPath: "\(layout)/blobs/\(digest.replacing(":", with: "/"))"))
    // The runner is gone when there is nothing left for it.
    let runner = try FileLock("\(sandbox.workspace)/builds/runner.lock", making: false)
    #expect(try await Patience.wait { runner.tryToTake(.exclusive) ? true : nil } == true)
  }
}
