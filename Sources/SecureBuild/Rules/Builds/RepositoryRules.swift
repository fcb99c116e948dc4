import FlatFiles

/// What namespaces and repositories must be. Lengths are inferred (I): the vendor's console has such limits, and no
/// document of it was at hand; the letters are those that every registry takes (OCI distribution).
enum RepositoryRules {
  static func namespace(_ typed: String) throws(Refusal) -> String {
    try pathName(typed, 2...120, .invalidNamespace, at: .namespaceName, example: "platform")
  }

  static func name(_ typed: String) throws(Refusal) -> String {
    try pathName(typed, 2...64, .invalidName, at: .repoName, example: "hello-web")
  }

  /// A part of an image's name: lower-case letters and digits, and between them `.`, `_`, `__` or hyphens.
  private static func pathName(
    _ typed: String, _ lengths: ClosedRange<Int>, _ code: Code, at field: Field, example: String
  ) throws(Refusal) -> String {
    let name = typed.trimmed
    guard !name.isEmpty else { throw Refusal.missing(field, example: example) }
    guard lengths.contains(name.utf8.count), ImagePath.isPart(name) else {
      throw Refusal(
        code, field: field,
        message: Phrase("“\(name)” can't stand in an image's name.", "“\(name)”不能用于镜像名称。"),
        mend: Phrase(
          "Enter \(lengths.lowerBound) to \(lengths.upperBound) lower-case letters and digits, with single . _ or - between them, such as \(example).",
          "请输入 \(lengths.lowerBound) 至 \(lengths.upperBound) 个小写字母或数字，其间可用单个 . _ 或 - 分隔，例如 \(example)。"))
    }
    return name
  }

  /// A name that no other repository of the namespace has.
  static func freeName(_ typed: String, in namespace: String, of instance: String, in records: some Records) throws
    -> String
  {
    let name = try name(typed)
    let taken = try records.repositories(of: instance).contains { $0.namespaceName == namespace && $0.name == name }
    guard !taken else {
      throw Refusal(
        .nameTaken, field: .repoName,
        message: Phrase("There is a repository \(namespace)/\(name) already.", "镜像仓库 \(namespace)/\(name) 已存在。"),
        mend: Phrase("Choose another name, or use that one.", "请换一个名称，或直接使用该仓库。"))
    }
    return name
  }

  /// The summary, which the vendor's console wants: at most 100 characters (I).
  static func summary(_ typed: String) throws(Refusal) -> String {
    let summary = typed.trimmed
    guard !summary.isEmpty else { throw Refusal.missing(.summary, example: "hello-web for the shop") }
    try ShownText.check(summary, .invalidSummary, at: .summary)
    guard summary.count <= 100 else {
      throw Refusal(
        .invalidSummary, field: .summary,
        message: Phrase(
          "A summary is at most 100 characters, this has \(summary.count).", "摘要最多 100 个字符，当前 \(summary.count) 个。"),
        mend: Phrase("Shorten it; the description takes more.", "请缩短摘要，更多内容可写入详细信息。"))
    }
    return summary
  }

  /// The description: lines of text, at most 9000 bytes (I).
  static func detail(_ typed: String) throws(Refusal) -> String {
    let detail = typed.trimmed
    for line in detail.split(whereSeparator: \.isNewline) {
      try ShownText.check(String(line.filter { $0 != "\t" }), .invalidSummary, at: .detail)
    }
    guard detail.utf8.count <= 9000 else {
      throw Refusal(
        .invalidSummary, field: .detail,
        message: Phrase("A description is at most 9000 bytes.", "详细信息最多 9000 字节。"), mend: Phrase("Shorten it.", "请缩短。"))
    }
    return detail
  }

  /// A project's path as GitLab shows it; nil for none.
  static func project(_ typed: String, id: Int?) throws(Refusal) -> ProjectSource? {
    var path = Substring(typed.trimmed)
    if path.isEmpty { return nil }
    func refusal(_ message: Phrase) -> Refusal {
      Refusal(
        .invalidProject, field: .codeRepo, message: message,
        mend: Phrase(
          "Enter the path under the bound GitLab's address, such as platform/hello-web.",
          "请输入项目在所绑定 GitLab 下的路径，例如 platform/hello-web。"))
    }
    if path.contains("://") || path.contains("@") {
      throw refusal(Phrase("This is an address, not the path of a project.", "这是地址，不是项目路径。"))
    }
    while path.first == "/" { path.removeFirst() }
    while path.last == "/" { path.removeLast() }
    if path.hasSuffix(".git") { path.removeLast(4) }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, parts.count >= 2, path.utf8.count <= 255 else {
      throw refusal(Phrase("“\(typed.trimmed)” names no group and project.", "“\(typed.trimmed)”缺少群组或项目名称。"))
    }
    guard parts.allSatisfy(isProjectPart) else {
      throw refusal(Phrase("“\(typed.trimmed)” is not a project's path.", "“\(typed.trimmed)”不是项目路径。"))
    }
    return ProjectSource(projectId: id, namespace: parts.dropLast().joined(separator: "/"), name: String(name))
  }

  /// What GitLab lets a group's or project's path be made of.
  private static func isProjectPart(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, first != UInt8(ascii: "-"), part != ".", part != ".." else { return false }
    return part.utf8.allSatisfy { $0.isLetterOrDigit || "_-.".utf8.contains($0) }
  }
}

/// The grammar of image names (OCI distribution).
enum ImagePath {
  /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
  static func isPart(_ text: some StringProtocol) -> Bool {
    var separator: [UInt8] = []
    var isFirst = true
    for byte in text.utf8 {
      if byte.isLowerCaseOrDigit {
        let isGood =
          separator.isEmpty || separator == Array(".".utf8) || separator == Array("_".utf8)
          || separator == Array("__".utf8) || separator.allSatisfy { $0 == UInt8(ascii: "-") }
        guard isGood, !isFirst || separator.isEmpty else { return false }
        separator = []
        isFirst = false
      } else {
        guard ".-_".utf8.contains(byte) else { return false }
        separator.append(byte)
      }
    }
    return !isFirst && separator.isEmpty
  }
}

extension UInt8 {
  var isLowerCaseOrDigit: Bool { (97...122).contains(self) || (48...57).contains(self) }
  var isLetterOrDigit: Bool { isLowerCaseOrDigit || (65...90).contains(self) }
}
