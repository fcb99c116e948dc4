import HTTPTypes
import Hummingbird

/// The routes of a simulated GitLab: its API, its pages, and what stands around them.
struct GitLabRouter {
  typealias Answer = @Sendable (APICall) async throws -> Response

  let gitLab: SimulatedGitLab
  private let router = Router(context: SimulatorContext.self, options: .autoGenerateHeadEndpoints)

  func responder() -> RouterResponder<SimulatorContext> {
    router.add(middleware: FaultMiddleware(gitLab: gitLab))
    router.add(middleware: PageMiddleware(gitLab: gitLab))
    router.add(middleware: GitMiddleware(gitLab: gitLab))
    let release = gitLab.site.release
    if release.speaksV4 {
      addSession(api: "v4")
      addProjects(api: "v4")
      addRepository()
      addFiles()
      addCommits()
      addHooks()
    }
    if release.speaksV3 {
      addSession(api: "v3")
      addProjects(api: "v3")
    }
    return router.buildResponder()
  }

  /// Adds an endpoint.
  /// - Parameters:
  ///   - path: below `/api/v4`.
  ///   - scopes: what it takes beside `api` and, for reading, `read_api`; nil for any scope.
  func on(
    _ path: String, api: String = "v4", method: HTTPRequest.Method = .get, scopes: [String]? = [],
    _ answer: @escaping Answer
  ) {
    let gitLab = gitLab
    router.on("\(gitLab.site.path)/api/\(api)/\(path)", method: method) { request, context in
      try await answer(APICall(request, context.parameters, to: gitLab, scopes: scopes))
    }
  }

  /// Adds an endpoint that takes a body.
  func on(
    _ path: String, body method: HTTPRequest.Method,
    limit: Int = 1 << 16, _ answer: @escaping @Sendable (APICall, ByteBuffer) async throws -> Response
  ) {
    let gitLab = gitLab
    router.on("\(gitLab.site.path)/api/v4/\(path)", method: method) { request, context in
      let call = try APICall(request, context.parameters, to: gitLab, scopes: [])
      return try await answer(call, try await request.body.collect(upTo: limit))
    }
  }
}
