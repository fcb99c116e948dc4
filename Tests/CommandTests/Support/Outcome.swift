import Foundation

/// What a run of the program ended in.
struct Outcome {
  /// The exit status; 128 and the signal's number where a signal ended it.
  let status: Int32
  let output: String
  let error: String

  /// Standard output as one JSON object.
  var object: [String: Any] { parsed(output) as? [String: Any] ?? [:] }
  /// Standard output as a top-level JSON array.
  var array: [[String: Any]] { parsed(output) as? [[String: Any]] ?? [] }
  /// Standard error as one JSON object.
  var refusal: [String: Any] { parsed(error) as? [String: Any] ?? [:] }
  var code: String? { refusal["Code"] as? String }

  /// The top-level members of the first object of standard output, in the order in which they stand there.
  var memberNames: [String] {
    let isArray = output.hasPrefix("[")
    let indent = isArray ? "    \"" : "  \""
    var names: [String] = []
    for line in output.split(separator: "\n") {
      if line == (isArray ? "  }," : "}") || line == "  }" && isArray { break }
      guard line.hasPrefix(indent), let end = line.range(of: "\": ") else { continue }
      names.append(String(line[line.index(line.startIndex, offsetBy: indent.count)..<end.lowerBound]))
    }
    return names
  }

  private func parsed(_ text: String) -> Any? { try? JSONSerialization.jsonObject(with: Data(text.utf8)) }
}
