/// The options of one `RUN --mount=…`.
struct DockerfileMount {
  /// By their names in lower case; nothing for those without a value.
  let options: [String: String]

  init(_ text: String) {
    var options: [String: String] = [:]
    for option in text.split(separator: ",") {
      let option = DockerfileWords.unquoted(option)
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first else { continue }
      options[name.lowercased()] = parts.count > 1 ? String(parts[1]) : ""
    }
    self.options = options
  }

  var type: String { options["type"] ?? "bind" }
  var target: String? { options["target"] ?? options["dst"] ?? options["destination"] }
  /// `required` or `required=true`.
  var isRequired: Bool { options["required"].map { $0.isEmpty || $0 == "true" || $0 == "1" } ?? false }
}
