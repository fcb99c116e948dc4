import FlatFiles
import SecureBuild

/// What a condition is asked of: one state of the workspace, its journal and its builds.
struct LessonView {
  let workspace: Workspace
  let reading: Reading
  let lesson: Lesson
  let progress: LessonProgress

  var instance: String { lesson.instanceId }

  /// The steps that count by now: those that did, and those after them for which everything holds.
  func reached() throws(Refusal) -> Int {
    var count = progress.reached.count
    while count < lesson.steps.count, try missing(lesson.steps[count]).isEmpty { count += 1 }
    return count
  }

  /// What a step still waits for.
  func missing(_ step: Lesson.Step) throws(Refusal) -> [LessonCondition] {
    var missing: [LessonCondition] = []
    for condition in step.holds where try !holds(condition) { missing.append(condition) }
    return missing
  }

  func holds(_ condition: LessonCondition) throws(Refusal) -> Bool {
    switch condition {
    case .link(let address, let allowing):
      return try reading.links(of: instance).contains { link in
        link.gitLabIntranetIp == address && allowing.allSatisfy(link.addresses.contains)
      }
    case .path(let address):
      for link in try reading.links(of: instance) where link.addresses.contains(address) {
        let report = try reading.path(of: instance, link: link.id, to: address.description)
        if report.verdict != .fail { return true }
      }
      return false
    case .bound(let host, let username):
      guard let binding = try reading.openBinding(of: instance).value else { return false }
      return isBound(binding, at: host) && (username == nil || username == binding.username)
    case .refused(let codes):
      return progress.tries.contains { found in codes.contains { $0.rawValue == found.code } }
    case .serviceRole: return try reading.trainingFaults().serviceRole == .authorised
    case .rotated: return try isRotated()
    case .rule(let project):
      for repository in try reading.repositories(of: instance) {
        guard project == nil || repository.source?.path == project else { continue }
        if try !reading.rules(of: repository.id).isEmpty { return true }
      }
      return false
    case .built(let status, let refused):
      return try workspace.builds.records(of: instance, limit: 50).records.contains { build in
        build.status == status && build.request.at >= progress.startedAt
          && (refused == nil || build.refused.contains { $0.ip == refused.map(IPAddress.v4) })
      }
    }
  }

  private func isBound(_ binding: Binding, at host: String) -> Bool {
    binding.state == .bound && binding.networkType == .intranet
      && (try? GitLabAddress(parsing: binding.address).host) == host
  }

  /// Newest first, as long as the account was bound: whether a token that lasts longer took another's place.
  private func isRotated() throws(Refusal) -> Bool {
    var newest: String?
    var isRotated = false
    do {
      try workspace.store.walkHistory { entry in
        guard entry.sequence > progress.sequence else { return false }
        for change in entry.changes where change.kind == .binding && change.id == instance {
          guard case .put(_, let record) = change, let binding = try? record.decode(Binding.self),
            binding.state == .bound, let expiry = binding.lastPassed?.tokenExpiresOn
          else { return false }
          if let newest, expiry < newest { isRotated = true }
          newest = newest ?? expiry
        }
        return !isRotated
      }
    } catch { throw Refusal(error) }
    return isRotated
  }
}

extension LessonCondition {
  /// What is still missing, as the coach says it.
  func missing(on instance: String) -> Phrase {
    switch self {
    case .link(let address, let allowing):
      let others = allowing.map(\.description).joined(separator: ", ")
      return Phrase(
        "a link of \(instance) to GitLab at \(address)" + (others.isEmpty ? "" : " that lets out to \(others) too"),
        "\(instance) 的一条链路，GitLab 内网 IP 为 \(address)" + (others.isEmpty ? "" : "，并放行 \(others)"))
    case .path(let address):
      return Phrase("a way to \(address) on which no hop fails", "到 \(address) 的路径没有不通过的环节")
    case .bound(let host, let username):
      return Phrase(
        "an account\(username.map { " of \($0)" } ?? "") at \(host), bound over the intranet",
        "通过内网绑定 \(host) 的账号" + (username.map { "（\($0)）" } ?? ""))
    case .refused(let codes):
      let words = codes.map(\.rawValue)
      return Phrase(
        "a try that ends in \(words.joined(separator: " or "))", "一次以 \(words.joined(separator: " 或 ")) 结束的尝试")
    case .serviceRole:
      return Phrase("the service role, authorised at the (simulated) vendor", "（模拟）厂商侧已授权服务关联角色")
    case .rotated:
      return Phrase(
        "a token that lasts longer in place of the first, the account bound all the time",
        "在账号保持绑定的情况下，换成有效期更长的 Token")
    case .rule(let project):
      return Phrase(
        "an image repository with a build rule" + (project.map { " of \($0)" } ?? ""),
        "带有构建规则的镜像仓库" + (project.map { "（项目 \($0)）" } ?? ""))
    case .built(let status, let refused):
      return Phrase(
        "a build that ended: \(status.title.en)" + (refused.map { ", its connections to \($0) refused" } ?? ""),
        "一次结束状态为“\(status.title.zh)”的构建" + (refused.map { "，且到 \($0) 的连接被拒绝" } ?? ""))
    }
  }
}
