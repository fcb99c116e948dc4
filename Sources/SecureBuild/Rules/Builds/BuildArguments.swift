/// The build arguments (构建参数) and platforms of a rule.
enum BuildArguments {
  /// The vendor's console takes no more (I).
  static let most = 20

  static func all(_ typed: [String]) throws(Refusal) -> [String] {
    let given = typed.filter { !$0.trimmed.isEmpty }
    guard given.count <= most else {
      throw refusal(
        Phrase("A rule takes at most \(most) build arguments.", "一条规则最多 \(most) 个构建参数。"),
        Phrase("Leave some out; the Dockerfile's ARG can have a default.", "请减少参数；Dockerfile 的 ARG 可设默认值。"))
    }
    var names: Set<Substring> = []
    var arguments: [String] = []
    for argument in given {
      let argument = try one(argument)
      let name = argument.prefix { $0 != "=" }
      guard names.insert(name).inserted else {
        throw refusal(
          Phrase("The build argument \(name) is given twice.", "构建参数 \(name) 重复。"),
          Phrase("Keep one of them.", "请只保留一个。"))
      }
      arguments.append(argument)
    }
    return arguments
  }

  /// `KEY=value`; the value may be empty, have spaces and hold `=`.
  static func one(_ typed: String) throws(Refusal) -> String {
    let text = typed.trimmed
    let name = text.prefix { $0 != "=" }
    guard text.contains("="), isName(name) else {
      // What stands there may be a secret: only the name is said.
      throw refusal(
        Phrase(
          "A build argument is KEY=value, and this begins with “\(name.prefix(40))”.",
          "构建参数应为 KEY=value，而此处以“\(name.prefix(40))”开头。"),
        Phrase("Enter it as VERSION=1.2, the name of letters, digits and _.", "请以 VERSION=1.2 的形式输入，名称由字母、数字和 _ 组成。"))
    }
    let value = text.dropFirst(name.count + 1)
    guard text.utf8.count <= 2048, !value.unicodeScalars.contains(where: \.isControl) else {
      throw refusal(
        Phrase(
          "The value of \(name) is longer than 2048 bytes, or has control characters in it.",
          "\(name) 的值超过 2048 字节或含有控制字符。"),
        Phrase("Put it into a file of the project.", "请将其放入项目文件中。"))
    }
    guard !BindingRules.looksLikeToken(value) else {
      throw refusal(
        Phrase(
          "The value of \(name) is a GitLab token: build arguments stay in the image's history.",
          "\(name) 的值是 GitLab Token：构建参数会留在镜像历史中。"),
        Phrase("Leave it out: the source is fetched with the bound account's token.", "请勿填写：源码使用已绑定账号的 Token 获取。"))
    }
    return text
  }

  static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(48...57).contains(first), text.utf8.count <= 128 else { return false }
    return text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
  }

  private static func refusal(_ message: Phrase, _ mend: Phrase) -> Refusal {
    Refusal(.invalidBuildArg, field: .buildArgs, message: message, mend: mend)
  }

  /// Platforms by the vendor's names, each once; the default where none is given.
  static func platforms(_ typed: [String]) throws(Refusal) -> [BuildPlatform] {
    var platforms: [BuildPlatform] = []
    for name in typed.map(\.trimmed) where !name.isEmpty {
      guard let platform = BuildPlatform(rawValue: name.lowercased()) else {
        let list = BuildPlatform.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(
          .invalidPlatform, field: .platforms,
          message: Phrase("“\(name)” is none of the platforms there are.", "“\(name)”不是可选的构建架构。"),
          mend: Phrase("Choose from: \(list).", "请从以下值中选择：\(list)。"))
      }
      if !platforms.contains(platform) { platforms.append(platform) }
    }
    return platforms.isEmpty ? [.linuxAmd64] : platforms
  }
}
