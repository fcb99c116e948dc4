import FoundationEssentials
import SecureBuild

/// How one registry is spoken to. What is secret in it goes to a file that only this user can read, never to an argument.
struct RegistryAccess: Sendable {
  /// `host[:port]`.
  let address: String
  let plainHTTP: Bool
  let caCertificates: String?
  let username: String?
  let password: RegistryPassword?
  /// Addresses of names that go before what the resolver says.
  var hosts: [HostEntry]

  init(_ server: RegistryServer, password: RegistryPassword?) {
    address = server.address
    plainHTTP = server.plainHTTP
    caCertificates = server.caCertificates
    username = server.username
    self.password = password
    hosts = server.hosts
  }

  /// A mirror takes anybody.
  init(_ mirror: RegistryMirror, hosts: [HostEntry]) {
    address = String(mirror.at.prefix { $0 != "/" })
    plainHTTP = mirror.plainHTTP
    caCertificates = mirror.caCertificates
    username = nil
    password = nil
    self.hosts = hosts
  }

  /// What skopeo finds credentials in: nobody's but this registry's.
  var authFile: [UInt8] {
    guard let username, let password else { return Array(#"{"auths":{}}"#.utf8) }
    let auth = Data("\(username):\(password.secret)".utf8).base64EncodedString()
    let file = AuthFile(auths: [address: AuthFile.Entry(auth: auth)])
    return (try? JSONEncoder().encode(file)).map(Array.init) ?? []
  }

  private struct AuthFile: Encodable {
    var auths: [String: Entry]
    struct Entry: Encodable { var auth: String }
  }

  /// Writes its files into a folder, and gives the options that name them.
  /// - Parameters:
  ///   - folder: A folder that only this user can look into.
  ///   - side: `src-`, `dest-`, or nothing for a command that knows one image alone.
  func options(in folder: String, side: String) throws(FileFault) -> [String] {
    let mark = "access-\(UInt64.random(in: 0 ... .max))"
    try Files.makeFolder("\(folder)/\(mark)/certificates", mode: 0o700)
    // An empty folder too is better than none: then the system's own for this registry would be taken.
    if let caCertificates {
      try Files.write("\(folder)/\(mark)/certificates/ca.crt", Array(caCertificates.utf8), mode: 0o600)
    }
    try Files.write("\(folder)/\(mark)/auth.json", authFile, mode: 0o600)
    return [
      "--\(side)authfile", "\(folder)/\(mark)/auth.json", "--\(side)cert-dir", "\(folder)/\(mark)/certificates",
      "--\(side)tls-verify=\(!plainHTTP)",
    ]
  }
}
