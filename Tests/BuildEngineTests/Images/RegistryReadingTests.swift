import SecureBuild
import Testing

@testable import BuildEngine

@Suite struct RegistryReadingTests {
  @Test(arguments: [
    (
      [#"Bearer realm="https://auth.corp/token",service="reg.corp",scope="a:b""#], "https://auth.corp/token", "reg.corp"
    ),
    ([#"bearer service=reg, realm="http://a:5001/t?x=1""#], "http://a:5001/t?x=1", "reg"),
    (["Negotiate", #"Bearer realm="https://a/t""#], "https://a/t", ""),
    ([#"Basic realm="Registry Realm""#], nil, ""),
  ]) func aChallengeIsRead(headers: [String], realm: String?, service: String) {
    let challenge = Challenge(headers)
    #expect(challenge?.realm == realm)
    #expect(challenge?.service == service)
  }

  @Test(arguments: [[], ["Digest realm=x"], ["Bearer service=x"]]) func anUnknownChallengeIsNone(headers: [String]) {
    #expect(Challenge(headers) == nil)
  }

  @Test(arguments: [
    ("https://Blob.corp/x?y", "blob.corp:443"), ("http://10.0.0.1:8080", "10.0.0.1:8080"),
    ("https://[fd00::1]/x", "[fd00::1]:443"), ("http://[fd00::1]:81/x", "[fd00::1]:81"),
  ]) func thePlaceOfAURLIsRead(url: String, place: String) {
    #expect(RegistryHost(url: url)?.description == place)
  }

  @Test(arguments: ["/v2/x", "ftp://a/b", "https://user@host/x", "https:///x", "https://a b/x"])
  func whatHasNoPlaceHasNone(url: String) { #expect(RegistryHost(url: url) == nil) }

  @Test(arguments: [
    (
      #"time="2026-11-25T03:42:15Z" level=fatal msg="Error parsing image name \"docker://a:1/b:2\": reading manifest 2 in a:1/b: manifest unknown: manifest unknown""#,
      "reading manifest 2 in a:1/b: manifest unknown: manifest unknown"
    ),
    ("warning\nplain words \u{1b}[31mred\u{1b}[0m", "plain words [31mred[0m"),
    ("", "skopeo ended with status 1"),
  ]) func whatSkopeoSaysIsMadeOneLine(said: String, line: String) {
    #expect(ProgramAnswer(end: .exited(1), output: [], errors: Array(said.utf8)).skopeoWords == line)
  }

  @Test func anAuthFileNamesItsRegistryAlone() {
    let server = RegistryServer(address: "reg.corp:5000", username: "robot")
    let access = RegistryAccess(server, password: RegistryPassword("s3cret"))
    #expect(
      String(decoding: access.authFile, as: UTF8.self) == #"{"auths":{"reg.corp:5000":{"auth":"cm9ib3Q6czNjcmV0"}}}"#)
  }
}
