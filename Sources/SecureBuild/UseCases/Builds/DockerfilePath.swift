/// Where a Dockerfile should be in its project, and why it isn't found there.
struct DockerfilePath {
  /// `/` or `/docker/web`.
  let location: String
  let name: String

  var folder: String { location.split(separator: "/").joined(separator: "/") }
  /// From the project's root, without a slash in front.
  var path: String { folder.isEmpty ? name : folder + "/" + name }

  /// Looks why the file isn't there: the folder isn't, or another file has nearly its name.
  /// - Parameter names: what a folder holds; nil where it isn't there.
  func missing(at ref: String, names: (String) async throws -> [GitLabTreeEntry]?) async throws -> Refusal {
    guard let entries = try await names(folder) else { return try await missingFolder(at: ref, names: names) }
    if entries.contains(where: { $0.name == name && $0.kind == .folder }) {
      return refusal(
        .dockerfileName, Phrase("\(path) is a folder at \(ref).", "\(ref) 中的 \(path) 是目录。"),
        Phrase("Enter it as the Dockerfile directory, and the file's name here.", "请将其填入 Dockerfile 目录，此处填写文件名。"))
    }
    let files = entries.filter { $0.kind == .file }.map(\.name)
    if let other = files.first(where: { $0.lowercased() == name.lowercased() }) {
      return refusal(
        .dockerfileName,
        Phrase(
          "There is no \(path) at \(ref), but \(other): upper and lower case count.",
          "\(ref) 中没有 \(path)，但有 \(other)：区分大小写。"),
        Phrase("Enter \(other).", "请填写 \(other)。"))
    }
    let near = files.filter { $0.lowercased().contains("dockerfile") || $0.lowercased().contains("containerfile") }
      .prefix(5)
    let place = folder.isEmpty ? Phrase("the root", "根目录") : Phrase("/\(folder)", "/\(folder)")
    return refusal(
      .dockerfileName, Phrase("There is no \(name) in \(place.en) at \(ref).", "\(ref) 的\(place.zh)中没有 \(name)。"),
      near.isEmpty
        ? Phrase("Correct the directory or the name, or push the file.", "请更正目录或文件名，或推送该文件。")
        : Phrase(
          "Correct the name; there is: \(near.joined(separator: ", ")).", "请更正文件名，现有：\(near.joined(separator: "、"))。"))
  }

  private func missingFolder(at ref: String, names: (String) async throws -> [GitLabTreeEntry]?) async throws -> Refusal
  {
    let parts = folder.split(separator: "/").map(String.init)
    let above = parts.dropLast().joined(separator: "/")
    let siblings = parts.isEmpty ? nil : try await names(above)
    let other = siblings?.first { $0.kind == .folder && $0.name.lowercased() == parts.last?.lowercased() }
    return refusal(
      .dockerfileLocation, Phrase("There is no folder \(location) at \(ref).", "\(ref) 中没有目录 \(location)。"),
      other.map { found in
        let right = "/" + (above.isEmpty ? "" : above + "/") + found.name
        return Phrase("Enter \(right): upper and lower case count.", "请填写 \(right)：区分大小写。")
      } ?? Phrase("Enter the folder from the project's root; / for the root itself.", "请输入相对于项目根目录的目录，根目录为 /。"))
  }

  private func refusal(_ field: Field, _ message: Phrase, _ mend: Phrase) -> Refusal {
    Refusal(.dockerfileMissing, field: field, message: message, mend: mend)
  }

  static let tooLong = Refusal(
    .invalidDockerfile, field: .dockerfileName, message: Phrase("The file is larger than 1 MiB.", "文件大于 1 MiB。"),
    mend: Phrase("Check its name: a Dockerfile is smaller.", "请检查文件名：Dockerfile 不会这么大。"))
}
