import FoundationEssentials
import Glibc
import SecureBuild
import Testing

@testable import BuildEngine
@testable import build_once

@Suite(
  "Whole builds", .serialized, .enabled(if: BuildWorld.told != nil, "runs in machines of its own: StageMachineTests"))
struct InsideStagesTests {
  private let place: TestFolder
  private let facts: BuildWorld.Facts

  init() throws {
    place = try TestFolder()
    facts = try #require(BuildWorld.told)
  }

  private func skopeo(_ arguments: String...) async throws -> String {
    try await run(
      "skopeo", ["--insecure-policy"] + arguments, in: place.path,
      environment: ["HOME": place.path, "XDG_RUNTIME_DIR": place.path])
  }

  @Test("An image comes from private source to a registry, with what was told of it")
  func builds() async throws {
    let order = try await OneBuild.order(in: place) { $0.arguments = ["WORD=given"] }
    let (told, log) = try await OneBuild.build(order)
    try #require(told.ending?.status == .success, "\(told.events) \(log)")
    #expect(
      told.stages == ["PREPARE SUCCESS", "CLONE SUCCESS", "BASE_IMAGES SUCCESS", "BUILD SUCCESS", "PUSH SUCCESS"])
    #expect(told.commits == [facts.commit])
    #expect(told.baseImages.map(\.name) == ["base:1"])
    #expect(told.refused.isEmpty)
    for line in ["given", "of the submodule", "a file kept in LFS", "app"] {
      #expect(log.split(separator: "\n").contains { $0 == line }, "\(log)")
    }
    #expect(!log.contains("[Warning]") && !log.contains("Using cache"), "\(log)")
    let image = try #require(told.image)
    let reference = "\(BuildWorld.registry)/team/app:\(order.tag)"
    #expect(image.references == [reference])
    #expect(image.size > 0)
    _ = try await skopeo(
      "copy", "--preserve-digests", "--src-tls-verify=false", "docker://\(reference)", "oci:pulled:image")
    let pulled = ImageLayout(place.path + "/pulled")
    let entry = try #require(try pulled.index().manifests.first)
    #expect(entry.digest.description == image.digest)
    struct Config: Decodable {
      struct Inner: Decodable {
        var Labels: [String: String]
        var User: String
      }
      var config: Inner
    }
    let digest = try #require(try pulled.document(entry.digest).0.config?.digest)
    let config = try JSONDecoder().decode(
      Config.self, from: Data(try Files.read(pulled.path(of: digest), limit: 1 << 20))
    )
    .config
    #expect(config.User == "app")
    let prefix = "org.opencontainers.image."
    #expect(config.Labels[prefix + "source"] == "\(BuildWorld.gitLab)/\(BuildWorld.project)")
    #expect(config.Labels[prefix + "revision"] == facts.commit)
    let created = try Date(try #require(config.Labels[prefix + "created"]), strategy: .iso8601)
    #expect(abs(created.timeIntervalSinceNow) < 300)
  }

  @Test("Base images are had from a mirror and from the instance's registry, by their digest")
  func basesByName() async throws {
    let order = try await OneBuild.order(in: place, "registry.Dockerfile") {
      $0.mirrors = [RegistryMirror(of: "mirrored.example", at: "\(BuildWorld.registry)/base", plainHTTP: true)]
    }
    _ = try await skopeo(
      "copy", "--preserve-digests", "--dest-tls-verify=false", "oci:images:base:1",
      "docker://\(BuildWorld.registry)/base/busybox:1")
    let (told, log) = try await OneBuild.build(order)
    #expect(told.ending?.status == .success, "\(log)")
    let digest = try ImageLayout(order.images).index().manifests.first { $0.name == "base:1" }?.digest.description
    let images = told.baseImages.sorted { $0.name < $1.name }
    #expect(images.map(\.name) == ["base/busybox:1", "mirrored.example/busybox:1"])
    #expect(images.map(\.origin) == [.registry, .mirror])
    #expect(images.allSatisfy { $0.digest == digest })
  }

  @Test("An image of two platforms goes as one index to a registry whose certificate only its CA file knows")
  func platforms() async throws {
    func orderTrusting(_ certificates: String?) async throws -> BuildOnceOrder {
      try await OneBuild.order(in: place, "platforms.Dockerfile") {
        $0.platforms = [.linuxAmd64, .linuxArm64]
        $0.registry = RegistryServer(address: BuildWorld.secureRegistry, caCertificates: certificates)
      }
    }
    let order = try await orderTrusting(facts.certificate)
    let (told, log) = try await OneBuild.build(order)
    try #require(told.ending?.status == .success, "\(told.events) \(log)")
    try Files.makeFolder(place.path + "/certificates")
    try Files.write(place.path + "/certificates/ca.crt", Array(facts.certificate.utf8))
    let raw = try await skopeo(
      "inspect", "--raw", "--cert-dir", "certificates", "docker://\(BuildWorld.secureRegistry)/team/app:\(order.tag)")
    #expect(told.image?.digest == "\(Digest(of: Array(raw.utf8)))")
    struct Index: Decodable {
      struct Entry: Decodable {
        struct Platform: Decodable { var architecture: String }
        var platform: Platform
      }
      var manifests: [Entry]
    }
    let index = try JSONDecoder().decode(Index.self, from: Data(raw.utf8))
    #expect(Set(index.manifests.map(\.platform.architecture)) == ["amd64", "arm64"])
    let untrusted = try await OneBuild.build(try await orderTrusting(nil)).told.ending?.failure
    #expect(untrusted?.code == Code.pushFailed.rawValue)
    #expect(untrusted?.message.en.contains("its certificate isn't trusted here") == true, "\(untrusted as Any)")
  }

