import SecureBuild

/// The GitLab row of a code source, with its kinds of knowing apart: what the status rests on, and beside it what a
/// person saw in the vendor's console.
struct CodeSourceView: Presentable {
  let source: CodeSource
  let isTraining: Bool

  init(of instance: String, in workspace: Workspace) throws {
    source = try workspace.codeSource(of: instance)
    isTraining = workspace.kind == .training
  }

  private var binding: Binding? { source.binding }

  /// As a question before it goes names it.
  var removal: Phrase {
    guard let binding else { return Phrase("nothing", "空绑定") }
    let what = binding.state == .draft ? Phrase("the draft", "草稿") : Phrase("the binding", "绑定")
    let group = binding.state != .draft && binding.networkType == .intranet
    return Phrase(
      "\(what.en) of \(binding.username)@\(binding.address) with its token\(group ? " and the managed security group" : "")",
      "\(binding.username)@\(binding.address) 的\(what.zh)及其 Token\(group ? "和托管安全组" : "")")
  }

  // MARK: For people

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Instance", "实例")) { view, _ in view.source.instanceId },
      Column(Phrase("Status", "状态")) { view, language in view.statusWord(language) },
      Column(Phrase("Tried", "实测")) { view, language in view.passedWord(language) },
      Column(Phrase("Last try", "最近一次")) { view, language in view.failedWord(language) },
      Column(Phrase("In the vendor's console", "厂商控制台")) { view, language in view.confirmedWord(language) },
      Column(Phrase("Network type", "网络类型")) { view, language in view.binding?.networkType.title(language) ?? "" },
      Column(Phrase("Link", "链路")) { view, _ in view.binding?.linkId ?? "" },
      Column(Phrase("Address", "地址")) { view, _ in view.binding?.address ?? "" },
      Column(Phrase("Username", "用户名称")) { view, _ in view.binding?.username ?? "" },
      Column(Phrase("Token", "私有 Token")) { view, language in view.tokenWord(language) },
      Column(Phrase("Warnings", "警告")) { view, language in
        view.source.warnings.map { $0.text(language) }.joined(separator: " ")
      },
    ]
  }

  private func statusWord(_ language: Language) -> String {
    let draft = binding?.state == .draft ? Phrase(" (draft)", "（草稿）") : Phrase("", "")
    return source.status.title(language) + draft(language)
  }

  private func passedWord(_ language: Language) -> String {
    guard let passed = binding?.lastPassed else { return "" }
    let age = Age.text(of: passed.at)
    return Phrase(
      "passed \(age.en), from \(passed.place) by \(passed.by) (\(passed.at))",
      "\(age.zh)从 \(passed.place) 由 \(passed.by) 检查通过（\(passed.at)）")(language)
  }

  private func failedWord(_ language: Language) -> String {
    guard let failed = binding?.lastFailed else { return "" }
    let age = Age.text(of: failed.at)
    return Phrase(
      "failed at hop \(failed.hop.title.en) \(age.en), from \(failed.place): \(failed.code) (\(failed.at))",
      "\(age.zh)从 \(failed.place) 在“\(failed.hop.title.zh)”一跳失败：\(failed.code)（\(failed.at)）")(language)
  }

  private func confirmedWord(_ language: Language) -> String {
    guard let binding else { return "" }
    if let seen = binding.confirmed {
      return Phrase("Bound, seen by \(seen.by) (\(seen.at))", "已绑定，由 \(seen.by) 确认（\(seen.at)）")(language)
    }
    if isTraining { return "" }
    return Phrase(
      "not confirmed; look there, then `acr-console gitlab confirm`", "尚未确认；请查看后运行 `acr-console gitlab confirm`")(
        language)
  }

  private func tokenWord(_ language: Language) -> String {
    guard let binding else { return "" }
    guard binding.secret != nil else { return Phrase("none", "无")(language) }
    let expiry = binding.lastPassed?.tokenExpiresOn.map { Phrase(", expires \($0)", "，\($0) 到期") } ?? Phrase("", "")
    return Phrase("stored\(expiry.en)", "已保存\(expiry.zh)")(language)
  }

  // MARK: For scripts

  func json(_ language: Language) -> JSONText {
    let known = source.provenance
    return [
      "InstanceId": .string(source.instanceId), "Status": .string(source.status.rawValue),
      "CheckedAt": .optional(source.checkedAt?.description),
      "NetworkType": .optional(binding?.networkType.rawValue), "Address": .optional(binding?.address),
      "Username": .optional(binding?.username), "LinkId": .optional(binding?.linkId),
      "Draft": .bool(binding?.state == .draft), "TokenStored": .bool(binding?.secret != nil),
      "Known": .string(known.known.rawValue), "At": .optional(known.at?.description), "By": .optional(known.by),
      "From": .optional(known.from), "LastPassed": passedJSON, "LastFailed": failedJSON, "Confirmed": confirmedJSON,
      "Warnings": .array(
        source.warnings.map { ["Code": .string($0.rawValue), "Message": .string($0.text(language))] }),
    ]
  }

  private var passedJSON: JSONText {
    guard let passed = binding?.lastPassed else { return .null }
    return [
      "At": .string(passed.at.description), "By": .string(passed.by), "From": .string(passed.from),
      "Source": .optional(passed.source?.description), "Endpoint": .string(passed.endpoint),
      "ResolvedBy": .string(passed.resolvedBy.rawValue),
      "Version": .string(passed.version),
      "UserState": .string(passed.userState), "IsBot": .bool(passed.isBot),
      "TokenExpiresOn": .optional(passed.tokenExpiresOn), "NotExercised": .string(Probe.notExercised),
    ]
  }

  private var failedJSON: JSONText {
    guard let failed = binding?.lastFailed else { return .null }
    return [
      "At": .string(failed.at.description), "By": .string(failed.by), "From": .string(failed.from),
      "Source": .optional(failed.source?.description), "Hop": .string(failed.hop.rawValue),
      "Code": .string(failed.code), "NotExercised": .string(Probe.notExercised),
    ]
  }

  private var confirmedJSON: JSONText {
    guard let seen = binding?.confirmed else { return .null }
    return [
      "Known": .string(Known.confirmed.rawValue), "At": .string(seen.at.description), "By": .string(seen.by),
    ]
  }
}
