import SecureBuild

/// What a watch sees and does, a line each on standard output, as it happens.
struct WatchLines: Sendable {
  private let output: Output

  init(_ output: Output) { self.output = output }

  func tell(_ event: WatchEvent) { write(event.sentence, event.members(output.language)) }

  func listening(at place: ListeningPlace, port: Int) {
    let address = "http://\((place.address.contains(":") ? "[\(place.address)]" : place.address)):\(port)/gitlab"
    let sentence = Phrase("Listening for webhooks at \(address).", "正在监听 Webhook：\(address)。")
    write(sentence, ["Event": "LISTENING", "Message": .string(address)])
  }

  /// Nobody is there to be told where that can't be written; the watch goes on.
  private func write(_ sentence: Phrase, _ members: JSONText) {
    let now = SystemClock().now().description
    if output.format == .json {
      let base: JSONText = ["At": .string(now)]
      try? StandardStream.output.write(base.adding(members).line)
    } else {
      try? StandardStream.output.write(TextTable.text([[now, sentence(output.language)]]))
    }
  }
}

extension WatchEvent {
  fileprivate func members(_ language: Language) -> JSONText {
    switch self {
    case .began(let instance, let project):
      ["Event": "BEGAN", "InstanceId": .string(instance), "Project": .string(project)]
    case .pushed(let push): Self.members("PUSHED", push)
    case .queued(let request):
      [
        "Event": "QUEUED", "InstanceId": .string(request.instanceId), "Ref": .string(request.ref),
        "CommitId": .optional(request.commitId), "BuildRuleId": .string(request.rule.id),
        "BuildRecordId": .string(request.id),
      ]
    case .known(let push, let rule): Self.members("KNOWN", push).adding(["BuildRuleId": .string(rule)])
    case .refused(let push, let rule, let refusal):
      Self.members("REFUSED", push).adding(["BuildRuleId": .string(rule)]).adding(refusal.json(language))
    case .failed(let instance, let project, let refusal, let seconds):
      (["Event": "FAILED", "InstanceId": .string(instance), "Project": .optional(project)] as JSONText).withoutNulls
        .adding(refusal.json(language)).adding(["RetryAfter": .number(seconds)])
    case .noRunner(let refusal): (["Event": "NO_RUNNER"] as JSONText).adding(refusal.json(language))
    }
  }

  private static func members(_ event: String, _ push: Push) -> JSONText {
    [
      "Event": .string(event), "InstanceId": .string(push.instanceId), "Project": .string(push.project),
      "Ref": .string(push.name), "CommitId": .string(push.commitId),
    ]
  }
}
