import HTTPTypes
import Hummingbird

/// What the API refuses a request with, in GitLab's own forms (lib/api/helpers.rb and api_guard.rb of GitLab).
enum APIFault: HTTPResponseError {
  /// 401 without a word on why.
  case unauthorized
  /// 401 `invalid_token`.
  case expired
  case revoked
  /// 403 `insufficient_scope`; the scopes that would do, in the order in which GitLab lists them.
  case insufficientScope([String])
  /// 403, with a reason.
  case forbidden(String?)
  /// 404; of what, where it says so.
  case notFound(String?)
  /// 400; which parameter is wrong and how: `per_page does not have a valid value`.
  case badParameter(String)
  /// 400; what is wrong with what was to be done.
  case badRequest(String)
  /// 405, where keyset paging isn't to be had.
  case keysetUnavailable
  /// 404 for a path that the API has not.
  case noRoute
  /// 410 for API v3, since 11.0.
  case v3Gone

  var status: HTTPResponse.Status {
    switch self {
    case .unauthorized, .expired, .revoked: .unauthorized
    case .insufficientScope, .forbidden: .forbidden
    case .notFound, .noRoute: .notFound
    case .badParameter, .badRequest: .badRequest
    case .keysetUnavailable: .methodNotAllowed
    case .v3Gone: .gone
    }
  }

  private var json: JSON {
    switch self {
    case .unauthorized: ["message": "401 Unauthorized"]
    case .expired, .revoked: ["error": "invalid_token", "error_description": .text(words)]
    case .insufficientScope(let scopes):
      [
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": .string(scopes.joined(separator: " ")),
      ]
    case .forbidden(let reason): ["message": .string(reason.map { "403 Forbidden - \($0)" } ?? "403 Forbidden")]
    case .notFound(let what): ["message": .string(what.map { "404 \($0) Not Found" } ?? "404 Not Found")]
    case .badParameter(let what): ["error": .string(what)]
    case .badRequest(let what): ["message": .string(what)]
    case .keysetUnavailable: ["error": "Keyset pagination is not yet available for this type of request"]
    case .noRoute: ["error": "404 Not Found"]
    case .v3Gone: ["error": "API V3 is no longer supported. Use API V4 instead."]
    }
  }

  private var words: String? {
    switch self {
    case .expired: "Token is expired. You can either do re-authorization or token refresh."
    case .revoked: "Token was revoked. You have to re-authorize from the user."
    default: nil
    }
  }

  func response(from request: Request, context: some RequestContext) -> Response {
    var response = Response(json, status: status)
    if let words {
      response.headers[.wwwAuthenticate] =
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", error_description=\"\(words)\""
    }
    return response
  }
}
