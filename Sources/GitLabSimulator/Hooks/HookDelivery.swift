import AsyncHTTPClient
import NIOCore
import NIOPosix

/// One word to a webhook. It goes to this host's loopback alone: a simulated GitLab speaks to nobody else.
struct HookDelivery: Sendable {
  let hook: SimulatedHook
  let event: String
  let body: String
  let version: String

  func send() async {
    guard leadsToLoopback else { return }
    var configuration = HTTPClient.Configuration(certificateVerification: hook.verifiesTLS ? .fullVerification : .none)
    configuration.redirectConfiguration = .disallow
    configuration.proxy = nil
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let client = HTTPClient(eventLoopGroupProvider: .shared(loops), configuration: configuration)
    var request = HTTPClientRequest(url: hook.url)
    request.method = .POST
    request.headers = [
      "Content-Type": "application/json", "User-Agent": "GitLab/\(version)", "X-Gitlab-Event": event,
      "X-Gitlab-Event-UUID": Self.uuid(),
    ]
    if !hook.secret.isEmpty { request.headers.add(name: "X-Gitlab-Token", value: hook.secret) }
    request.body = .bytes(ByteBuffer(string: body))
    // Nobody can be told of what goes wrong: GitLab's own page of a hook's recent events has no likeness here.
    _ = try? await client.execute(request, timeout: .seconds(10))
    try? await client.shutdown()
    try? await loops.shutdownGracefully()
  }

  private var leadsToLoopback: Bool {
    guard let start = hook.url.firstRange(of: "://") else { return false }
    let authority = hook.url[start.upperBound...].prefix { !"/?#\\".contains($0) }
    guard !authority.contains("@") else { return false }
    if authority.hasPrefix("[::1]") { return true }
    let host = authority.prefix { $0 != ":" }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return host == "localhost" || (octets.count == 4 && octets.allSatisfy { $0 != nil } && octets[0] == 127)
  }

  private static func uuid() -> String {
    let digits = (0..<32).map { _ in String(Int.random(in: 0...15), radix: 16) }
    let cuts = [8, 12, 16, 20]
    return digits.enumerated().map { cuts.contains($0) ? "-\($1)" : $1 }.joined()
  }
}
