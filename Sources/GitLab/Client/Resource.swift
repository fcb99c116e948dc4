/// A resource of GitLab's API, and what is asked of it.
struct Resource: Sendable {
  var method = Method.get
  /// From the site on: `/api/v4/user`.
  let path: String
  var query: [(name: String, value: String)] = []
  /// The most bytes that its answer may have.
  let limit: Int

  /// Path and query as a request line has them.
  var target: String {
    guard !query.isEmpty else { return path }
    return path + "?" + query.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
  }

  enum Method: Sendable {
    case get
    /// Sends this JSON.
    case post([UInt8])
    case delete

    /// The status by which GitLab says that it is done.
    var doneStatus: Int {
      switch self {
      case .get: 200
      case .post: 201
      case .delete: 204
      }
    }
  }

  /// `value` as one part of a path, or as a value of a query.
  static func escaped(_ value: String) -> String {
    value.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
