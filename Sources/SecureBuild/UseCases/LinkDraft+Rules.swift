extension LinkDraft {
  /// The rules that the managed group will have for the addresses typed so far; what can't be one yet is left out.
  public var plannedRules: [SecurityGroupRule] {
    let gitLab = try? LinkRules.address(gitLabIntranetIp, at: .gitLabIntranetIp)
    let others = allowedIps.compactMap { try? LinkRules.allowed($0) }.filter { $0.ip != gitLab }
    return BindingRules.rules(gitLab: gitLab, allowed: others)
  }
}
