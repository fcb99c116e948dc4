import SecureBuild

extension TrainingWorkspace {
  /// Lets something go wrong at a host of the world, or nothing any more.
  /// - Parameter host: its name, as `hosts(of:)` has it.
  /// - Throws: `Refusal` where there is no such host, or where it can't show that.
  @discardableResult
  public static func setFault(
    _ fault: HostFault?, at host: String, in workspace: Workspace, dryRun: Bool = false
  ) throws -> TrainingFaults {
    guard workspace.kind == .training else { throw Refusal.trainingOnly }
    try check(fault, at: host)
    return try workspace.setFault(fault, at: host, dryRun: dryRun)
  }

  /// - Throws: `Refusal` where the world has no such host, or where it can't show that: for faults out of a file, too.
  public static func check(_ fault: HostFault?, at name: String) throws(Refusal) {
    guard let host = TrainingHost.named(name), case .site(let site) = host.role else {
      throw Refusal(
        .noSuchResource, field: .hostName,
        message: Phrase("The training world has no web server “\(name)”.", "演练环境中没有名为“\(name)”的站点。"),
        mend: Phrase("`acr-console train world` lists them.", "可用 `acr-console train world` 查看。"))
    }
    guard let fault, let other = fault.site, other.isSecure != site.isSecure else { return }
    throw Refusal(
      .invalidValue, field: .hostFault,
      message: site.isSecure
        ? Phrase("\(name) speaks https, and can't show \(fault.rawValue).", "\(name) 使用 https，无法表现 \(fault.rawValue)。")
        : Phrase("\(name) speaks plain http, and has no certificate.", "\(name) 使用 http，没有证书。"),
      mend: Phrase(
        "Of https hosts only wrong-certificate and what is wrong with tokens can be shown; of the others all but wrong-certificate.",
        "https 主机仅支持 wrong-certificate 和 Token 类故障；其他主机支持除 wrong-certificate 以外的故障。"))
  }
}

extension HostFault {
  /// The web server of the world that behaves so; nil where the host itself goes on answering.
  var site: TrainingSite? {
    switch self {
    case .slow: .slow
    case .badGateway: .down
    case .tooManyRequests: .busy
    case .brokenJSON: .proxy
    case .endless: .flood
    case .cutOff: .cut
    case .notGitLab: .wiki
    case .wrongCertificate: .other
    case .expiredTokens, .revokedTokens, .smallScope: nil
    }
  }

  /// What has become of tokens that worked; nil where they still do.
  var tokens: TrainingToken.Purpose? {
    switch self {
    case .expiredTokens: .expired
    case .revokedTokens: .revoked
    case .smallScope: .smallScope
    default: nil
    }
  }
}
