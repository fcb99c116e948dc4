import AsyncHTTPClient
import Glibc
import SecureBuild

/// What a push fails by, and what to do.
enum PushFailures {
  static func failed(_ address: String, _ what: String) -> BuildFailure {
    BuildFailure(
      .pushFailed, in: .push,
      message: Phrase("The registry \(address) can't be used: \(what).", "无法使用镜像服务 \(address)：\(what)。"),
      mend: Phrase(
        "See whether the address is the registry's: registry show, registry set.",
        "请确认镜像服务地址正确：registry show、registry set。"))
  }

  static func notRegistry(_ address: String, _ status: Int) -> BuildFailure {
    BuildFailure(
      .pushFailed, in: .push,
      message: Phrase(
        "What answers at \(address) is no registry: /v2/ gives \(status).", "\(address) 不是镜像服务：/v2/ 返回 \(status)。"),
      mend: Phrase(
        "See whether address and port are the registry's, and whether it speaks https: registry set.",
        "请确认地址、端口以及是否使用 https：registry set。"))
  }

  static func unresolved(_ name: String, _ address: String) -> BuildFailure {
    BuildFailure(
      .nameNotResolved, in: .push,
      message: Phrase(
        "\(name) is needed to push to \(address), and has no address on this machine.",
        "推送到 \(address) 需要访问 \(name)，而本机无法解析该名称。"),
      mend: Phrase(
        "Say it: registry set --host \(name)=ADDRESS, or mend this machine's resolver.",
        "请指定：registry set --host \(name)=地址，或修正本机的域名解析。"))
  }

  static func denied(_ server: RegistryServer, _ repository: String) -> BuildFailure {
    let user = server.username.map { PlainLine.of($0) }
    return BuildFailure(
      .pushFailed, in: .push,
      message: user.map {
        Phrase(
          "The registry \(server.address) doesn't let \($0) push to \(repository).",
          "镜像服务 \(server.address) 不允许 \($0) 推送到 \(repository)。")
      }
        ?? Phrase(
          "The registry \(server.address) lets nobody push to \(repository) without a name and password.",
          "镜像服务 \(server.address) 要求用户名和密码才能推送到 \(repository)。"),
      mend: Phrase(
        "Give it a user who may push there: registry set --username NAME --password-stdin.",
        "请提供有推送权限的用户：registry set --username 用户名 --password-stdin。"))
  }

  static func unreachable(_ place: String, _ error: any Error) -> BuildFailure {
    let words: Phrase
    var isLate = false
    switch error as? HTTPClientError {
    case .connectTimeout?, .deadlineExceeded?, .readTimeout?:
      words = Phrase("no answer in time", "超时无响应")
      isLate = true
    default: words = Self.words(of: error)
    }
    return BuildFailure(
      isLate ? .connectTimedOut : .pushFailed, in: .push,
      message: Phrase("The registry can't be reached at \(place): \(words.en)", "无法连接镜像服务 \(place)：\(words.zh)"),
      mend: Phrase(
        "See that it runs and that this machine may reach it; for http without TLS say --plain-http, for a CA of its own --ca-file (registry set).",
        "请确认服务已运行且本机可访问；若为无 TLS 的 http，请使用 --plain-http，若使用自有 CA，请使用 --ca-file（registry set）。"))
  }

  /// What a library's error says to people: of system calls by their number, of TLS by BoringSSL's name.
  private static func words(of error: any Error) -> Phrase {
    let known = [
      ("WRONG_VERSION_NUMBER", Phrase("it doesn't speak TLS", "对方未使用 TLS")),
      ("CERTIFICATE_VERIFY_FAILED", Phrase("its certificate isn't trusted here", "其证书不受本机信任")),
      ("errno: \(ECONNREFUSED))", Phrase("connection refused", "连接被拒绝")),
      ("errno: \(ECONNRESET))", Phrase("connection reset", "连接被重置")),
      ("errno: \(EHOSTUNREACH))", Phrase("no route to host", "没有到主机的路由")),
      ("errno: \(ENETUNREACH))", Phrase("network unreachable", "网络不可达")),
    ]
    let text = String(describing: error)
    if let (_, words) = known.first(where: { text.contains($0.0) }) { return words }
    let line = PlainLine.of(text, limit: 160)
    return Phrase(line, line)
  }

  /// Of a push that skopeo gave up.
  static func push(_ answer: ProgramAnswer, to server: RegistryServer, _ repository: String) -> BuildFailure {
    if let late = BuildFailures.time(answer.end, in: .push) { return late }
    let words = answer.skopeoWords
    let low = words.lowercased()
    if low.contains("no space left on device") { return BuildFailures.full(in: .push) }
    if low.contains("unauthorized") || low.contains("denied") || low.contains("authentication required") {
      return denied(server, repository)
    }
    if let lookup = low.firstRange(of: "lookup ") {
      let name = String(low[lookup.upperBound...].prefix { !$0.isWhitespace && $0 != ":" })
      return unresolved(name, server.address)
    }
    return BuildFailure(
      .pushFailed, in: .push,
      message: Phrase("The push to \(server.address) failed: \(words)", "推送到 \(server.address) 失败：\(words)"),
      mend: low.contains("connection refused") || low.contains("i/o timeout")
        ? Phrase(
          "If it names a host of the registry's blob store, let the build reach it: registry set --host NAME=ADDRESS.",
          "若其中出现的是镜像服务的存储主机，请放行：registry set --host 名称=地址。")
        : Phrase("See the log for all that it said, then build again.", "完整输出见日志，处理后重新构建。"))
  }
}
