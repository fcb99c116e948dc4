import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Subprocess

/// One request of git's, as `git http-backend` answers it: what comes and what goes passes through as it does, so that a
/// big pack takes no memory, and neither side waits for the other to be done.
struct GitService: Sendable {
  let gitLab: SimulatedGitLab
  let project: SimulatedProject
  let user: SimulatedUser?
  let repository: GitRepository
  let resource: String
  /// Branches that this user may not push to.
  let protected: [String]

  /// - Parameter head: what the routes have to say in the answer's head.
  func serve(_ request: Request, _ head: HTTPResponse, _ writer: consuming ResponseWriter) async throws {
    if request.headers[.expect]?.lowercased() == "100-continue" {
      try await writer.writeInformationalHead(HTTPResponse(status: .continue))
    }
    var writer: ResponseWriter? = consume writer
    let isPush = request.method == .post && resource == GitRequest.Service.receive.rawValue
    let before = isPush ? try await repository.refs() : [:]
    _ = try await Subprocess.run(
      repository.git.backend(variables(for: request)), input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      let input = execution.standardInputWriter
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await Self.pass(request.body, to: input) }
        var output = execution.standardOutput.makeAsyncIterator()
        var answer = CGIAnswer()
        while !answer.isHeadWhole, let piece = try await output.next() {
          answer.take(piece.withUnsafeBytes(Array.init))
        }
        guard let out = writer.take() else { return }
        var body: any ResponseBodyWriter = try await out.writeHead(answer.head(beside: head))
        if !answer.rest.isEmpty { try await body.write(ByteBuffer(bytes: answer.rest)) }
        while let piece = try await output.next() {
          try await body.write(piece.withUnsafeBytes { ByteBuffer(bytes: $0) })
        }
        try await body.finish(nil)
        tasks.cancelAll()
      }
    }
    if isPush { try await gitLab.tellHooks(of: project, since: before, in: repository, by: user) }
  }

  /// A program that has heard enough leaves the rest unread, which is no fault.
  private static func pass(_ body: RequestBody, to input: StandardInputWriter) async throws {
    for try await part in body {
      do { _ = try await input.write(Array(part.readableBytesView)) } catch { break }
    }
    try? await input.finish()
  }

  /// What CGI tells a program of a request.
  private func variables(for request: Request) -> [String: String] {
    let path = repository.path
    var variables = [
      "GIT_PROJECT_ROOT": String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), "GIT_HTTP_EXPORT_ALL": "1",
      "PATH_INFO": "/\(project.id).git/\(resource)", "REQUEST_METHOD": request.method.rawValue,
      "QUERY_STRING": request.uri.query ?? "", "CONTENT_TYPE": request.headers[.contentType] ?? "",
      "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
      GitRepository.protectedBranches: protected.map { "refs/heads/\($0)" }.joined(separator: " "),
    ]
    if let user {
      variables["REMOTE_USER"] = user.username
      variables["GIT_COMMITTER_NAME"] = user.name
      variables["GIT_COMMITTER_EMAIL"] = user.email
    }
    if let length = request.headers[.contentLength] { variables["CONTENT_LENGTH"] = length }
    if let encoding = request.headers[.contentEncoding] { variables["HTTP_CONTENT_ENCODING"] = encoding }
    if let version = request.headers["Git-Protocol"], version.count < 100 {
      variables["HTTP_GIT_PROTOCOL"] = version
      variables["GIT_PROTOCOL"] = version
    }
    return variables
  }
}
