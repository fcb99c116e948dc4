import SecureBuild
import Testing

@testable import BuildEngine

@Suite struct ImageNameTests {
  static let digest = "sha256:" + String(repeating: "0a", count: 32)

  @Test(arguments: [
    ("debian", "docker.io/library/debian:latest", "debian:latest"),
    ("debian:12", "docker.io/library/debian:12", "debian:12"),
    ("library/debian:12", "docker.io/library/debian:12", "debian:12"),
    ("docker.io/debian:12", "docker.io/library/debian:12", "debian:12"),
    ("index.docker.io/team/app", "docker.io/team/app:latest", "team/app:latest"),
    ("team/app:1.0", "docker.io/team/app:1.0", "team/app:1.0"),
    ("localhost/app:1", "localhost/app:1", "localhost/app:1"),
    ("localhost:5000/app", "localhost:5000/app:latest", "localhost:5000/app:latest"),
    (
      "registry.corp.example:5000/a/b/c:v1", "registry.corp.example:5000/a/b/c:v1",
      "registry.corp.example:5000/a/b/c:v1"
    ),
    ("10.0.0.7:5000/a_b/c--d:x", "10.0.0.7:5000/a_b/c--d:x", "10.0.0.7:5000/a_b/c--d:x"),
    ("[fd00::1]:5000/a:1", "[fd00::1]:5000/a:1", "[fd00::1]:5000/a:1"),
    ("debian@\(digest)", "docker.io/library/debian@\(digest)", "debian@\(digest)"),
    ("debian:12@\(digest)", "docker.io/library/debian@\(digest)", "debian@\(digest)"),
  ]) func aNameIsMadeWhole(text: String, whole: String, familiar: String) {
    let name = ImageName(text)
    #expect(name?.description == whole)
    #expect(name?.familiar == familiar)
  }

  @Test(arguments: [
    "", "Debian", "debian:", "debian:a b", "debian@sha256:12", "/debian", "debian/", "a//b", "-a", "a_", "a..b", "a.b",
    "host:99999/a", "host.:5000/a", "http://host/a", "a:b:c", "debian:\(String(repeating: "a", count: 129))", "a\u{0}b",
    "[zz]:5000/a", "--option", "ä",
  ]) func whatIsNoNameIsNone(text: String) {
    // A single word with a dot is a path, not a host.
    #expect((ImageName(text) == nil) == (text != "a.b"))
  }

  private func labels(_ name: String, _ registry: BuildRegistry, _ mirrors: [RegistryMirror] = []) -> [String] {
    guard let name = ImageName(name) else { return [] }
    let sources = BaseImageSources(imported: "/images", registry: registry, mirrors: mirrors)
    return ImagePlace.all(of: name, in: sources).map(\.label)
  }

  @Test func placesAreAskedInTheirOrder() {
    let server = BuildRegistry.server(RegistryServer(address: "reg.corp:5000"), password: nil)
    let mirrors = [
      RegistryMirror(of: "docker.io", at: "mirror.corp/hub"), RegistryMirror(of: "docker.io", at: "second.corp"),
      RegistryMirror(of: "quay.io", at: "mirror.corp/quay"),
    ]
    #expect(
      labels("debian:12", server, mirrors) == [
        "imported debian:12", "reg.corp:5000/debian:12", "mirror.corp/hub/library/debian:12",
        "second.corp/library/debian:12",
      ])
    #expect(labels("quay.io/a/b:1", server, mirrors) == ["imported quay.io/a/b:1", "mirror.corp/quay/a/b:1"])
    #expect(labels("reg.corp:5000/a/b:1", server) == ["imported reg.corp:5000/a/b:1", "reg.corp:5000/a/b:1"])
    #expect(labels("docker.io/a/b:1", server) == ["imported a/b:1"])
    #expect(labels("team/base:1", .layout("/registry")) == ["imported team/base:1", "oci:/registry:team/base:1"])
    #expect(
      labels("debian@\(Self.digest)", server) == [
        "imported debian@\(Self.digest)", "reg.corp:5000/debian@\(Self.digest)",
      ])
  }
}
