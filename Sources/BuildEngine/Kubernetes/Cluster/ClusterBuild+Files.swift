import SecureBuild

extension ClusterBuild {
  /// What the pod's script reads, a file each: never as words of a command line or a shell.
  var files: [String: String] {
    let request = plan.request
    var files = [
      "build.sh": Self.script,
      "clone-url": "\(plan.source.site.address)/\(plan.source.project).git",
      "clone-origin": "\(plan.source.site.address.scheme.rawValue)://\(plan.source.site.address.authority)/",
      "commit": commit,
      "ref": (request.rule.pushType == .branch ? "refs/heads/" : "refs/tags/") + request.ref,
      "context": Self.relative(request.rule.dockerfileLocation),
      "dockerfile": Self.relative(request.rule.dockerfileName),
      "platform": platform.rawValue,
      "build-args": Self.lines(request.rule.buildArgs),
      "labels": Self.lines(labels),
      "base-images": Self.lines(
        baseImages.enumerated().map { index, image in
          [
            image.fullName, image.reference, image.platform.rawValue, image.plainHTTP ? "false" : "true",
            image.caCertificates == nil ? "-" : "source-\(index)-ca.pem",
          ].joined(separator: "\t")
        }),
      "destination": image,
      "destination-tls": server.plainHTTP ? "false" : "true",
      "hosts": Self.lines(["127.0.0.1\tlocalhost"] + linkHosts.map { "\($0.address)\t\($0.name)" }),
      "stage-seconds": String(plan.limits.stage),
      "processes": String(plan.limits.processes),
    ]
    for stage in stages where isConfined {
      files["refused-\(stage.rawValue)"] = Self.lines(refused(in: stage))
      files["awaited-\(stage.rawValue)"] = Self.lines(allowed(in: stage).compactMap(Self.line))
    }
    if isFollowed { files["followed"] = "yes" }
    if case .systemAnd(let pem) = plan.source.site.trust { files["gitlab-ca.pem"] = pem }
    files["registry-ca.pem"] = server.caCertificates
    for (index, image) in baseImages.enumerated() { files["source-\(index)-ca.pem"] = image.caCertificates }
    return files
  }

  /// Where nothing may answer in a stage, as the container finds out before it begins. Addresses for documentation and
  /// the clouds' metadata service never may; what another stage is let out to shows that this one's policy holds. (The
  /// script adds the cluster's own API, which answers every pod where no policy is kept.)
  private func refused(in stage: PodStage) -> [String] {
    let now = allowed(in: stage)
    let others = stages.filter { $0 != stage }.flatMap(allowed).filter { other in
      isFollowed && !now.contains { $0.ip == other.ip && ($0.port == nil || $0.port == other.port) }
    }
    return ["192.0.2.1 443", "2001:db8::1 443", "169.254.169.254 80"] + Set(others.compactMap(Self.line)).sorted()
  }

  private static func line(_ endpoint: AllowedEndpoint) -> String? { endpoint.port.map { "\(endpoint.ip) \($0)" } }

  private var labels: [String] {
    [
      "org.opencontainers.image.source=\(plan.source.site.address)/\(plan.source.project)",
      "org.opencontainers.image.revision=\(commit)",
    ]
  }

  /// What `docker login` would have left, for the registry alone.
  var registryLogin: String? {
    guard case .server(_, let password?) = plan.registry, let user = server.username else { return nil }
    let host = ManifestNode.Entry(
      key: server.address, value: ["auth": .text(Base64.encoded("\(user):\(password.secret)"))])
    return ManifestNode.map([.init(key: "auths", value: .map([host]))]).json
  }

  private static func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// Of a path in the project, without the slash that stands for its root.
  private static func relative(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  private static let script = String(decoding: PackageResources.build_sh, as: UTF8.self)
}
