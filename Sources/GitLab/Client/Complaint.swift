import SecureBuild

/// How GitLab says what is wrong: `{"message": "403 Forbidden"}`, or in OAuth's manner
/// `{"error": "insufficient_scope", "error_description": "…", "scope": "api read_api"}`.
struct Complaint: Decodable {
  let message: String
  let error: String
  let description: String
  let scopes: [String]

  private enum CodingKeys: String, CodingKey {
    case message, error, scope
    case description = "error_description"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) -> String { (try? container.decode(String.self, forKey: key)) ?? "" }
    // It can be an object of messages by field: `{"url": ["is blocked: …"]}`.
    let byField = (try? container.decode([String: [String]].self, forKey: .message)) ?? [:]
    let fields = byField.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.joined(separator: ", "))" }
    message = fields.isEmpty ? text(.message) : fields.joined(separator: "; ")
    error = text(.error)
    description = text(.description)
    scopes = text(.scope).split { $0 == " " || $0 == "," }.map(String.init)
  }

  /// The most telling of its words.
  var words: String { [description, message, error].first { !$0.isEmpty } ?? "" }

  /// What isn't there, where the words of a 404 tell: `404 Project Not Found`.
  var missing: GitLabThing? {
    switch message {
    case "404 Project Not Found", "404 Repository Not Found": .project
    case "404 Branch Not Found": .branch
    case "404 Tag Not Found": .tag
    case "404 Commit Not Found": .commit
    // Of a folder GitLab doesn't tell whether it or the commit is missing.
    case "404 File Not Found", "404 Tree Not Found", "404 invalid revision or path Not Found": .file
    default: nil
    }
  }
}
