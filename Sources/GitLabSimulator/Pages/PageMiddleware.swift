import HTTPTypes
import Hummingbird

/// What answers where no endpoint of the API does: GitLab's pages for those who aren't signed in, the web server's
/// own pages outside the install path; and the header fields that all answers have.
struct PageMiddleware: RouterMiddleware {
  typealias Context = SimulatorContext

  let gitLab: SimulatedGitLab

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let fault as APIFault {
      response = fault.response(from: request, context: context)
    } catch let error as HTTPError where error.status == .notFound {
      response = page(for: request, context)
    }
    response.headers[.server] = "nginx"
    response.headers["Date"] = HTTPDate.now
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
  }

  private func page(for request: Request, _ context: Context) -> Response {
    let site = gitLab.site
    let path = request.uri.path.dropFirst(site.path.count)
    guard request.uri.path.hasPrefix(site.path), path.isEmpty || path.hasPrefix("/") else { return .nginx(.notFound) }
    if path == "/api" || path.hasPrefix("/api/") {
      // A GitLab before 9.0 knows no API v4: its web side answers.
      guard site.release.speaksV4 else { return Response(html: Pages.notFound, status: .notFound) }
      let isGone = path.hasPrefix("/api/v3/") && !site.release.speaksV3
      return (isGone ? APIFault.v3Gone : .noRoute).response(from: request, context: context)
    }
    return path == "/users/sign_in"
      ? Response(html: Pages.signIn(at: site.path))
      : Response(redirectTo: "\(site.address(for: request))/users/sign_in")
  }
}

extension Response {
  /// The web server's own words, where GitLab itself doesn't speak.
  static func nginx(_ status: HTTPResponse.Status) -> Response {
    let title = "\(status.code) \(status.reasonPhrase)"
    return Response(
      html: """
        <html>\r
        <head><title>\(title)</title></head>\r
        <body>\r
        <center><h1>\(title)</h1></center>\r
        <hr><center>nginx</center>\r
        </body>\r
        </html>\r

        """, status: status, type: "text/html")
  }
}
