import SecureBuild

/// What a clone fails by, told apart by what git says, and what to do.
enum GitFailures {
  /// Of a call that asked GitLab for a project.
  /// - Parameter wanted: the ref or commit.
  static func failure(of fault: GitFault, in project: String, wanted: String, _ settings: GitSettings) -> BuildFailure {
    if let late = BuildFailures.time(fault.end, in: .clone) { return late }
    let words = fault.words.lowercased()
    func says(_ some: String...) -> Bool { some.contains { words.contains($0) } }
    let site = settings.site
    let place = "\(site.address) (\(settings.address))"
    if says("no space left on device", "disk quota exceeded") { return BuildFailures.full(in: .clone) }
    let line = complaint(fault.words)
    if says("smudge filter lfs failed", "git-lfs", "\nlfs:", "error downloading object") {
      return BuildFailure(
        .cloneFailed, in: .clone,
        message: Phrase("Files kept in LFS couldn't be fetched: \(line)", "无法获取 LFS 文件：\(line)"),
        mend: Phrase(
          "If GitLab keeps them in an object store, let it pass them on itself (proxy_download), or allow the store's address in the link.",
          "若 GitLab 将其存放在对象存储中，请启用 proxy_download 由 GitLab 转发，或在链路中放行该存储的地址。"))
    }
    if says("could not read username", "authentication failed", "error: 401", "http basic: access denied") {
      return BuildFailure(
        .tokenUnauthorized, in: .clone,
        message: Phrase("GitLab doesn't take the token for git.", "GitLab 拒绝了用于 git 的 Token。"),
        mend: Phrase(
          "The bound token may have expired or been revoked: check it (gitlab check), and bind with a new one of scope api, or read_api and read_repository.",
          "绑定的 Token 可能已过期或被吊销：请检查（gitlab check），并使用具有 api（或 read_api 与 read_repository）权限的新 Token 重新绑定。"))
    }
    if says("error: 403") {
      return BuildFailure(
        .forbidden, in: .clone,
        message: Phrase(
          "GitLab doesn't let the bound user read \(project) by git (403).", "GitLab 不允许绑定的用户通过 git 读取 \(project)（403）。"
        ),
        mend: Phrase(
          "Give the user at least the role Reporter in that project and the token the scope read_repository or api; see whether git over HTTP is allowed there.",
          "请确认该用户在项目中至少具有 Reporter 角色，Token 具有 read_repository 或 api 权限，且 GitLab 允许通过 HTTP 使用 git。"))
    }
    if says(
      "couldn't find remote ref", "not our ref", "did not match any file", "reference is not a tree",
      "unable to read tree")
    {
      return noRef(wanted, in: project)
    }
    if says("' not found", "error: 404", "could not be found") { return noProject(project, site) }
    if says("error: 301", "error: 302", "error: 303", "error: 307", "error: 308") {
      return BuildFailure(
        .redirected, in: .clone,
        message: Phrase(
          "GitLab sends git elsewhere, and the token goes nowhere but to \(site.address).",
          "GitLab 将 git 请求重定向到别处，而 Token 只发送给 \(site.address)。"),
        mend: Phrase(
          "Bind with the address that GitLab sends to (https instead of http, or its new name); a project that was renamed: pick it anew.",
          "请使用 GitLab 重定向到的地址绑定（例如 https 而非 http，或其新域名）；若项目已改名，请重新选择。"))
    }
    if says("could not resolve host") {
      return BuildFailure(
        .nameNotResolved, in: .clone,
        message: Phrase("The name \(site.address.host) has no address there.", "名称 \(site.address.host) 无法解析。"),
        mend: Phrase("Give the link a host name for it.", "请在链路中为其添加主机名。"))
    }
    if says("connection refused", "couldn't connect", "failed to connect", "connection timed out", "no route to host") {
      let isLate = says("timed out", "timeout")
      return BuildFailure(
        isLate ? .connectTimedOut : .connectRefused, in: .clone,
        message: Phrase("GitLab can't be reached at \(place): \(line)", "无法连接 GitLab \(place)：\(line)"),
        mend: Phrase(
          "See which hop fails: path check, and gitlab check from this machine.",
          "请查看在哪一跳失败：path check，以及在本机执行 gitlab check。"))
    }
    if says("ssl", "tls", "certificate", "handshake") {
      return BuildFailure(
        .tlsFailed, in: .clone,
        message: Phrase("The TLS handshake with \(place) failed: \(line)", "与 \(place) 的 TLS 握手失败：\(line)"),
        mend: Phrase(
          "See what its certificate lacks: gitlab check. A site with a CA of its own is bound with its CA file.",
          "请用 gitlab check 查看证书问题。使用自有 CA 的站点需要在绑定时提供 CA 文件。"))
    }
    if says("error: 5", "early eof", "unexpected disconnect", "rpc failed", "hung up", "empty reply") {
      return BuildFailure(
        .connectionLost, in: .clone,
        message: Phrase("GitLab broke off: \(line)", "GitLab 中断了连接：\(line)"),
        mend: Phrase("Build again; if it stays so, see GitLab's own log.", "请重新构建；若仍失败，请查看 GitLab 的日志。"))
    }
    return BuildFailure(
      .cloneFailed, in: .clone, message: Phrase("git failed: \(line)", "git 失败：\(line)"),
      mend: Phrase("See the log for all that it said.", "完整输出见日志。"))
  }

