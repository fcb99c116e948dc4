import HTTPTypes
import Hummingbird

/// A request of git's over HTTP, by its path: `/group/name.git/info/refs`, `/group/name.git/git-upload-pack`.
struct GitRequest: Sendable {
  /// `group/sub/name`.
  let project: String
  /// From the repository on: `info/refs`.
  let resource: String
  /// What it is for; nil for git's old way of asking for files.
  let service: Service?
  /// Whether the address ended in `.git`, as GitLab wants it.
  let isWhole: Bool

  enum Service: String, Sendable {
    /// Reading.
    case upload = "git-upload-pack"
    /// Writing.
    case receive = "git-receive-pack"
  }

  /// - Parameter path: below the install path, as in the request.
  /// - Returns: nil where it is a page or the API.
  init?(_ request: Request, path: Substring) {
    guard !path.hasPrefix("/api/"), let plain = String(path).removingPercentEncoding else { return nil }
    for resource in ["info/refs", Service.upload.rawValue, Service.receive.rawValue] {
      guard plain.hasSuffix("/\(resource)") else { continue }
      let name = plain.dropFirst().dropLast(resource.count + 1)
      self.resource = resource
      isWhole = name.hasSuffix(".git")
      project = String(isWhole ? name.dropLast(4) : name)
      let asked = request.uri.queryParameters.get("service") ?? ""
      service = Service(rawValue: resource == "info/refs" ? asked : resource)
      guard project.contains("/"), (resource == "info/refs") == (request.method == .get) else { return nil }
      return
    }
    return nil
  }
}