  @Test("Layers of an earlier build are taken where the repository keeps them, on a base image that has a history")
  func cache() async throws {
    for (hasHistory, isTaken) in [(true, false), (true, true), (false, false)] {
      _ = try await TestBaseImage.write(to: place.path + "/images", reference: "base:1", hasHistory: hasHistory)
      let order = try await OneBuild.order(in: place) { $0.cache = place.path + "/cache" }
      let (told, log) = try await OneBuild.build(order)
      #expect(told.ending?.status == .success, "\(log)")
      #expect(log.contains("Using cache") == isTaken, "\(log)")
      #expect(log.contains("has no history") == !hasHistory, "\(log)")
    }
  }

  @Test("A registry on this machine's loopback gets the image, and the build doesn't reach it")
  func ownRegistry() async throws {
    let order = try await OneBuild.order(in: place) {
      $0.registry = RegistryServer(address: BuildWorld.ownRegistry, plainHTTP: true)
    }
    let (told, log) = try await OneBuild.build(order)
    try #require(told.ending?.status == .success, "\(told.events) \(log)")
    let reference = "\(BuildWorld.ownRegistry)/team/app:\(order.tag)"
    let digest = try await skopeo(
      "inspect", "--tls-verify=false", "--format", "{{.Digest}}", "docker://\(reference)")
    #expect(told.image?.references == [reference])
    #expect(told.image?.digest == digest.trimmingEnd)
    let allowed = told.events.flatMap { event -> [AllowedEndpoint] in
      if case .stageBegan(_, let allowed, _) = event { allowed } else { [] }
    }
    #expect(!allowed.isEmpty && allowed.allSatisfy { !$0.ip.isLoopback }, "\(allowed)")
  }

  @Test("Two builds at once don't disturb each other")
  func two() async throws {
    let orders = [
      try await OneBuild.order(in: place) { $0.arguments = ["WORD=first"] },
      try await OneBuild.order(in: place) { $0.arguments = ["WORD=second"] },
    ]
    let builds = [try await OneBuild.start(orders[0]), try await OneBuild.start(orders[1])]
    for (build, words) in zip(builds, [("first", "second"), ("second", "first")]) {
      let told = await build.ended()
      #expect(told.ending?.status == .success, "\(build.output) \(build.log)")
      let lines = build.log.split(separator: "\n")
      #expect(lines.contains { $0 == words.0 } && !lines.contains { $0 == words.1 }, "\(build.log)")
      #expect(told.image?.references == ["\(BuildWorld.registry)/team/app:\(build.order.tag)"])
    }
  }

  @Test("An address that isn't allowed is refused and counted, and what is allowed answers")
  func forbidden() async throws {
    let (told, log) = try await OneBuild.build(try await OneBuild.order(in: place, "forbidden.Dockerfile"))
    #expect(told.ending?.status == .success, "\(log)")
    #expect(log.contains("REACHED") && log.contains("Connection refused"), "\(log)")
    #expect(told.refused.map { "\($0.ip):\($0.port ?? 0) \($0.protocol) \($0.count)" } == ["10.78.0.9:8000 tcp 3"])
  }

