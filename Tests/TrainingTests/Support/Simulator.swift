import AsyncHTTPClient
import GitLabSimulator
import NIOCore
import NIOHTTP1

/// A simulated GitLab on a free port of loopback, while one test asks it.
final class Simulator: Sendable {
  let gitLab: SimulatedGitLab
  let url: String
  private let serving: Task<Void, any Error>

  /// - Parameters:
  ///   - folder: where it keeps what is pushed; nil for nowhere.
  ///   - identity: whom it shows itself as over TLS, as `localhost`.
  init(_ site: SimulatedSite, keepingIn folder: String? = nil, as identity: ServerIdentity? = nil) throws {
    let socket = try ListeningSocket(binding: "127.0.0.1", port: 0)
    url = "\(identity == nil ? "http://127.0.0.1" : "https://localhost"):\(socket.port)\(site.path)"
    let gitLab = SimulatedGitLab(site, keepingIn: folder)
    self.gitLab = gitLab
    serving = Task { try await SimulatorServer([SimulatorServer.Site(gitLab, on: socket, as: identity)]).run() }
  }

  deinit { serving.cancel() }

  /// Asks once, following no redirect.
  func get(
    _ path: String, token: String? = SimulatedSite.secret("good"), method: HTTPMethod = .GET, json: String? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: url + path)
    request.method = method
    if let json {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: json))
    }
    if let token { request.headers.add(name: "PRIVATE-TOKEN", value: token) }
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
      let response = try await client.execute(request, timeout: .seconds(30))
      let body = String(buffer: try await response.body.collect(upTo: 1 << 20))
      try await client.shutdown()
      return Answer(status: Int(response.status.code), headers: response.headers, body: body)
    } catch {
      try await client.shutdown()
      throw error
    }
  }

  struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: String

    /// The relations of the `Link` header, and where they lead.
    var links: [String: String] {
      let parts = (headers.first(name: "Link") ?? "").split(separator: ", ").compactMap { part in
        part.wholeMatch(of: /<(.*)>; rel="(.*)"/).map { (String($0.2), String($0.1)) }
      }
      return Dictionary(parts) { first, _ in first }
    }
  }
}
