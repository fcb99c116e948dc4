import SecureBuild

/// What this machine lacks for a build.
enum MissingParts {
  /// - Parameter instance: whose link says whether the network is confined; nil where it is to be.
  /// - Throws: `Refusal` where that engine can't be had here at all.
  static func of(
    _ engine: BuildRequest.EngineName, for instance: String?, in workspace: Workspace,
    _ invocation: Invocation
  ) async throws -> [MissingPart] {
    if let refusal = Invocation.noEngine(engine, in: workspace.kind) { throw refusal }
    guard let builder = invocation.engines[engine] else { throw Refusal.noEngine(engine) }
    return await builder.missingParts(for: try network(of: instance, in: workspace))
  }

  /// Whether it is confined is all that matters here; what is let out to is the plan's.
  private static func network(of instance: String?, in workspace: Workspace) throws -> BuildNetwork {
    let binding = try instance.flatMap { try workspace.binding(of: $0) }
    if binding?.networkType == .internet { return .open }
    let link = try binding?.linkId.map { try workspace.link($0) }
    return .confined(gitLab: .v4(link?.gitLabIntranetIp ?? IPv4Address(bits: 0xC000_0201)), others: [], hosts: [])
  }
}

extension Refusal {
  static func partsMissing(_ parts: [MissingPart], of engine: BuildRequest.EngineName) -> Refusal {
    let english = parts.map { "\($0.name): \($0.why.en)" }.joined(separator: " ")
    let chinese = parts.map { "\($0.name)：\($0.why.zh)" }.joined(separator: "")
    let mends = parts.reduce(Phrase("", "")) { $0 + $1.mend }
    return Refusal(
      .partMissing,
      message: Phrase("What a build needs is missing. \(english)", "缺少构建所需的部分。\(chinese)"), mend: mends)
  }

  static func noEngine(_ engine: BuildRequest.EngineName) -> Refusal {
    let name = engine.rawValue.lowercased()
    return Refusal(
      .partMissing, message: Phrase("There is no engine \(name) here.", "此处没有构建引擎 \(name)。"),
      mend: Phrase("Choose another with --engine.", "请用 --engine 选择其他引擎。"))
  }
}
