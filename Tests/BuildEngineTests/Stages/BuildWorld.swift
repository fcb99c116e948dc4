import FoundationEssentials
import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

/// What a whole build meets on a machine of the tests, each at an address of its own: GitLab's git, registries, and
/// the one who gives a registry's tokens.
///
/// 10.78.0.2:8080 is GitLab; 10.78.0.3:5000 a registry for everybody, :5001 one with a token realm at 10.78.0.4:5003,
/// :5002 one that never answers about a manifest, :5005 one with a certificate of its own; 127.0.0.1:5004 a registry on
/// the machine's own loopback. Nobody may reach 10.78.0.9.
final class BuildWorld: Sendable {
  static let gitLabName = "gitlab.corp.example"
  static let gitLab = "http://gitlab.corp.example:8080"
  static let gitLabAddress = IPv4Address(bits: 10 << 24 | 78 << 16 | 2)
  static let registry = "10.78.0.3:5000"
  static let closedRegistry = "10.78.0.3:5001"
  static let silentRegistry = "10.78.0.3:5002"
  static let secureRegistry = "10.78.0.3:5005"
  static let ownRegistry = "127.0.0.1:5004"
  static let realmName = "tokens.corp.example"
  static let realmAddress = IPv4Address(bits: 10 << 24 | 78 << 16 | 4)
  static let user = "builder"
  static let password = "reg-P4ssword_of-the-test"
  static let project = "team/whole"

  /// Why there can be none here; nil where there can.
  static var obstacle: String? {
    TestMachine.obstacle
      ?? ["docker-registry", "git", "git-lfs", "python3", "openssl"].first { Programs.find($0) == nil }.map {
        "wants \($0)"
      }
  }

  /// What tests inside the machine must be told.
  struct Facts: Codable {
    /// The newest commit of the project.
    var commit: String
    /// The certificate of the registry that has one, PEM.
    var certificate: String
    /// A tar of Debian's root file system; nil where none could be made.
    var debian: String?
  }

  /// Those that this process was told.
  static var told: Facts? {
    getenv(variable).flatMap { try? JSONDecoder().decode(Facts.self, from: Data(String(cString: $0).utf8)) }
  }

  private static let variable = "ACR_TEST_WORLD"
  private static let large = "a file kept in LFS\n"

  let servers: [TestMachine.Server]
  let environment: [String: String]
  private let fixture: GitFixture
  private let folder: TestFolder

  init(debian: String?) async throws {
    folder = try TestFolder()
    fixture = try await GitFixture()
    let commit = try await Self.makeProject(fixture)
    let path = folder.path
    try await run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(path)/key.pem", "-out", "\(path)/cert.pem",
        "-subj", "/CN=tokens", "-addext", "subjectAltName=IP:10.78.0.3", "-days", "2",
      ])
    let certificate = String(decoding: try Files.read("\(path)/cert.pem", limit: 1 << 16), as: UTF8.self)
    let facts = try JSONEncoder().encode(Facts(commit: commit, certificate: certificate, debian: debian))
    environment = [Self.variable: String(decoding: facts, as: UTF8.self)]
    let script = "\(path)/stand-in.py"
    try Files.write(script, PackageResources.stand_in_py)
    let python = [try #require(Programs.find("python3")), "-u", script]
    let auth =
      "auth: {token: {realm: 'http://\(Self.realmName):5003/token', service: registry, issuer: stand-in, rootcertbundle: \(path)/cert.pem}}\n"
    servers = [
      .init(address: 2, port: 8080, command: python + ["git", fixture.repositories, "8080", GitFixture.token]),
      .init(address: 1, port: 5004, command: try Self.registry(5004, in: path)),
      .init(address: 3, port: 5000, command: try Self.registry(5000, in: path)),
      .init(address: 3, port: 5001, command: try Self.registry(5001, in: path, auth)),
      .init(address: 3, port: 5002, command: python + ["silent", "5002"]),
      .init(address: 3, port: 5005, command: try Self.registry(5005, in: path, isSecure: true)),
      .init(
        address: 4, port: 5003,
        command: python + ["tokens", "5003", Self.user, Self.password, "\(path)/key.pem", "\(path)/cert.pem"]),
    ]
  }

  private static func registry(_ port: Int, in folder: String, _ more: String = "", isSecure: Bool = false) throws
    -> [String]
  {
    let file = "\(folder)/registry-\(port).yml"
    let tls = isSecure ? ", tls: {certificate: \(folder)/cert.pem, key: \(folder)/key.pem}" : ""
    let text = """
      version: 0.1
      log: {level: error, accesslog: {disabled: true}}
      storage: {filesystem: {rootdirectory: \(folder)/registry-\(port)}}
      http: {addr: '0.0.0.0:\(port)'\(tls)}
      \(more)
      """
    try Files.write(file, Array(text.utf8))
    return [try #require(Programs.find("docker-registry")), "serve", file]
  }

  /// A project with a submodule, a file kept in LFS, and a Dockerfile for each thing that may happen.
  private static func makeProject(_ fixture: GitFixture) async throws -> String {
    let lib = try await fixture.make("team/lib", files: ["lib.txt": "of the submodule\n"])
    let id = Digest(of: Array(large.utf8)).hex
    try Files.makeFolder(fixture.repositories + "/lfs")
    try Files.write(fixture.repositories + "/lfs/" + id, Array(large.utf8))
    return try await fixture.make(
      project,
      files: dockerfiles.merging([
        ".gitmodules": "[submodule \"lib\"]\n path = lib\n url = ../lib.git\n",
        ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
        "large.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize \(large.utf8.count)\n",
      ]) { $1 }, links: ["lib": lib])
  }

  private static let dockerfiles = [
    "Dockerfile": """
    FROM base:1 AS made
    ARG WORD=none
    RUN echo "$WORD" >/made; id -u >/by
    FROM base:1
    COPY --from=made /made /by /result/
    COPY large.bin lib/lib.txt /result/
    RUN cat /result/*
    USER app
    RUN id -un >/tmp/user; cat /tmp/user
    CMD ["cat", "/result/made"]
    """,
    "registry.Dockerfile": """
    FROM mirrored.example/busybox:1 AS other
    RUN echo made >/made
    FROM base/busybox:1
    COPY --from=other /made /made
    """,
    "platforms.Dockerfile": "FROM scratch\nCOPY large.bin /\n",
    "forbidden.Dockerfile": """
    FROM base:1
    RUN for i in 1 2 3; do wget -q -O - http://10.78.0.9:8000/ 2>&1; done; wget -q -O - http://gitlab.corp.example:8000/
    """,
    "failing.Dockerfile": "FROM base:1\nRUN echo told by the step; exit 7\n",
    "homeless.Dockerfile": "FROM nobody.example/none:1\n",
    "slow.Dockerfile": "FROM base:1\nRUN echo begun; sleep 1000 & sleep 1000\n",
    "waiting.Dockerfile": "FROM silent.example/base:1\n",
    "debian.Dockerfile": """
    FROM debian:12 AS users
    RUN useradd --create-home --shell /bin/sh builder && install -d -o builder -g builder /srv/app
    USER builder
    RUN id -un >/srv/app/who
    FROM debian:12
    COPY --from=users /etc/passwd /etc/group /etc/
    COPY --from=users --chown=builder:builder /srv/app /srv/app
    RUN touch /srv/app/root && chown 4242:4243 /srv/app/root && chmod 4711 /srv/app/root
    USER builder
    RUN stat -c '%n %U:%G %u:%g %a' /srv/app/who /srv/app/root && echo "I am $(id -un)"
    """,
  ]
}
