/// Where images may go, and where base images may come from.
enum RegistryRules {
  /// `host[:port]`, in lower case.
  static func address(_ typed: String) throws(Refusal) -> String {
    let text = typed.trimmed
    guard let address = hostAndPort(text) else {
      throw Refusal(
        .invalidRegistry, field: .registryAddress,
        message: Phrase("“\(text)” is not a registry's host.", "“\(text)”不是镜像服务的主机。"),
        mend: Phrase(
          "Enter host or host:port, such as registry.corp.example:5000, without https:// and without a path.",
          "请输入主机或“主机:端口”，例如 registry.corp.example:5000，不带 https:// 和路径。"))
    }
    return address
  }

  static func hostAndPort(_ text: some StringProtocol) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count <= 2, HostName.isValid(host) || IPv4Address(host) != nil,
      !host.contains("_")
    else { return nil }
    guard parts.count == 2 else { return host.lowercased() }
    guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(parts[1]), (1...65535).contains(port)
    else { return nil }
    return "\(host.lowercased()):\(port)"
  }

  /// An OCI layout directory. A colon would end its path in an image's reference.
  static func layout(_ typed: String) throws(Refusal) -> String {
    let text = typed.trimmed
    let parts = text.split(separator: "/").filter { $0 != "." }
    guard text.hasPrefix("/"), !parts.isEmpty, text.utf8.count <= 1024, !parts.contains(".."), !text.contains(":"),
      !text.unicodeScalars.contains(where: \.isControl)
    else {
      throw Refusal(
        .invalidRegistry, field: .layout,
        message: Phrase("“\(text)” can't be an OCI layout's directory.", "“\(text)”不能作为 OCI 布局目录。"),
        mend: Phrase(
          "Enter a path from the root such as /srv/images, without .. and without a colon.",
          "请输入绝对路径，例如 /srv/images，不能含有 .. 和冒号。"))
    }
    return "/" + parts.joined(separator: "/")
  }

  /// A host of the registry with its address, which may also be this machine's loopback.
  static func host(_ typed: HostEntryDraft) throws(Refusal) -> HostEntry {
    let name = typed.name.trimmed.lowercased()
    guard HostName.isValid(name), let ip = IPv4Address(typed.ip.trimmed), (1..<224).contains(ip.bits >> 24) else {
      throw Refusal(
        .invalidHost, field: .hosts,
        message: Phrase(
          "“\(name)=\(typed.ip.trimmed)” is no host with its address.", "“\(name)=\(typed.ip.trimmed)”不是主机名及其地址。"),
        mend: Phrase(
          "Enter a name and its IPv4 address as registry.corp.example=192.168.10.40.",
          "请以 registry.corp.example=192.168.10.40 的形式输入名称和 IPv4 地址。"))
    }
    return HostEntry(name: name, ip: ip)
  }

  /// A user of a registry; nil where it takes anybody.
  static func username(_ typed: String) throws(Refusal) -> String? {
    let name = typed.trimmed
    if name.isEmpty { return nil }
    try ShownText.check(name, .invalidUsername, at: .registryUsername)
    guard name.utf8.count <= 255, !name.contains(":"), !BindingRules.looksLikeToken(name) else {
      throw Refusal(
        .invalidUsername, field: .registryUsername, message: Phrase("This is not a user's name.", "这不是用户名。"),
        mend: Phrase("Enter the name alone; the password has a field of its own.", "请只输入用户名，密码有专用字段。"))
    }
    return name
  }

  static func password(_ given: RegistryPassword) throws(Refusal) -> RegistryPassword {
    let text = given.secret
    guard !text.isEmpty, text.utf8.count <= 4096, !text.unicodeScalars.contains(where: \.isControl) else {
      throw Refusal(
        .invalidToken, field: .registryPassword,
        message: Phrase("A password is one line without control characters.", "密码须为一行，且不含控制字符。"),
        mend: Phrase("Give it again.", "请重新输入。"))
    }
    return given
  }

  /// `docker.io=HOST[:PORT][/PATH]`, or with `http://` before the host.
  static func mirror(_ typed: String, certificates: String?) throws(Refusal) -> RegistryMirror {
    let text = typed.trimmed
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let of = hostAndPort(parts[0].trimmed) {
      var place = parts[1].trimmed[...]
      let plain = place.hasPrefix("http://")
      place = place.hasPrefix("https://") ? place.dropFirst(8) : plain ? place.dropFirst(7) : place
      while place.last == "/" { place.removeLast() }
      let path = place.split(separator: "/", omittingEmptySubsequences: false)
      if let host = path.first.flatMap({ hostAndPort($0) }), path.dropFirst().allSatisfy({ ImagePath.isPart($0) }) {
        return RegistryMirror(
          of: of, at: ([host] + path.dropFirst().map(String.init)).joined(separator: "/"), plainHTTP: plain,
          caCertificates: plain ? nil : certificates)
      }
    }
    throw Refusal(
      .invalidRegistry, field: .mirrors, message: Phrase("“\(text)” is not a mirror.", "“\(text)”不是有效的加速地址。"),
      mend: Phrase(
        "Enter it as docker.io=mirror.corp.example:5000/hub, with http:// before the host for one without TLS.",
        "请以 docker.io=mirror.corp.example:5000/hub 的形式输入，无 TLS 时在主机前加 http://。"))
  }

  /// What a training workspace demands: it connects to nothing beyond this machine, and nobody's real password ends in
  /// one.
  /// - Parameters:
  ///   - place: `host[:port][/path]`.
  ///   - hosts: what goes before the resolver's answers; each has its address checked at its own field.
  static func requireLoopback(_ place: String, knowing hosts: [HostEntryDraft], at field: Field) throws(Refusal) {
    let host = String(place.prefix { $0 != ":" && $0 != "/" }).lowercased()
    if hosts.contains(where: { $0.name.trimmed.lowercased() == host }) { return }
    guard host != "localhost", IPAddress(host)?.isLoopback != true else { return }
    throw Refusal(
      .invalidRegistry, field: field,
      message: Phrase(
        "A training workspace connects to nothing beyond this machine, and \(host) may be elsewhere.",
        "演练工作区不会连接本机以外的地址，而 \(host) 可能在别处。"),
      mend: Phrase(
        "Leave images in its layout, or give a registry at 127.0.0.1; a real one belongs in a workspace of your own (workspace init --own).",
        "请将镜像保留在其布局目录中，或填写 127.0.0.1 上的镜像服务；真实的镜像服务请在自有工作区中设置（workspace init --own）。"))
  }
}
