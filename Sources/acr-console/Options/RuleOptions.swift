import ArgumentParser
import SecureBuild

/// The fields of a build rule. What isn't given is what the rule has, or the vendor's default.
struct RuleOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp(Phrase("What kind of push it is for.", "推送类型。"), value: "type"))
  var pushType: PushType?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The branch or tag, or an expression with named groups: 'release-(?<imageTag>\\w*)'.",
        "分支或标签名，或带命名分组的正则表达式：'release-(?<imageTag>\\w*)'。"), value: "name"))
  var pushName: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The Dockerfile's folder, from the project's root: / at first.", "Dockerfile 所在目录，相对项目根目录，默认为 /。"),
      value: "folder"))
  var dockerfileLocation: String?
  @Option(
    help: ArgumentHelp(
      Phrase("The Dockerfile's name: Dockerfile at first.", "Dockerfile 文件名，默认为 Dockerfile。"), value: "name")
  )
  var dockerfileName: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "The image's version; ${imageTag} is what the expression's group of that name stands for.",
        "镜像版本；${imageTag} 取自正则表达式中的同名分组。"), value: "tag"))
  var imageTag: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Add the push's time in UTC+8 to the version: DAY (20201015) or MINUTE (202010151613). Such a rule builds only on a push.",
        "在版本后附加推送时间（UTC+8）：DAY（20201015）或 MINUTE（202010151613）。此类规则仅在推送时构建。"), value: "precision"))
  var tagTime: TagTime?
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      Phrase(
        "Add the commit's id to the version, or don't. Such a rule builds only on a push.",
        "是否在版本后附加 Commit ID。此类规则仅在推送时构建。")))
  var tagCommitId: Bool?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      Phrase(
        "A build argument; may be repeated, 20 at most. It stays in the image's history: no place for secrets.",
        "构建参数，可重复，最多 20 个。会留在镜像历史中，请勿放入机密。"), value: "key=value"))
  var buildArg: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(Phrase("What the image is built for; may be repeated.", "构建架构；可重复。"), value: "platform"),
    completion: .list(BuildPlatform.allCases.map(\.rawValue)))
  var platform: [String] = []

  var isEmpty: Bool {
    let texts = [pushName, dockerfileLocation, dockerfileName, imageTag]
    return pushType == nil && texts.allSatisfy { $0 == nil } && tagTime == nil && tagCommitId == nil && buildArg.isEmpty
      && platform.isEmpty
  }

  /// - Throws: `ValidationError` where they don't make a rule by themselves.
  func requireWhole() throws {
    let given = [
      ("--push-type <type>", pushType != nil), ("--push-name <name>", pushName != nil),
      ("--image-tag <tag>", imageTag != nil),
    ]
    if let missing = given.first(where: { !$0.1 })?.0 {
      throw ValidationError(
        Phrase("Missing expected argument '\(missing)'", "缺少参数 '\(missing)'")(HelpLanguage.current))
    }
  }

  /// Puts what was given into a draft. A build argument takes the place of the one of its name.
  /// - Parameter dropping: names of arguments that go first.
  func fill(_ draft: inout RuleDraft, dropping: [String] = []) {
    draft.pushType = pushType ?? draft.pushType
    draft.pushName = pushName ?? draft.pushName
    draft.dockerfileLocation = dockerfileLocation ?? draft.dockerfileLocation
    draft.dockerfileName = dockerfileName ?? draft.dockerfileName
    draft.imageTag = imageTag ?? draft.imageTag
    draft.time = tagTime ?? draft.time
    draft.addsCommitId = tagCommitId ?? draft.addsCommitId
    let gone = Set(dropping + buildArg.map(Self.name))
    draft.buildArgs.removeAll { gone.contains(Self.name(of: $0)) }
    draft.buildArgs += buildArg
    if !platform.isEmpty { draft.platforms = platform }
  }

  static func name(of argument: String) -> String { String(argument.prefix { $0 != "=" }) }
}
