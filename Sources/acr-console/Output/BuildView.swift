import SecureBuild

/// A build record as it is shown.
struct BuildView: Presentable {
  let record: BuildRecord
  let now: Timestamp

  init(_ record: BuildRecord, now: Timestamp = SystemClock().now()) {
    self.record = record
    self.now = now
  }

  private var request: BuildRequest { record.request }

  /// As a question before it goes names it.
  var sentence: Phrase {
    Phrase(
      "build \(record.id) of \(request.repository):\(request.imageTag) with its log",
      "\(request.repository):\(request.imageTag) 的构建 \(record.id) 及其日志")
  }

  // MARK: For people

  /// The state, and the stage that it stands or ended at.
  func statusWord(_ language: Language) -> String {
    let stage = record.failure?.stage ?? record.stages.last { $0.status == .running || $0.status == .cancel }?.name
    let at = record.status == .success ? nil : stage
    let base = record.status.title
    let word = at.map { Phrase("\(base.en): \($0.title.en)", "\(base.zh)：\($0.title.zh)") } ?? base
    if record.isOrphaned { return (word + Phrase("(its runner died)", "（运行器已终止）"))(language) }
    if record.isCancelling { return (word + Phrase("(being cancelled)", "（正在取消）"))(language) }
    return word(language)
  }

  private func duration(_ language: Language) -> String {
    guard let start = record.startTime else { return "" }
    return Elapsed.text(from: start, to: record.endTime ?? now)(language)
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("BuildRecordId", "构建记录 ID")) { view, _ in view.record.id },
      Column(Phrase("Status", "状态")) { view, language in view.statusWord(language) },
      Column(Phrase("Image", "镜像"), width: 48) { view, _ in "\(view.request.repository):\(view.request.imageTag)" },
      Column(Phrase("Branch/Tag", "Branch/Tag"), width: 24) { view, _ in view.request.ref },
      Column(Phrase("Commit", "Commit")) { view, _ in
        String((view.record.commitId ?? view.request.commitId ?? "").prefix(10))
      },
      Column(Phrase("Asked for", "发起时间")) { view, _ in view.request.at.description },
      Column(Phrase("Took", "耗时")) { view, language in view.duration(language) },
      Column(Phrase("By", "操作人"), width: 32) { view, _ in view.request.by },
    ]
  }

  static var details: [Column<Self>] {
    [
      Column(Phrase("BuildRecordId", "构建记录 ID")) { view, _ in view.record.id },
      Column(Phrase("Status", "状态")) { view, language in view.statusWord(language) },
      Column(Phrase("Why", "原因")) { view, language in view.record.failure?.message(language) ?? "" },
      Column(Phrase("Mend", "处理方法")) { view, language in view.record.failure?.mend(language) ?? "" },
      Column(Phrase("Image", "镜像")) { view, _ in "\(view.request.repository):\(view.request.imageTag)" },
      Column(Phrase("Digest", "摘要值")) { view, _ in view.record.image?.digest ?? "" },
      Column(Phrase("Size", "大小")) { view, _ in view.record.image.map { ByteCount.text($0.size) } ?? "" },
      Column(Phrase("To be had as", "拉取地址"), width: .max) { view, _ in
        view.record.image?.references.joined(separator: " ") ?? ""
      },
      Column(Phrase("Source", "源码")) { view, language in
        let commit = view.record.commitId ?? view.request.commitId
        return "\(view.request.rule.pushType.title(language)) \(view.request.ref)" + (commit.map { ", \($0)" } ?? "")
      },
      Column(Phrase("Build rule", "构建规则")) { view, _ in "\(view.request.rule.id) (\(view.request.rule.title))" },
      Column(Phrase("Instance", "实例")) { view, _ in view.request.instanceId },
      Column(Phrase("Engine", "构建引擎")) { view, _ in view.request.engine.defaultValueDescription },
      Column(Phrase("Asked for", "发起")) { view, language in
        "\(view.request.at) \(view.request.by), \(view.request.trigger.title(language))"
      },
      Column(Phrase("Started", "开始")) { view, _ in view.record.startTime?.description ?? "" },
      Column(Phrase("Ended", "结束")) { view, _ in view.record.endTime?.description ?? "" },
      Column(Phrase("Took", "耗时")) { view, language in view.duration(language) },
    ]
  }

  // MARK: For scripts

  func json(_ language: Language) -> JSONText {
    let contract: JSONText = [
      "BuildRecordId": .string(record.id), "BuildStatus": .string(record.status.rawValue), "Image": image,
      "CommitId": .optional(record.commitId ?? request.commitId), "Digest": .optional(record.image?.digest),
      "StartTime": .optional(record.startTime?.description), "EndTime": .optional(record.endTime?.description),
      "Stages": .array(record.stages.map(\.json)), "Refused": .array(record.refused.map(\.json)),
    ]
    return contract.adding([
      "InstanceId": .string(request.instanceId), "BuildRuleId": .string(request.rule.id),
      "PushType": .string(request.rule.pushType.rawValue), "Ref": .string(request.ref),
      "Trigger": .string(request.trigger.rawValue), "Engine": .string(request.engine.rawValue),
      "Size": record.image.map { .number($0.size) } ?? .null,
      "References": .array((record.image?.references ?? []).map(JSONText.string)),
      "BaseImages": .array(record.baseImages.map(\.json)),
      "Failure": record.failure.map { $0.json(language) } ?? .null, "Orphaned": .bool(record.isOrphaned),
      "Cancelling": .bool(record.isCancelling), "At": .string(request.at.description), "By": .string(request.by),
    ])
  }

  /// As the vendor tells it.
  private var image: JSONText {
    let slash = request.repository.lastIndex(of: "/")
    return [
      "RepoNamespaceName": .optional(slash.map { String(request.repository[..<$0]) }),
      "RepoName": .string(slash.map { String(request.repository[request.repository.index(after: $0)...]) } ?? ""),
      "RepoId": .string(request.repoId), "ImageTag": .string(request.imageTag),
    ]
  }
}

extension StageRecord {
  fileprivate var json: JSONText {
    [
      "Name": .string(name.rawValue), "Status": .string(status.rawValue),
      "StartTime": .optional(startTime?.description), "EndTime": .optional(endTime?.description),
      "Allowed": .array(
        allowed.map {
          [
            "Ip": .string($0.ip.description), "Port": $0.port.map(JSONText.number) ?? .null,
            "Label": .string($0.label),
          ]
        }), "LogOffset": logOffset.map(JSONText.number) ?? .null,
    ]
  }
}

extension RefusedConnection {
  fileprivate var json: JSONText {
    [
      "Ip": .string(ip.description), "Port": port.map(JSONText.number) ?? .null, "Protocol": .string(`protocol`),
      "Count": .number(count),
    ]
  }
}

extension BaseImage {
  var json: JSONText {
    [
      "Name": .string(name), "Digest": .string(digest), "Origin": .string(origin.rawValue), "From": .string(from),
    ]
  }
}

extension BuildFailure {
  /// As a refusal is told, with the stage in place of the field.
  func json(_ language: Language) -> JSONText {
    let object: JSONText = [
      "Code": .string(code), "Stage": .optional(stage?.rawValue), "Message": .string(message(language)),
      "Mend": .string(mend(language)),
    ]
    return object.withoutNulls
  }
}

extension BuildRequest.Trigger {
  var title: Phrase {
    switch self {
    case .manual: Phrase("by hand", "手动")
    case .push: Phrase("by a push", "推送触发")
    case .again: Phrase("again", "重新构建")
    }
  }
}
