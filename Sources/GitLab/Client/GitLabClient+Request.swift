import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL
import SecureBuild
import X509

extension GitLabClient {
  /// Asks for `resource` and takes its answer, whatever it says.
  /// - Throws: `GitLabFailure` when there is no whole answer, or `CancellationError`.
  func get(_ resource: Resource, of site: GitLabSite, token: Token) async throws -> Answer {
    try Task.checkCancellation()
    let client = HTTPClient(
      eventLoopGroupProvider: .shared(EventLoops.shared), configuration: try configuration(for: site))
    let outcome = FirstOutcome<Answer>()
    let asking = Task {
      do {
        outcome.settle(.success(try await exchange(resource, with: client, site, token)))
      } catch {
        outcome.settle(.failure(GitLabFailure(of: error)))
      }
    }
    let timer = EventLoops.shared.next().scheduleTask(in: limits.answer.timeAmount) {
      outcome.settle(.failure(GitLabFailure.timedOut))
    }
    // Neither the exchange nor the closing is waited for: a silent server would hold up whoever cancelled.
    outcome.whenSettled {
      timer.cancel()
      asking.cancel()
      client.shutdown { _ in }
    }
    return try await outcome.value()
  }

  private func exchange(
    _ resource: Resource, with client: HTTPClient, _ site: GitLabSite, _ token: Token
  ) async throws -> Answer {
    // Where the address has a name, the name stays in the URL for TLS to check, and the override says where it is.
    // Where it has an address, the override would be taken for a name, so the URL has the one to connect to.
    let literal = IPAddress(literal: site.address.host) != nil
    let origin = literal ? "\(site.address.scheme.rawValue)://\(site.endpoint)" : site.address.origin
    var request = HTTPClientRequest(url: origin + site.address.path + resource.target)
    request.headers = [
      "Host": site.address.authority, "PRIVATE-TOKEN": token.secret, "Accept": "application/json",
      "User-Agent": "acr-console", "Connection": "close",
    ]
    switch resource.method {
    case .get: break
    case .delete: request.method = .DELETE
    case .post(let json):
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(json)
    }
    let response = try await client.execute(request, deadline: .distantFuture)
    var answer = Answer(response, to: resource, of: site.address, token: token)
    guard answer.isBodyWanted else { return answer }
    if let announced = response.headers.first(name: "Content-Length").flatMap({ Int($0) }), announced > resource.limit {
      throw GitLabFailure.endless
    }
    for try await part in response.body {
      guard answer.body.count + part.readableBytes <= resource.limit else { throw GitLabFailure.endless }
      answer.body.append(contentsOf: part.readableBytesView)
    }
    return answer
  }

  /// Everything that would lead a request elsewhere is off: redirects, proxies, second tries.
  private func configuration(for site: GitLabSite) throws -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    do {
      configuration.tlsConfiguration = .gitLab(trusting: try site.trust.givenCertificates())
    } catch {
      throw GitLabFailure.tls
    }
    configuration.redirectConfiguration = .disallow
    configuration.proxy = nil
    configuration.decompression = .disabled
    configuration.httpVersion = .http1Only
    configuration.timeout = .init(connect: limits.connect.timeAmount)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.maximumUsesPerConnection = 1
    if let literal = IPAddress(literal: site.address.host), literal != site.connectTo {
      // The library holds the certificate against the address connected to. It must be for the one asked for: that is
      // seen to before a request can go out on the connection.
      configuration.tlsConfiguration?.certificateVerification = .noHostnameVerification
      configuration.http1_1ConnectionDebugInitializer = { channel in
        guard site.address.scheme == .https else { return channel.eventLoop.makeSucceededVoidFuture() }
        return channel.eventLoop.submit {
          let tls = try channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
          let leaf = tls.peerCertificate.flatMap(Certificate.init(_:))
          guard leaf?.addresses.contains(literal) == true else { throw TLSRefusal.wrongHost }
        }
      }
    }
    configuration.dnsOverride = [site.address.host: site.connectTo.description]
    return configuration
  }
}

extension GitLabAddress {
  /// `scheme://host[:port]`.
  var origin: String { "\(scheme.rawValue)://\(authority)" }
}