  /// The last line that complains.
  private static func complaint(_ words: String) -> String {
    let lines = words.split(whereSeparator: \.isNewline)
    let last = lines.last { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") } ?? lines.last
    return PlainLine.of(last ?? "it said nothing")
  }

  static func noProject(_ project: String, _ site: GitLabSite) -> BuildFailure {
    let project = PlainLine.of(project)
    return BuildFailure(
      .noSuchProject, in: .clone,
      message: Phrase(
        "There is no project \(project) at \(site.address), or the bound user may not see it.",
        "\(site.address) 上没有项目 \(project)，或绑定的用户无权查看。"),
      mend: Phrase(
        "Pick the repository's code source anew; for a private project, make the bound user a member.",
        "请重新选择仓库的代码源；若为私有项目，请将绑定的用户添加为成员。"))
  }

  static func noRef(_ wanted: String, in project: String) -> BuildFailure {
    let wanted = PlainLine.of(wanted)
    let isCommit = GitName.isCommit(wanted)
    return BuildFailure(
      .noSuchRef, in: .clone,
      message: isCommit
        ? Phrase("\(project) has no commit \(wanted) any more.", "\(project) 中已没有提交 \(wanted)。")
        : Phrase("\(project) has no \(wanted).", "\(project) 中没有 \(wanted)。"),
      mend: isCommit
        ? Phrase(
          "It was overwritten by a forced push, perhaps: build the branch's newest.", "可能已被强制推送覆盖：请构建分支的最新提交。")
        : Phrase("See which branches and tags there are, and mend the rule.", "请查看已有的分支和标签，并修改构建规则。"))
  }

  static func noRef(_ ref: String, _ type: PushType, _ project: String) -> BuildFailure {
    noRef((type == .branch ? "refs/heads/" : "refs/tags/") + ref, in: project)
  }

  static func foreignSubmodule(_ path: String, _ url: String, of project: String, _ site: GitLabSite) -> BuildFailure {
    let (path, url) = (PlainLine.of(path), PlainLine.of(withoutCredentials(url)))
    return BuildFailure(
      .cloneFailed, in: .clone,
      message: Phrase(
        "The submodule \(path) of \(project) lies elsewhere: \(url). A build reaches \(site.address) alone.",
        "\(project) 的子模块 \(path) 位于别处：\(url)。构建只能访问 \(site.address)。"),
      mend: Phrase(
        "Bring it to the same GitLab, and name it in .gitmodules by a relative path such as ../\(path).git.",
        "请将其迁移到同一 GitLab，并在 .gitmodules 中使用相对路径，例如 ../\(path).git。"))
  }

  static func submodule(_ path: String, of project: String, _ why: String) -> BuildFailure {
    let path = PlainLine.of(path)
    return BuildFailure(
      .cloneFailed, in: .clone,
      message: Phrase(
        "The submodule \(path) of \(project) can't be had: \(why).", "无法获取 \(project) 的子模块 \(path)：\(why)。"),
      mend: Phrase("Mend .gitmodules in that project.", "请修正该项目的 .gitmodules。"))
  }

  static func tooManySubmodules(_ project: String) -> BuildFailure {
    BuildFailure(
      .cloneFailed, in: .clone,
      message: Phrase("The submodules of \(project) go on without end.", "\(project) 的子模块过多或嵌套过深。"),
      mend: Phrase("Mend .gitmodules: a project may name itself there.", "请修正 .gitmodules：项目可能引用了自身。"))
  }

  /// A URL without the user and password that may stand in it.
  private static func withoutCredentials(_ url: String) -> String {
    guard let mark = url.firstRange(of: "://"), let at = url[mark.upperBound...].firstIndex(of: "@"),
      !url[mark.upperBound..<at].contains("/")
    else { return url }
    return String(url[..<mark.upperBound] + url[url.index(after: at)...])
  }
}
