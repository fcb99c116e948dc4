import AsyncHTTPClient
import FoundationEssentials
import NIOHTTP1
import SecureBuild

/// What came back for one request: enough of it to tell what it is.
struct Answer: Sendable {
  let resource: String
  let method: Resource.Method
  let asked: GitLabAddress
  let token: Token
  let status: Int
  /// `403 Forbidden`, for an answer that has no better words.
  let statusLine: String
  /// In lower case and without parameters: `application/json`; empty where none is said.
  let mediaType: String
  let location: String?
  let retryAfter: String?
  /// The page that comes after this one, of a list that is paged by number.
  let nextPage: Int?
  /// Read only where `isBodyWanted`.
  var body: [UInt8] = []

  init(_ response: HTTPClientResponse, to resource: Resource, of asked: GitLabAddress, token: Token) {
    self.resource = resource.path
    method = resource.method
    self.asked = asked
    self.token = token
    status = Int(response.status.code)
    statusLine = PlainWords.plain("\(response.status.code) \(response.status.reasonPhrase)", hiding: token)
    let type = response.headers.first(name: "Content-Type") ?? ""
    mediaType = PlainWords.plain(
      type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }, hiding: token, limit: 80)
    location = response.headers.first(name: "Location")
    retryAfter = response.headers.first(name: "Retry-After")
    nextPage = response.headers.first(name: "X-Next-Page").flatMap { Int($0) }.flatMap { $0 > 1 ? $0 : nil }
  }

  /// Whether the body may tell more than status and media type do.
  var isBodyWanted: Bool { mediaType.isEmpty || hasJSONType || (status == 403 && mediaType == "text/plain") }

  /// Whether it is JSON: by its media type, or where none is said, by how it begins.
  var isJSON: Bool {
    if !mediaType.isEmpty { return hasJSONType }
    let first = body.first { !UnicodeScalar($0).properties.isWhitespace }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private var hasJSONType: Bool { mediaType == "application/json" || mediaType.hasSuffix("+json") }

  /// Reads the document asked for.
  /// - Throws: what the answer says is wrong, or `broken`.
  func read<Document: Decodable>(_ type: Document.Type) throws(GitLabFailure) -> Document {
    if let failure { throw failure }
    guard isJSON else { throw .notGitLab(status: status, contentType: mediaType) }
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch {
      throw .broken(resource)
    }
  }
}
