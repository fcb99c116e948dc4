import FlatFiles
import Foundation
import SecureBuild
import Testing

@testable import acr_console

@Suite("Builds are started, waited for and cancelled", .timeLimit(.minutes(3)))
struct StartedBuildTests {
  static let members = [
    "BuildRecordId", "BuildStatus", "Image", "CommitId", "Digest", "StartTime", "EndTime", "Stages", "Refused",
    "InstanceId", "BuildRuleId", "PushType", "Ref", "Trigger", "Engine", "Size", "References", "BaseImages", "Failure",
    "Orphaned", "Cancelling", "At", "By",
  ]

  @Test("a start returns with the record of what is queued, and says how to follow it")
  func start() async throws {
    let ground = try await BuildGround()
    let json = try await ground.sandbox.run("build start --rule \(ground.rule) --format json")
    #expect(json.status == 0 && json.error.isEmpty, "\(json.error)")
    #expect(json.memberNames == Self.members)
    #expect(json.object["BuildStatus"] as? String == "PENDING" && json.object["Trigger"] as? String == "MANUAL")
    let image = try #require(json.object["Image"] as? [String: String])
    #expect(
      image == [
        "RepoNamespaceName": "team", "RepoName": "hello", "RepoId": ground.repository, "ImageTag": "latest",
      ])
    let stages = try #require(json.object["Stages"] as? [[String: Any]])
    #expect(stages.map { $0["Name"] as? String } == BuildStage.allCases.map(\.rawValue))
    #expect(Set(["Name", "Status", "StartTime", "EndTime"]).isSubset(of: stages[0].keys))
    let told = try await ground.sandbox.run("build start \(ground.rule)")
    #expect(told.output.contains("Pending") && told.error.contains("build log build-local-"))
    #expect(try await ground.sandbox.run("build list --instance \(ground.instance) --format json").array.count == 2)
  }

  @Test(
    "who quits the console is told of builds that go on, where there are such",
    arguments: [
      ("en", 0, nil), ("en", 1, "1 build goes on: `acr-console build list` shows it.\r\n"),
      ("en", 2, "2 builds go on: `acr-console build list` shows them.\r\n"),
      ("zh", 1, "1 个构建仍在继续：可用 `acr-console build list` 查看。\r\n"),
    ] as [(String, Int, String?)])
  func goingOn(language: String, count: Int, said: String?) async throws {
    let ground = try await BuildGround()
    for _ in 0..<count { _ = try await ground.queued() }
    let terminal = try RawTerminal()
    try ground.sandbox.start(["--language", language], on: terminal, environment: ["TERM": "xterm-256color"])
    try await terminal.wrote("build-prod")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
    #expect(said.map { terminal.text.hasSuffix($0) } ?? !terminal.text.contains("build list"))
    let after = try await ground.sandbox.run("build list --format json").array
    #expect(after.map { $0["BuildStatus"] as? String } == Array(repeating: "PENDING", count: count))
  }

  /// As root in a mount namespace of its own, in which a program isn't one.
  @Test(
    "where this machine lacks a part it is named with what to install, and nothing is queued",
    .enabled(if: geteuid() == 0, "wants root, to hide a program"),
    arguments: [
      ("nft", "nftables"), ("buildah", "buildah"), ("pasta", "passt"), ("crun", "crun"), ("skopeo", "skopeo"),
    ])
  func lacking(_ program: String, _ package: String) async throws {
    let ground = try await BuildGround()
    let script = #"for d in /usr/sbin /usr/bin; do [ -e $d/$0 ] && mount --bind /dev/null $d/$0; done; exec "$@""#
    let running = try RunningProgram(
      ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, program, Sandbox.program]
        + ["build", "start", "--rule", ground.rule, "--format", "json"], environment: ground.sandbox.environment())
    let outcome = try await running.finish()
    #expect(outcome.status == 1 && outcome.code == "PartMissing", "\(outcome.error)")
    #expect((outcome.refusal["Message"] as? String)?.contains(program) == true, "\(outcome.error)")
    #expect((outcome.refusal["Mend"] as? String)?.contains("apt-get install \(package)") == true, "\(outcome.error)")
    #expect(try await ground.sandbox.run("build list --instance \(ground.instance) --format json").array.isEmpty)
  }

  @Test("a dry run starts nothing")
  func rehearsed() async throws {
    let ground = try await BuildGround()
    let before = ground.sandbox.files()
    let outcome = try await ground.sandbox.run("build start --rule \(ground.rule) --dry-run --format json")
    #expect(outcome.status == 0 && outcome.object["DryRun"] as? Bool == true)
    #expect(ground.sandbox.files() == before)
  }

  /// How a build ends, and what is said by whoever waited.
  static let ends: [(end: BuildEvent.What, status: Int32, code: String?)] = [
    (.ended(.success, nil), 0, nil),
    // It failed, by what a command would end with 69 for.
    (.ended(.fail, BuildGround.failure), 1, "ConnectTimedOut"),
    (
      .ended(
        .cancel,
        BuildFailure(.cancelled, in: nil, message: Phrase("Cancelled.", "已取消。"), mend: Phrase("Again.", "重试。"))), 130,
      "Cancelled"
    ),
  ]

  @Test("a start that waits ends as the build does: 0, 1 or 130", arguments: [0, 1, 2])
  func waited(_ number: Int) async throws {
    let (end, status, code) = Self.ends[number]
    let ground = try await BuildGround()
    let waiting = try ground.sandbox.start(["build", "start", "--rule", ground.rule, "--wait", "--format", "json"])
    let id = try await ground.onlyBuild()
    let lease = try ground.takeUp(id)
    try ground.tell(id, .stageBegan(.clone, allowed: [], logOffset: 0), .commit(String(repeating: "a", count: 40)), end)
    let outcome = try await waiting.finish()
    #expect(outcome.status == status && outcome.code == code, "\(outcome.error)")
    #expect(outcome.object["BuildRecordId"] as? String == id)
    #expect(outcome.object["CommitId"] as? String == String(repeating: "a", count: 40))
    if number == 1 { #expect(outcome.refusal["Stage"] as? String == "CLONE") }
    _ = consume lease
  }

  @Test("Ctrl-C while waiting ends the waiting, not the build", arguments: [SIGINT, SIGTERM])
  func stopped(_ signal: Int32) async throws {
    let ground = try await BuildGround()
    let waiting = try ground.sandbox.start(["build", "start", "--rule", ground.rule, "--wait"])
    let id = try await ground.onlyBuild()
    #expect(try await waiting.says("is queued"))
    waiting.send(signal)
    let outcome = try await waiting.finish()
    #expect(outcome.status == 130)
    #expect(outcome.error.contains("which goes on"), "\(outcome.error)")
    #expect(outcome.error.contains("build log \(id) --follow") && outcome.error.contains("build cancel \(id)"))
    let shown = try await ground.sandbox.run("build show \(id) --format json")
    #expect(shown.object["BuildStatus"] as? String == "PENDING" && shown.object["Cancelling"] as? Bool == false)
  }

  @Test("somebody who waits at a terminal sees the stages as they come")
  func stages() async throws {
    let ground = try await BuildGround()
    let terminal = try RawTerminal()
    try ground.sandbox.start(["build", "start", "--rule", ground.rule, "--wait"], on: terminal)
    let id = try await ground.onlyBuild()
    let lease = try ground.takeUp(id)
    try ground.tell(id, .stageBegan(.prepare, allowed: [], logOffset: 0))
    try await terminal.wrote("▸ Prepare")
    try ground.tell(id, .stageEnded(.prepare, .success))
    try await terminal.wrote("✓ Prepare")
    try ground.tell(id, .ended(.success, nil))
    #expect(try await terminal.ended() == .exited(0))
    _ = consume lease
  }

  @Test("a build that waits is cancelled at once, one that runs is told to stop")
  func cancelled() async throws {
    let ground = try await BuildGround()
    let waiting = try await ground.queued()
    #expect(try await ground.sandbox.run("build cancel \(waiting) --dry-run --format json").object["DryRun"] != nil)
    let done = try await ground.sandbox.run("build cancel \(waiting) --format json")
    #expect(done.status == 0 && done.object["BuildStatus"] as? String == "CANCEL", "\(done.error)")
    for line in ["build cancel \(waiting)", "build cancel \(waiting) --dry-run"] {
      #expect(try await ground.sandbox.run(line + " --format json").code == "BuildIsOver")
    }
    let running = try await ground.queued()
    let lease = try ground.takeUp(running)
    let asked = try await ground.sandbox.run("build cancel --build \(running) --format json")
    #expect(asked.object["BuildStatus"] as? String == "BUILDING" && asked.object["Cancelling"] as? Bool == true)
    let told = try await ground.sandbox.run("build show \(running)")
    #expect(told.output.contains("Building (being cancelled)"), "\(told.output)")
    #expect(try await ground.sandbox.run("build delete \(running) --yes --format json").code == "BuildIsRunning")
    _ = consume lease
    #expect(try await ground.sandbox.run("build delete \(waiting) --yes").status == 0)
    #expect(try await ground.sandbox.run("build show \(waiting) --format json").code == "NoSuchBuild")
  }

  @Test("a record is built again with the rule as it was")
  func again() async throws {
    let ground = try await BuildGround()
    let first = try await ground.queued()
    try await ground.sandbox.run("rule edit \(ground.rule) --image-tag other")
    let again = try await ground.sandbox.run("build again \(first) --format json")
    #expect(again.status == 0 && again.object["Trigger"] as? String == "AGAIN", "\(again.error)")
    #expect((again.object["Image"] as? [String: String])?["ImageTag"] == "latest")
  }

  @Test("a person sees the stages with what they were let out to, the image, and what was refused with the mend")
  func shown() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    let lease = try ground.takeUp(id)
    let gitLab = try #require(IPv4Address("192.168.10.20")), far = try #require(IPv4Address("10.0.0.9"))
    try ground.tell(
      id,
      .stageBegan(.clone, allowed: [AllowedEndpoint(ip: .v4(gitLab), port: 80, label: "GitLab")], logOffset: 0),
      .stageEnded(.clone, .success),
      .baseImage(BaseImage(name: "debian:12", digest: "sha256:ba5e", origin: .mirror, from: "m.corp/debian:12")),
      .refused([RefusedConnection(ip: .v4(far), port: 443, protocol: "tcp", count: 3)]),
      .image(BuiltImage(digest: "sha256:d19e", size: 1_572_864, references: ["oci:/srv/images:team/hello:latest"])),
      .ended(.success, nil))
    let shown = try await ground.sandbox.run("build show \(id)")
    for text in [
      "✓ Clone", "192.168.10.20:80 (GitLab)", "sha256:d19e", "1.5 MiB", "oci:/srv/images:team/hello:latest",
      "mirror: m.corp/debian:12", "3 connections to 10.0.0.9:443/tcp refused by the managed group",
      "acr-console link edit \(ground.link) --allow 10.0.0.9",
    ] { #expect(shown.output.contains(text), "\(text) in \(shown.output)") }
    let json = try await ground.sandbox.run("build show \(id) --format json").object
    let refused = try #require((json["Refused"] as? [[String: Any]])?.first)
    #expect(refused["Ip"] as? String == "10.0.0.9" && refused["Port"] as? Int == 443)
    #expect(refused["Protocol"] as? String == "tcp" && refused["Count"] as? Int == 3)
    #expect(json["Digest"] as? String == "sha256:d19e" && json["Size"] as? Int == 1_572_864)
    let chinese = try await ground.sandbox.run("build show \(id) --language zh")
    #expect(chinese.output.contains("托管安全组拒绝了 3 次到 10.0.0.9:443/tcp 的连接"))
    _ = consume lease
  }

  @Test("the list is newest first, in pages")
  func pages() async throws {
    let ground = try await BuildGround()
    var ids: [String] = []
    for _ in 0..<3 { ids.append(try await ground.queued()) }
    let first = try await ground.sandbox.run("build list --limit 2 --format json")
    #expect(first.array.map { $0["BuildRecordId"] as? String } == [ids[2], ids[1]])
    #expect(first.memberNames == Self.members)
    let told = try await ground.sandbox.run("build list --limit 2")
    #expect(told.error.contains("--before \(ids[1])"))
    let rest = try await ground.sandbox.run("build list --limit 2 --before \(ids[1]) --format json")
    #expect(rest.array.map { $0["BuildRecordId"] as? String } == [ids[0]])
  }

  @Test("a record that can't be read is said, and hides no other")
  func damaged() async throws {
    let ground = try await BuildGround()
    let (bad, good) = (try await ground.queued(), try await ground.queued())
    try ground.sandbox.write("{\n{}\n", to: "\(ground.sandbox.workspace)/builds/\(ground.instance)/\(bad)/record.jsonl")
    let list = try await ground.sandbox.run("build list --format json")
    #expect(list.status == 74 && list.array.map { $0["BuildRecordId"] as? String } == [good], "\(list.error)")
    #expect(list.code == "WorkspaceDamaged")
  }

  @Test(
    "what can't be built is refused with its field",
    arguments: [
      ("build start --rule nope", "NoSuchRule", "BuildRuleId"),
      ("build start --rule RULE --commit abc", "NoSuchRef", nil),
      ("build start --rule RULE --engine kubernetes", "OwnOnly", nil),
      ("build show nope", "NoSuchBuild", nil), ("build log nope", "NoSuchBuild", nil),
      ("build log nope --follow", "NoSuchBuild", nil), ("build cancel nope", "NoSuchBuild", nil),
      ("build again nope", "NoSuchBuild", nil), ("build list --instance nope", "NoSuchInstance", "InstanceId"),
      ("build delete nope --yes", "NoSuchBuild", nil), ("build show ../x", "NoSuchBuild", nil),
    ] as [(String, String, String?)])
  func refused(_ line: String, _ code: String, _ field: String?) async throws {
    let ground = try await BuildGround()
    let outcome = try await ground.sandbox.run(ground.filled(line) + " --format json")
    #expect(outcome.status == 1 && outcome.code == code, "\(outcome.error)")
    #expect(outcome.refusal["Field"] as? String == field && outcome.output.isEmpty)
  }

  @Test("a rule that builds only on a push says so, in its list too")
  func onPushOnly() async throws {
    let ground = try await BuildGround()
    try await ground.sandbox.run("rule edit \(ground.rule) --tag-commit-id")
    let outcome = try await ground.sandbox.run("build start --rule \(ground.rule) --format json")
    #expect(outcome.code == "BuildsOnPushOnly" && outcome.refusal["Field"] as? String == "TagCommitId")
    let rule = try #require(try await ground.sandbox.run("rule list --format json").array.first)
    #expect(rule["BuildNow"] as? Bool == false)
    #expect((rule["WhyNot"] as? [String: String])?["Code"] == "BuildsOnPushOnly")
    let added = try await ground.sandbox.run(
      "rule add --repository \(ground.repository) --push-type GIT_TAG --push-name v.* --image-tag x")
    #expect(added.error.contains("then `acr-console build watch`"), "\(added.error)")
  }
}
