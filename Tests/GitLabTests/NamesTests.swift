import Glibc
import SecureBuild
import Testing

@testable import GitLab

@Suite("Names") struct NamesTests {
  @Test("localhost is known, and each of its addresses once")
  func localhost() async throws {
    let found = try await SystemNames().addresses(of: "localhost")
    #expect(found.contains(.v4(IPv4Address(bits: 0x7f00_0001))) || found.contains(.v6("::1")))
    #expect(Set(found).count == found.count)
  }

  @Test(
    "What the resolver ends in is told apart",
    arguments: [
      (0, 0, nil), (EAI_NONAME, 0, .unknownName), (-5, 0, .unknownName),
      (EAI_AGAIN, 0, .resolverFailed("Temporary failure in name resolution")),
      (EAI_FAIL, 0, .resolverFailed("Non-recoverable failure in name resolution")),
      (EAI_SYSTEM, EMFILE, .resolverFailed("Too many open files")),
    ] as [(Int32, Int32, NameFailure?)])
  func failures(_ code: Int32, _ errno: Int32, _ failure: NameFailure?) {
    #expect(SystemNames.failure(code: code, errno: errno) == failure)
  }

  @Test("A name that can't be one gives no address")
  func impossible() async throws {
    let name = String(repeating: "a", count: 300)
    await #expect(throws: NameFailure.self) { try await SystemNames().addresses(of: name) }
  }

  @Test("A cancelled question returns at once")
  func cancelled() async throws {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await SystemNames().addresses(of: "localhost")
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test(
    "IPv6 addresses have one text",
    arguments: [
      ("::1", "::1"), ("0:0:0:0:0:0:0:1", "::1"), ("2001:DB8:0:0::0A", "2001:db8::a"),
      ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
    ])
  func canonical(_ typed: String, _ text: String) {
    #expect(IPAddress(literal: typed) == .v6(text))
  }

  @Test("A name is no address", arguments: ["gitlab.test", "1.2.3", "::g", ""])
  func noLiteral(_ text: String) { #expect(IPAddress(literal: text) == nil) }
}
