import SecureBuild
import Testing

@testable import GitLab

/// A token that is looked for in everything that a test sees.
let secret = "glpat-Sup3rSecretOfTheTest"

func testToken() throws -> Token { try #require(Token(secret)) }

/// Waits long for everything: a busy machine makes no failure of its own.
let patientClient = GitLabClient(limits: Limits(connect: .seconds(60), answer: .seconds(60)))

/// A GitLab at `address`, to be found at `connectTo`.
func site(
  _ address: String, at connectTo: String = "127.0.0.1", trust: TrustRoots = .system
) throws -> GitLabSite {
  GitLabSite(
    address: try GitLabAddress(parsing: address), connectTo: try #require(IPAddress(literal: connectTo)), trust: trust)
}

/// What `body` failed by; the test fails when it doesn't, or when the token can be read anywhere in the error.
func caught<Failure: Error>(
  _ type: Failure.Type = GitLabFailure.self, _ location: SourceLocation = #_sourceLocation,
  of body: () async throws -> some Any
) async throws -> Failure {
  do {
    let value = try await body()
    throw Unexpected(what: "\(value)")
  } catch {
    var dumped = ""
    dump(error, to: &dumped)
    let seen = "\(error)\(String(reflecting: error))\(dumped)".lowercased()
    #expect(!seen.contains(secret.lowercased()), sourceLocation: location)
    return try #require(error as? Failure, "\(error)", sourceLocation: location)
  }
}

/// A call that was to fail gave a value.
struct Unexpected: Error { let what: String }

/// Waits until `condition` holds.
func eventually(
  within limit: Duration = .seconds(30), _ location: SourceLocation = #_sourceLocation, _ condition: () -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while !condition() {
    try #require(ContinuousClock.now < end, "waited \(limit) in vain", sourceLocation: location)
    try await Task.sleep(for: .milliseconds(5))
  }
}
