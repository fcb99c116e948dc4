/// Where a rule's Dockerfile is in its project.
enum DockerfilePlace {
  /// A folder from the project's root: `/`, `/docker/web`.
  static func location(_ typed: String) throws(Refusal) -> String {
    let text = typed.trimmed
    let parts = text.split(separator: "/").filter { $0 != "." }
    guard text.utf8.count <= 1024, parts.allSatisfy(isName) else {
      throw Refusal(
        .invalidDockerfile, field: .dockerfileLocation,
        message: Phrase("“\(text)” is no folder of the project.", "“\(text)”不是项目中的目录。"),
        mend: Phrase(
          "Enter the folder from the project's root, such as / or /docker/web, without ..",
          "请输入相对于项目根目录的目录，例如 / 或 /docker/web，不能包含 ..。"))
    }
    return "/" + parts.joined(separator: "/")
  }

  /// A file's name alone.
  static func name(_ typed: String) throws(Refusal) -> String {
    let name = typed.trimmed
    guard !name.isEmpty else { throw Refusal.missing(.dockerfileName, example: "Dockerfile") }
    guard !name.contains("/") else {
      throw Refusal(
        .invalidDockerfile, field: .dockerfileName,
        message: Phrase("“\(name)” has a folder in it.", "“\(name)”中含有目录。"),
        mend: Phrase(
          "Enter the folder as the Dockerfile directory, and the name alone here.", "请将目录填入 Dockerfile 目录，此处只填文件名。"))
    }
    guard isName(Substring(name)), name != "." else {
      throw Refusal(
        .invalidDockerfile, field: .dockerfileName,
        message: Phrase("“\(name)” is no file's name.", "“\(name)”不是文件名。"),
        mend: Phrase("Enter a name such as Dockerfile.", "请输入文件名，例如 Dockerfile。"))
    }
    return name
  }

  private static func isName(_ part: Substring) -> Bool {
    part != ".." && part.utf8.count <= 255
      && part.unicodeScalars.allSatisfy { !$0.isControl && $0 != "\\" && !$0.properties.isBidiControl }
  }
}

extension BuildRule {
  /// The Dockerfile's path from the project's root, without a slash in front.
  public var dockerfilePath: String {
    let folder = dockerfileLocation.split(separator: "/").joined(separator: "/")
    return folder.isEmpty ? dockerfileName : folder + "/" + dockerfileName
  }
}
