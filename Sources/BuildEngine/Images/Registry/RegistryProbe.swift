import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL
import SecureBuild

/// Asks a registry from outside, before anything is pushed to it, which hosts a push will speak to, and whether it may.
///
/// It asks as a push does: for the API, for a token where it wants one, for leave to upload, which is given back unused.
struct RegistryProbe: Sendable {
  let server: RegistryServer
  let password: RegistryPassword?
  /// `namespace/name`.
  let repository: String
  /// Names of the link, after those of the registry.
  let hosts: [HostEntry]

  private var scheme: String { server.plainHTTP ? "http" : "https" }
  private var standardPort: Int { server.plainHTTP ? 80 : 443 }
  private static let limit = TimeAmount.seconds(20)

  /// - Throws: `BuildFailure`, `CancellationError`.
  func run() async throws -> RegistryHosts {
    guard let api = RegistryHost(server.address, port: standardPort) else {
      throw PushFailures.failed(server.address, "its address can't be read")
    }
    var found = RegistryHosts()
    try await add(api, "registry", to: &found)
    let root = "\(scheme)://\(server.address)"
    let first = try await ask(.GET, "\(root)/v2/", nil, found)
    var authorization: String?
    switch first.status {
    case 200: break
    case 401:
      guard let challenge = Challenge(first.authenticate) else {
        throw PushFailures.failed(server.address, "it asks for credentials in a way that isn't known")
      }
      authorization = try await authorize(challenge, &found)
    case 301, 302, 303, 307, 308:
      throw PushFailures.failed(server.address, "it leads elsewhere: \(PlainLine.of(first.location))")
    default: throw PushFailures.notRegistry(server.address, first.status)
    }
    let upload = try await ask(.POST, "\(root)/v2/\(repository)/blobs/uploads/", authorization, found)
    switch upload.status {
    case 202:
      if let place = RegistryHost(url: upload.location) {
        try await add(place, "registry blobs", to: &found)
        _ = try? await ask(.DELETE, upload.location, place == api ? authorization : nil, found)
      } else if upload.location.hasPrefix("/") {
        _ = try? await ask(.DELETE, root + upload.location, authorization, found)
      }
    case 401, 403: throw PushFailures.denied(server, repository)
    // Some take no upload before they see what it is for: the push itself will say.
    default: break
    }
    for host in server.hosts {
      for port in Set([standardPort, api.port]) {
        found.add(RegistryHost(name: host.name, port: port), at: .v4(host.ip), "registry \(host.name)")
      }
    }
    return found
  }

  private func add(_ host: RegistryHost, _ label: String, to found: inout RegistryHosts) async throws {
    guard let ip = try await HostAddresses(known: server.hosts + hosts).address(of: host.name) else {
      throw PushFailures.unresolved(host.name, server.address)
    }
    found.add(host, at: ip, label)
  }

  /// What goes into `Authorization`.
  private func authorize(_ challenge: Challenge, _ found: inout RegistryHosts) async throws -> String? {
    let basic = server.username.flatMap { name in
      password.map { "Basic " + Data("\(name):\($0.secret)".utf8).base64EncodedString() }
    }
    guard let realm = challenge.realm else {
      guard let basic else { throw PushFailures.denied(server, repository) }
      return basic
    }
    guard let host = RegistryHost(url: realm) else {
      throw PushFailures.failed(server.address, "its token realm can't be read: \(PlainLine.of(realm))")
    }
    try await add(host, "registry tokens", to: &found)
    let separator = realm.contains("?") ? "&" : "?"
    let query = "service=\(Self.escaped(challenge.service))&scope=\(Self.escaped("repository:\(repository):pull,push"))"
    let answer = try await ask(.GET, realm + separator + query, basic, found)
    struct Tokens: Decodable {
      var token: String?
      var access_token: String?
    }
    guard answer.status == 200, let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(answer.body)),
      let token = tokens.token ?? tokens.access_token,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw PushFailures.denied(server, repository) }
    return "Bearer " + token
  }

  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case 48...58, 65...90, 97...122, 44, 45, 46, 47, 95, 126: [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Answer {
    var status: Int
    var location: String
    var authenticate: [String]
    var body: [UInt8]
  }

  private func ask(_ method: HTTPMethod, _ url: String, _ authorization: String?, _ found: RegistryHosts) async throws
    -> Answer
  {
    var configuration = HTTPClient.Configuration()
    var tls = TLSConfiguration.makeClientConfiguration()
    if let pem = server.caCertificates {
      guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)) else {
        throw PushFailures.failed(server.address, "its CA certificates can't be read")
      }
      tls.additionalTrustRoots = [.certificates(certificates)]
    }
    configuration.tlsConfiguration = tls
    configuration.redirectConfiguration = .disallow
    configuration.proxy = nil
    configuration.httpVersion = .http1Only
    configuration.timeout = .init(connect: .seconds(10))
    configuration.dnsOverride = Dictionary(
      found.names.map { ($0.name, $0.ip.description) }, uniquingKeysWith: { first, _ in first })
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    defer { client.shutdown { _ in } }
    var request = HTTPClientRequest(url: url)
    request.method = method
    request.headers = ["User-Agent": "acr-console", "Accept": "application/json"]
    if let authorization { request.headers.add(name: "Authorization", value: authorization) }
    if method == .POST { request.body = .bytes([]) }
    do {
      let response = try await client.execute(request, deadline: .now() + Self.limit)
      var body: [UInt8] = []
      for try await part in response.body {
        body += part.readableBytesView
        if body.count > 1 << 20 { break }
      }
      return Answer(
        status: Int(response.status.code), location: response.headers.first(name: "Location") ?? "",
        authenticate: response.headers["WWW-Authenticate"], body: body)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      try Task.checkCancellation()
      throw PushFailures.unreachable(RegistryHost(url: url)?.description ?? server.address, error)
    }
  }
}

/// What a registry asks for in `WWW-Authenticate`.
struct Challenge: Equatable, Sendable {
  /// The URL that gives tokens; nil where name and password do.
  var realm: String?
  var service = ""

  /// Reads the first challenge that is known; nil where none is.
  init?(_ headers: [String]) {
    for header in headers {
      let scheme = header.prefix { $0 != " " }.lowercased()
      if scheme == "basic" { return }
      guard scheme == "bearer" else { continue }
      let parameters = Self.parameters(header.dropFirst(scheme.count))
      guard let realm = parameters["realm"] else { continue }
      self.realm = realm
      service = parameters["service"] ?? ""
      return
    }
    return nil
  }

  /// `name="value"` separated by commas; a value without quotes ends at the comma.
  private static func parameters(_ text: Substring) -> [String: String] {
    var found: [String: String] = [:]
    var rest = text[...]
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].filter { !$0.isWhitespace && $0 != "," }.lowercased()
      rest = rest[rest.index(after: equals)...]
      if rest.first == "\"" {
        rest.removeFirst()
        found[name] = String(rest.prefix { $0 != "\"" })
        rest = rest.drop { $0 != "\"" }.dropFirst()
      } else {
        found[name] = String(rest.prefix { $0 != "," })
        rest = rest.drop { $0 != "," }
      }
    }
    return found
  }
}
