import Glibc
import SecureBuild

/// The variables of the environment that this program heeds.
enum ProcessEnvironment {
  /// A variable that is set and not empty.
  static subscript(name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Takes the secrets out of the environment, before any thread or child is there: no child inherits them, and nothing
  /// is left of them in the memory that `/proc` shows.
  static func takeSecrets() -> GivenSecrets {
    GivenSecrets(token: take(tokenVariable), registryPassword: take(registryPasswordVariable))
  }

  private static func take(_ variable: String) -> String? {
    guard let value = getenv(variable) else { return nil }
    let text = String(cString: value)
    memset(value, 0, strlen(value))
    unsetenv(variable)
    return text.isEmpty ? nil : text
  }

  static let tokenVariable = "ACR_CONSOLE_GITLAB_TOKEN"
  static let registryPasswordVariable = "ACR_CONSOLE_REGISTRY_PASSWORD"

  /// This program's folder under one of the XDG base directories (`XDG_DATA_HOME`, else `fallback` in the home folder).
  /// A relative value is ignored, as the specification wants it.
  static func folder(_ variable: String, orHome fallback: String) -> String {
    guard let base = self[variable], base.hasPrefix("/") else { return "\(home)/\(fallback)/acr-console" }
    return WorkspacePath.straight("\(base)/acr-console")
  }

  static var home: String {
    if let home = self["HOME"], home.hasPrefix("/") { return home }
    return getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/"
  }

  /// The user and the host that the journal names.
  static let actor: Actor = {
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid-\(geteuid())"
    var name = [CChar](repeating: 0, count: 256)
    let known = gethostname(&name, name.count - 1) == 0
    let host = known ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    return Actor(user: user, host: host.isEmpty ? "localhost" : host)
  }()
}

/// The secrets that the environment gave.
struct GivenSecrets: Sendable {
  var token: String?
  var registryPassword: String?
}