  /// A thing that goes wrong, and what it must be called.
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    let dockerfile: String
    let code: Code
    let stage: BuildStage
    var change: @Sendable (inout BuildOnceOrder) -> Void = { _ in }
    var testDescription: String { name }
  }

  static let faults = [
    Fault(name: "wrong token", dockerfile: "Dockerfile", code: .tokenUnauthorized, stage: .clone) {
      $0.token = "glpat-of_somebody-else"
    },
    Fault(name: "missing Dockerfile", dockerfile: "none.Dockerfile", code: .dockerfileMissing, stage: .baseImages),
    Fault(name: "missing base image", dockerfile: "homeless.Dockerfile", code: .baseImageMissing, stage: .baseImages),
    Fault(name: "failing step", dockerfile: "failing.Dockerfile", code: .buildStepFailed, stage: .build),
    Fault(name: "step that hangs", dockerfile: "slow.Dockerfile", code: .buildTimedOut, stage: .build) {
      $0.limits = BuildLimits(stage: 60, silence: 2)
    },
    Fault(name: "registry's wrong password", dockerfile: "Dockerfile", code: .pushFailed, stage: .push) {
      $0.toClosedRegistry(password: "not-the-Password")
    },
    Fault(name: "registry that isn't there", dockerfile: "Dockerfile", code: .pushFailed, stage: .push) {
      $0.registry = RegistryServer(address: "10.78.0.3:4999", plainHTTP: true)
    },
  ]

  @Test("What goes wrong is told by its code, in its stage, and leaves nothing", arguments: faults)
  func fails(_ fault: Fault) async throws {
    let order = try await OneBuild.order(in: place, fault.dockerfile, fault.change)
    let (told, log) = try await OneBuild.build(order)
    #expect(told.ending?.status == .fail, "\(log)")
    let failure = try #require(told.ending?.failure, "\(told.events)")
    print("| \(user) | \(fault.name) | \(failure.stage?.rawValue ?? "-") \(failure.code): \(failure.message.en) |")
    #expect(failure.code == fault.code.rawValue, "\(failure)")
    #expect(failure.stage == fault.stage)
    #expect(told.stages.last == "\(fault.stage.rawValue) FAIL")
    #expect(try Files.names(in: order.folder) == ["log"])
  }

  @Test("A registry with a password and a token realm elsewhere takes the image; neither secret is told anywhere")
  func secrets() async throws {
    let order = try await OneBuild.order(in: place) { $0.toClosedRegistry(password: BuildWorld.password) }
    let build = try await OneBuild.start(order)
    // What anybody on the machine can see of its processes, and whatever lies in its folder, while it runs.
    var seen: Set<String> = []
    var files: Set<String> = []
    while build.isRunning {
      for process in ProcessTable().below(build.pid) { seen.insert(process.command) }
      if build.has(begun: .baseImages) {
        for file in ["git/config", "git/FETCH_HEAD"] {
          let bytes = (try? Files.read("\(order.folder)/work/\(file)", limit: 1 << 20)) ?? []
          if !bytes.isEmpty { files.insert(String(decoding: bytes, as: UTF8.self)) }
        }
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let told = await build.ended()
    try #require(told.ending?.status == .success, "\(build.output) \(build.log)")
    #expect(seen.contains { $0.contains("git") } && seen.contains { $0.contains("skopeo") }, "\(seen)")
    #expect(files.contains { $0.contains("[core]") }, "\(files)")
    let encoded = Data("oauth2:\(GitFixture.token)".utf8).base64EncodedString()
    for text in seen.union(files).union([build.output, build.log]) {
      for secret in [GitFixture.token, encoded, BuildWorld.password] { #expect(!text.contains(secret), "\(text)") }
    }
    #expect(told.image?.references == ["\(BuildWorld.closedRegistry)/team/app:\(order.tag)"])
  }

  @Test("A distribution's base image, brought in as an archive, keeps its users and owners over several stages")
  func debian() async throws {
    guard let archive = facts.debian else {
      print("| \(user) | Debian as base image | skipped: mmdebstrap made none here |")
      return
    }
    let order = try await OneBuild.order(in: place, "debian.Dockerfile")
    let added = try await ImportedImages(folder: order.images).add(archive, as: "debian:12")
    #expect(added.map(\.name) == ["debian:12"])
    let (told, log) = try await OneBuild.build(order)
    #expect(told.ending?.status == .success, "\(log)")
    #expect(told.baseImages.map(\.digest) == added.map(\.digest))
    for line in [
      "/srv/app/who builder:builder 1000:1000 644", "/srv/app/root UNKNOWN:UNKNOWN 4242:4243 4711", "I am builder",
    ] { #expect(log.contains(line), "\(log)") }
    // The owners in the image itself, as whoever pulls it gets them.
    _ = try await skopeo(
      "copy", "--src-tls-verify=false", "docker://\(BuildWorld.registry)/team/app:\(order.tag)", "dir:pulled-debian")
    var listed = ""
    for name in try Files.names(in: place.path + "/pulled-debian") where name.count == 64 {
      let file = "\(place.path)/pulled-debian/\(name)"
      guard try Files.start(of: file, count: 2) == [0x1f, 0x8b] else { continue }
      listed += try await run("tar", ["--list", "--verbose", "--numeric-owner", "--file", file])
    }
    let lines = listed.split(separator: "\n")
    #expect(lines.contains { $0.contains("1000/1000") && $0.hasSuffix("srv/app/who") })
    #expect(lines.contains { $0.hasPrefix("-rws--x--x 4242/4243") && $0.hasSuffix("srv/app/root") })
  }

  private var user: String { TestMachine.isRoot ? "root" : "user" }
}

extension BuildOnceOrder {
  /// Pushes to the registry that wants a password.
  mutating func toClosedRegistry(password: String?) {
    registry = RegistryServer(
      address: BuildWorld.closedRegistry, username: password == nil ? nil : BuildWorld.user, plainHTTP: true,
      hosts: [HostEntry(name: BuildWorld.realmName, ip: BuildWorld.realmAddress)])
    self.password = password
  }
}
