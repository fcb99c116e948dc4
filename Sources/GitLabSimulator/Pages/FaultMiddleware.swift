import HTTPTypes
import Hummingbird

/// Lets go wrong what a site's faults say.
struct FaultMiddleware: RouterMiddleware {
  typealias Context = SimulatorContext

  let gitLab: SimulatedGitLab

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let site = gitLab.site
    let path = request.uri.path.dropFirst(request.uri.path.hasPrefix(site.path) ? site.path.count : 0)
    guard let fault = site.faults.first(where: { path.hasPrefix($0.path) }) else {
      return try await next(request, context)
    }
    switch fault.kind {
    case .slow(let pause):
      try await Task.sleep(for: pause)
      return try await next(request, context)
    case .silent:
      try await Task.sleep(for: .seconds(3600))
      return Response(status: .serviceUnavailable)
    case .tooManyRequests(let seconds): return .tooManyRequests(retryAfter: seconds)
    case .gateway(let status): return .nginx(HTTPResponse.Status(code: status))
    case .redirect(let address):
      var response = Response.nginx(.movedPermanently)
      response.headers[.location] = address + request.uri.string
      return response
    case .brokenJSON:
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"version":"17.11.2-ee","revision":"#)))
    case .endlessBody: return .endless
    case .cutOff: return .cutOff
    case .otherSite(let site): return Response(html: Pages.page(of: site))
    }
  }
}

extension Response {
  /// As GitLab's throttle answers (lib/gitlab/rack_attack.rb of GitLab).
  fileprivate static func tooManyRequests(retryAfter seconds: Int?) -> Response {
    var response = Response(
      status: .tooManyRequests, headers: [.contentType: "text/plain"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: "Retry later\n")))
    response.headers["RateLimit-Name"] = "throttle_authenticated_api"
    response.headers["RateLimit-Limit"] = "60"
    response.headers["RateLimit-Observed"] = "61"
    response.headers["RateLimit-Remaining"] = "0"
    if let seconds { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  /// Spaces without end, which no reader of JSON can refuse.
  fileprivate static var endless: Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody { writer in
        let spaces = ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 14)
        while !Task.isCancelled {
          try await writer.write(spaces)
          try await Task.sleep(for: .milliseconds(1))
        }
      })
  }

  /// Promises more than it sends.
  fileprivate static var cutOff: Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(contentLength: 4096) { writer in
        try await writer.write(ByteBuffer(string: #"{"version":"#))
        throw CutOff()
      })
  }

  private struct CutOff: Error {}
}
