import FoundationEssentials
import SecureBuild

/// What git is told by its environment: nothing of this machine's or the user's settings holds, and the token goes to
/// GitLab's own site and nowhere else. Neither an argument nor a file ever has it.
struct GitSettings: Sendable {
  let site: GitLabSite
  /// Where GitLab answers in the place where git runs.
  let address: IPAddress
  let token: Token
  /// The file with the certificates to trust beside the system's, by its path where git runs.
  var caFile: String?
  /// git-lfs is there.
  var hasLFS: Bool

  /// Settings for a call that speaks to GitLab about one project.
  func asking(_ repository: String) -> [String: String] {
    let auth = Data("oauth2:\(token.secret)".utf8).base64EncodedString()
    var settings = local
    // The site's own URLs alone: no other host, scheme, port or path beside it gets it.
    settings.append(("http.\(site.address)/.extraHeader", "Authorization: Basic \(auth)"))
    settings.append(("protocol.\(site.address.scheme.rawValue).allow", "always"))
    settings.append(("http.followRedirects", "false"))
    settings.append(("http.proxy", ""))
    settings.append(("http.sslVerify", "true"))
    if let caFile { settings.append(("http.sslCAInfo", caFile)) }
    if IPAddress(site.address.host) == nil {
      settings.append(("http.curloptResolve", "\(site.address.host):\(site.address.port):\(bracketed)"))
    }
    if hasLFS {
      settings += [
        ("filter.lfs.smudge", "git-lfs smudge -- %f"), ("filter.lfs.process", "git-lfs filter-process"),
        ("filter.lfs.clean", "git-lfs clean -- %f"), ("filter.lfs.required", "true"),
        ("lfs.url", "\(repository)/info/lfs"), ("lfs.activitytimeout", "60"),
      ]
    }
    return environment(settings)
  }

  /// Settings for a call that speaks to nobody.
  var quiet: [String: String] { environment(local) }

  private var bracketed: String {
    if case .v6(let text) = address { "[\(text)]" } else { address.description }
  }

  private var local: [(String, String)] {
    [
      ("protocol.allow", "never"), ("credential.helper", ""), ("core.askPass", ""), ("core.hooksPath", "/dev/null"),
      ("core.fsmonitor", "false"), ("core.attributesFile", "/dev/null"), ("core.excludesFile", "/dev/null"),
      ("init.defaultBranch", "none"), ("fetch.recurseSubmodules", "false"), ("submodule.recurse", "false"),
      ("gc.auto", "0"), ("maintenance.auto", "false"), ("advice.detachedHead", "false"),
    ]
  }

  private func environment(_ settings: [(String, String)]) -> [String: String] {
    var environment = Programs.environment
    environment["HOME"] = "/nonexistent"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    environment["GIT_CONFIG_SYSTEM"] = "/dev/null"
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_ATTR_NOSYSTEM"] = "1"
    environment["GIT_TERMINAL_PROMPT"] = "0"
    environment["GIT_CONFIG_COUNT"] = "\(settings.count)"
    for (number, setting) in settings.enumerated() {
      environment["GIT_CONFIG_KEY_\(number)"] = setting.0
      environment["GIT_CONFIG_VALUE_\(number)"] = setting.1
    }
    return environment
  }
}
