import SecureBuild

/// A build rule with why it can't be built now, where it can't.
struct RuleView: Presentable {
  let rule: BuildRule
  /// `namespace/name` of its repository.
  let repository: String
  let whyNot: Refusal?

  init(_ rule: BuildRule, in reading: Reading) throws {
    self.rule = rule
    repository = try reading.repository(rule.repoId).path
    whyNot = try reading.whyNoBuildNow(rule)
  }

  /// A rule that was deleted.
  init(gone rule: BuildRule, of repository: String) {
    self.rule = rule
    self.repository = repository
    whyNot = nil
  }

  /// As a question before it goes names it.
  var sentence: Phrase {
    Phrase(
      "build rule \(rule.id) (\(rule.title)) of \(repository)", "\(repository) 的构建规则 \(rule.id)（\(rule.title)）")
  }

  private var dockerfile: String {
    rule.dockerfileLocation + (rule.dockerfileLocation.hasSuffix("/") ? "" : "/") + rule.dockerfileName
  }

  private func version(_ language: Language) -> String {
    var parts = [rule.imageTag]
    switch rule.time {
    case .none: break
    case .day: parts.append(Phrase("day of the push", "推送日期")(language))
    case .minute: parts.append(Phrase("minute of the push", "推送时间")(language))
    }
    if rule.addsCommitId { parts.append("commit ID") }
    return parts.joined(separator: " + ")
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("BuildRuleId", "规则 ID")) { view, _ in view.rule.id },
      Column(Phrase("Repository", "镜像仓库")) { view, _ in view.repository },
      Column(Phrase("Type", "类型")) { view, language in view.rule.pushType.title(language) },
      Column(Phrase("Branch/Tag", "Branch/Tag")) { view, _ in view.rule.pushName },
      Column(Phrase("Dockerfile", "Dockerfile")) { view, _ in view.dockerfile },
      Column(Phrase("Version", "镜像版本")) { view, language in view.version(language) },
      Column(Phrase("Platforms", "构建架构")) { view, _ in
        view.rule.platforms.map(\.rawValue).joined(separator: " ")
      },
      Column(Phrase("Build now", "立即构建")) { view, language in
        view.whyNot.map { Phrase("no: \($0.code.rawValue)", "否：\($0.code.rawValue)") }.map { $0(language) }
          ?? Words.yes(true)(language)
      },
    ]
  }

  static var details: [Column<Self>] {
    columns.dropLast() + [
      Column(Phrase("Build arguments", "构建参数"), width: .max) { view, _ in
        view.rule.buildArgs.joined(separator: "  ")
      },
      Column(Phrase("Build now", "立即构建")) { view, language in
        guard let whyNot = view.whyNot else { return Words.yes(true)(language) }
        return Phrase("no. ", "否。")(language) + (whyNot.message + whyNot.mend)(language)
      },
      Column(Phrase("Known", "依据")) { _, language in Known.planned.title(language) },
      Column(Phrase("Written down", "登记")) { view, _ in "\(view.rule.at) \(view.rule.by)" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "BuildRuleId": .string(rule.id), "RepoId": .string(rule.repoId), "InstanceId": .string(rule.instanceId),
      "PushType": .string(rule.pushType.rawValue), "PushName": .string(rule.pushName),
      "DockerfileLocation": .string(rule.dockerfileLocation), "DockerfileName": .string(rule.dockerfileName),
      "ImageTag": .string(rule.imageTag), "TagTime": .string(rule.time.rawValue),
      "TagCommitId": .bool(rule.addsCommitId), "BuildArgs": .array(rule.buildArgs.map(JSONText.string)),
      "Platforms": .array(rule.platforms.map { .string($0.rawValue) }), "BuildNow": .bool(whyNot == nil),
      "WhyNot": whyNot.map { $0.json(language) } ?? .null, "Known": .string(Known.planned.rawValue),
      "At": .string(rule.at.description), "By": .string(rule.by),
    ]
  }
}
