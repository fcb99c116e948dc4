import Foundation

@testable import FlatFiles
@testable import SecureBuild

/// A build that a test plays: what a runner would write is written as the test says, with its times.
struct PlayedBuild {
  let builds: Builds
  let request: BuildRequest
  /// Held while somebody works on it.
  private let lease: FileLock
  private var folder: String { builds.folders.build(BuildPlace(request)) }

  init(_ workspace: Workspace, rule: String) throws {
    builds = workspace.builds
    request = try workspace.buildRequest(rule: rule)
    try builds.enqueue(request)
    lease = try FileLock("\(builds.folders.build(BuildPlace(request)))/\(BuildFile.lease)", making: false)
  }

  init(_ workspace: Workspace, _ request: BuildRequest) throws {
    builds = workspace.builds
    self.request = request
    lease = try FileLock("\(builds.folders.build(BuildPlace(request)))/\(BuildFile.lease)", making: false)
  }

  var id: String { request.id }

  /// A runner works on it from now on.
  func take() { _ = lease.waitToTake(.exclusive, within: .seconds(5)) }
  /// It died, or is done.
  func letGo() { lease.release() }

  /// - Parameter seconds: since the build was asked for.
  func tell(_ what: BuildEvent.What, after seconds: Double = 0) throws {
    let at = Timestamp(milliseconds: request.at.milliseconds + Int64(seconds * 1000))
    var file = try LineFile(appendingTo: "\(folder)/\(BuildFile.record)")
    try file.append(try BuildLines.line(of: BuildEvent(at: at, what: what)))
    if case .ended = what { builds.dequeue(BuildPlace(request)) }
  }

  func log(_ text: String) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: "\(folder)/\(BuildFile.log)"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  var logLength: Int {
    (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(BuildFile.log)")[.size] as? Int) ?? 0
  }

  func begin(_ stage: BuildStage, after seconds: Double, allowed: [AllowedEndpoint] = []) throws {
    try tell(.stageBegan(stage, allowed: allowed, logOffset: logLength), after: seconds)
  }
}

extension PlayedBuild {
  static let commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
  static let gitLab = AllowedEndpoint(ip: .v4(IPv4Address("192.168.10.20") ?? .any), port: 80, label: "GitLab")
  static let maven = AllowedEndpoint(ip: .v4(IPv4Address("192.168.10.30") ?? .any), port: nil, label: "Maven")

  /// As far as the build's own stage, which runs.
  func playToBuild() throws {
    take()
    try tell(.started, after: -14)
    try begin(.prepare, after: -14)
    try log("network closed: drop in, out and forward\ncanary refused over IPv4 and IPv6\n")
    try tell(.stageEnded(.prepare, .success), after: -13.8)
    try begin(.clone, after: -13.8, allowed: [Self.gitLab])
    try log("Cloning into 'source' …\nReceiving objects:  10%\rReceiving objects: 100% (42/42), done.\n")
    try tell(.commit(Self.commit), after: -12.7)
    try tell(.stageEnded(.clone, .success), after: -12.7)
    try begin(.baseImages, after: -12.7)
    try tell(
      .baseImage(
        BaseImage(
          name: "debian:12", digest: "sha256:" + String(repeating: "ab12", count: 16), origin: .mirror,
          from: "mirror.corp.example/hub/library/debian:12")), after: -12)
    try tell(.stageEnded(.baseImages, .success), after: -12)
    try begin(.build, after: -12, allowed: [Self.gitLab, Self.maven])
    try log(
      "\u{1b}[1mSTEP 1/3: FROM debian:12\u{1b}[0m\nSTEP 2/3: COPY . /app\nSTEP 3/3: RUN \u{1b}[32mmvn\u{1b}[0m -q package\n"
    )
  }

  func playToSuccess() throws {
    try playToBuild()
    try log("\u{1b}[32mBUILD SUCCESS\u{1b}[0m\n")
    try tell(.stageEnded(.build, .success), after: -2)
    try begin(.push, after: -2)
    try log("Writing manifest to image destination\n")
    try tell(
      .image(
        BuiltImage(
          digest: "sha256:" + String(repeating: "cd34", count: 16), size: 48_234_567,
          references: ["oci:/srv/registry:team/web:v1"])), after: -1)
    try tell(.stageEnded(.push, .success), after: -1)
    try tell(.ended(.success, nil), after: -1)
    letGo()
  }

  func playToFailure() throws {
    try playToBuild()
    try log("\u{1b}[31mcurl: (7) Failed to connect to 10.0.0.9 port 443\u{1b}[0m\n")
    try tell(
      .refused([
        RefusedConnection(ip: .v4(IPv4Address("10.0.0.9") ?? .any), port: 443, protocol: "tcp", count: 3),
        RefusedConnection(ip: .v4(IPv4Address("9.9.9.9") ?? .any), port: 53, protocol: "udp", count: 1),
      ]), after: -3)
    try tell(.stageEnded(.build, .fail), after: -3)
    try tell(
      .ended(
        .fail,
        BuildFailure(
          .buildStepFailed, in: .build,
          message: Phrase("Step 3 of the Dockerfile failed with status 7.", "Dockerfile 第 3 步失败，退出状态 7。"),
          mend: Phrase("Its last lines of output say why.", "请查看日志最后几行。"))), after: -3)
    letGo()
  }
}

extension IPv4Address {
  static let any = IPv4Address(bits: 0)
}
