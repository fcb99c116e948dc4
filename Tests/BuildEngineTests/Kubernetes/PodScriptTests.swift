import Foundation
import SecureBuild
import Testing

@testable import BuildEngine

// What the pod runs, run here as a pod would: as an ordinary user with two capabilities to map ids by and no others, on a
// root that can't be written, with real git, buildah and registry, and nftables in the place of a network plugin.
@Suite(.enabled(if: PodPrograms.missing.isEmpty, "missing: \(PodPrograms.missing.joined(separator: ", "))"))
struct PodScriptTests {
  private struct Outcome {
    let log: String
    let reports: [String: String]
  }

  /// Runs the stages of a build of `dockerfile`.
  private func run(
    _ dockerfile: String?, stages: [PodStage] = PodStage.allCases, token: String = TestBuild.token,
    isOpen: Bool = false,
    args: [String] = []
  ) async throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "acr-pod-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["plan", "context", "reports"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    for (name, text) in try build(args).files { try write(text, "\(folder)/plan/\(name)") }
    if let dockerfile { try write(dockerfile, "\(folder)/context/Dockerfile") }
    try write("a file of the project\n", "\(folder)/context/readme")
    try write(token, "\(folder)/token")
    try write(TestBuild.token, "\(folder)/gitlab-token")
    if isOpen { try write("", "\(folder)/open") }
    try write(stages.map { $0.rawValue + "\n" }.joined(), "\(folder)/stages")
    try write(String(decoding: PackageResources.pod_sh, as: UTF8.self), "\(folder)/pod.sh")
    chmod("\(folder)/reports", 0o777)
    let unshare = try #require(Programs.find("unshare"))
    let answer = try await HostPrograms().capture(
      ProgramCall(
        unshare, ["--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "\(folder)/pod.sh", folder],
        limit: .seconds(120)))
    var reports: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/reports") {
      reports[name] = try String(contentsOfFile: "\(folder)/reports/\(name)", encoding: .utf8)
    }
    return Outcome(log: answer.text + answer.errorText, reports: reports)
  }

  private func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

  private func build(_ args: [String]) throws -> ClusterBuild {
    let loopback = IPv4Address(bits: 0x7f00_0001)
    let maven = HostEntry(name: "maven.corp.example", ip: IPv4Address(bits: 0x0a00_0063))
    var plan = try TestBuild.plan(
      network: .confined(gitLab: .v4(loopback), others: [], hosts: [maven]), rule: TestBuild.rule(args: args))
    plan.source.site = GitLabSite(
      address: try GitLabAddress(parsing: "http://127.0.0.1:8929"), connectTo: .v4(loopback), trust: .system)
    let server = RegistryServer(address: "127.0.0.1:5000", plainHTTP: true)
    let registry = ClusterHosts(endpoints: [AllowedEndpoint(ip: .v4(loopback), port: 5000, label: "registry")])
    let digest = "sha256:" + String(repeating: "ab", count: 32)
    let base = ClusterImage(
      base: BaseImage(
        name: "busybox:1", digest: digest, origin: .registry, from: "127.0.0.1:5000/hub/library/busybox:1"),
      fullName: "docker.io/library/busybox:1", reference: "127.0.0.1:5000/hub/library/busybox@\(digest)",
      platform: .linuxAmd64, plainHTTP: true, caCertificates: nil)
    return ClusterBuild(
      plan: plan, settings: KubernetesSettings(), commit: TestBuild.commit, baseImages: [base], sources: registry,
      registry: registry, server: server, platform: .linuxAmd64, isFollowed: true)
  }

  @Test(.timeLimit(.minutes(2)))
  func `from the source to the registry, each stage in its own network, without the token in any later one`()
    async throws
  {
    let outcome = try await run(
      """
      FROM busybox:1
      ARG WHO
      RUN busybox echo "hello $WHO"; busybox cat /etc/hosts; busybox env
      RUN busybox mkdir /x && busybox chown 33:33 /x
      COPY readme /x/
      """, args: ["WHO=$(id) `id`"])
    #expect(outcome.reports["clone"]?.hasPrefix("ok\ncommit=") == true, "\(outcome.log)")
    #expect(outcome.reports["build"]?.hasPrefix("ok") == true, "\(outcome.log)")
    #expect(outcome.log.contains("hello $(id) `id`\n"))
    #expect(outcome.log.contains("127.0.0.1\tlocalhost\n10.0.0.99\tmaven.corp.example\n"))
    #expect(!outcome.log.contains(TestBuild.token))
    let report = try #require(outcome.reports["push"])
    let pushed = try #require(
      try JSONSerialization.jsonObject(with: Data((outcome.reports["pushed"] ?? "").utf8)) as? [String: Any])
    #expect(report.contains("digest=\(pushed["Digest"] as? String ?? "none")\n"))
    let labels = try #require(pushed["Labels"] as? [String: String])
    #expect(labels["org.opencontainers.image.source"] == "http://127.0.0.1:8929/shop/app")
    #expect(labels["org.opencontainers.image.revision"].map { outcome.reports["clone"]?.contains($0) == true } == true)
    let size = report.split(separator: "\n").last.flatMap { Int($0.dropFirst("size=".count)) } ?? 0
    #expect(size > 100_000)
  }

  @Test(.timeLimit(.minutes(2))) func `where no policy is kept, nothing is cloned, and who answered is told`()
    async throws
  {
    let outcome = try await run("FROM busybox:1\n", isOpen: true)
    let report = try #require(outcome.reports["clone"])
    #expect(report.hasPrefix("NetworkNotClosed\n"), "\(outcome.log)")
    #expect(report.contains("127.0.0.1:5000 answered"))
    #expect(outcome.reports.keys.sorted() == ["clone", "pushed"])
    #expect(!outcome.log.contains("Fetching"))
  }

  @Test(.timeLimit(.minutes(2))) func `a token that GitLab doesn't take fails the clone in git's words`() async throws {
    let outcome = try await run("FROM busybox:1\n", token: "glpat-of-somebody-else")
    #expect(
      outcome.reports["clone"]?.hasPrefix("CloneFailed\nGitLab doesn't let this token read the project: fatal: ")
        == true, "\(outcome.log)"
    )
    #expect(!outcome.log.contains("glpat-of-somebody-else"))
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      (nil, "DockerfileMissing\nThere is no Dockerfile in ."),
      ("FROM busybox:1\nRUN busybox sh -c 'echo broken; exit 7'\n", "BuildStepFailed\nThe build failed: "),
      ("FROM busybox:2\n", "BuildStepFailed\nThe build failed: "),
      ("FROM busybox:1\nRUN busybox nc -w 2 127.0.0.1 5000 </dev/null\n", "BuildStepFailed\nThe build failed: "),
    ])
  func `what fails in the build is told, and nothing is pushed`(dockerfile: String?, report: String) async throws {
    let outcome = try await run(dockerfile)
    #expect(outcome.reports["build"]?.hasPrefix(report) == true, "\(outcome.log)")
    #expect(outcome.reports["push"] == nil)
    #expect(outcome.reports["pushed"] == "")
  }
}

/// What a stand-in of a pod needs of this machine.
private enum PodPrograms {
  static let missing: [String] =
    (geteuid() == 0 ? [] : ["root"])
    + [
      "git", "buildah", "docker-registry", "skopeo", "busybox", "nft", "setcap", "setpriv", "newuidmap", "python3",
      "ip",
      "unshare",
    ].filter { Programs.find($0) == nil }
}
