/// What a watch on the bound projects sees and does, to be told as it happens.
public enum WatchEvent: Sendable, Equatable {
  /// A project is looked at from now on; what its branches and tags lead to now is no push.
  case began(instanceId: String, project: String)
  case pushed(Push)
  /// A rule matched, and its build is in the queue.
  case queued(BuildRequest)
  /// A rule matched, and was started on this commit of this branch or tag before.
  case known(Push, rule: String)
  /// A rule matched, and can't be built.
  case refused(Push, rule: String, Refusal)
  /// GitLab, or one project, can't be asked. It is tried again after this many seconds.
  case failed(instanceId: String, project: String?, Refusal, again: Int)
  /// A build is in the queue, and nobody works on it.
  case noRunner(Refusal)

  /// In words, on one line.
  public var sentence: Phrase {
    switch self {
    case .began(_, let project): Phrase("Watching \(project).", "开始监听 \(project)。")
    case .pushed(let push):
      Phrase(
        "\(push.project): \(push.type.title.en.lowercased()) \(push.name) is at \(push.commitId.prefix(8)).",
        "\(push.project)：\(push.type.title.zh) \(push.name) 更新至 \(push.commitId.prefix(8))。")
    case .queued(let request):
      Phrase(
        "Build \(request.id) of \(request.repository):\(request.imageTag) is in the queue.",
        "构建 \(request.id)（\(request.repository):\(request.imageTag)）已加入队列。")
    case .known(let push, let rule):
      Phrase(
        "Rule \(rule) was started on \(push.commitId.prefix(8)) of \(push.name) before.",
        "规则 \(rule) 已对 \(push.name) 的 \(push.commitId.prefix(8)) 触发过。")
    case .refused(_, let rule, let refusal):
      Phrase("Rule \(rule): \(refusal.message.en)", "规则 \(rule)：\(refusal.message.zh)")
    case .failed(let instance, let project, let refusal, let seconds):
      Phrase(
        "\(project ?? instance): \(refusal.message.en) Again in \(seconds) s.",
        "\(project ?? instance)：\(refusal.message.zh)\(seconds) 秒后重试。")
    case .noRunner(let refusal): refusal.message
    }
  }
}
