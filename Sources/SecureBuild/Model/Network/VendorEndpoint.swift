/// An endpoint (访问域名) of an instance as the vendor told it (ListInstanceEndpoint).
struct VendorEndpoint: Sendable, Equatable {
  let networkType: NetworkType
  /// Nil where the answer doesn't say.
  let isEnabled: Bool?
  /// Whether its access list is switched on: then all that isn't on it is denied.
  let hasAccessList: Bool?
  let accessList: [String]
  let domains: [String]
  /// Of the VPC endpoint: those that reach it.
  let vpcIds: [String]
  let provenance: Provenance?

  init?(_ entry: VendorObject) {
    switch entry.text("EndpointType")?.lowercased() {
    case "internet": networkType = .internet
    case "vpc": networkType = .intranet
    default: return nil
    }
    isEnabled = entry.flag("Enable")
    hasAccessList = entry.flag("AclEnable")
    accessList = (entry.objects("AclEntries") ?? []).compactMap { $0.text("Entry") }
    domains = (entry.objects("Domains") ?? []).compactMap { $0.text("Domain") }
    vpcIds = (entry.objects("LinkedVpcs") ?? []).compactMap { $0.text("VpcId") }
    provenance = Local(entry).map { Provenance($0.known, at: $0.at, by: $0.by) }
  }

  /// Whether it lets anybody pull; nil where that isn't known.
  var letsIn: Bool? {
    guard let isEnabled else { return nil }
    if !isEnabled { return false }
    switch networkType {
    case .intranet: return !vpcIds.isEmpty
    case .internet: return hasAccessList.map { !$0 || !accessList.isEmpty }
    }
  }

  /// Who it lets in, or why nobody.
  var sentence: Phrase {
    switch (networkType, isEnabled) {
    case (.intranet, nil): Phrase("The VPC endpoint's state isn't known.", "专有网络访问状态未知。")
    case (.internet, nil): Phrase("The Internet endpoint's state isn't known.", "公网访问状态未知。")
    case (.intranet, false): Phrase("No VPC is let in: the VPC endpoint is off.", "专有网络访问未开启。")
    case (.internet, false): Phrase("The Internet endpoint is off.", "公网访问未开启。")
    case (.intranet, true):
      vpcIds.isEmpty
        ? Phrase("The VPC endpoint is on, with no VPC on it.", "专有网络访问已开启，但未添加任何专有网络。")
        : Phrase(
          "The VPC endpoint lets in \(vpcIds.joined(separator: ", ")).",
          "专有网络访问已放行 \(vpcIds.joined(separator: "、"))。")
    case (.internet, true):
      switch hasAccessList {
      case nil: Phrase("Whether the Internet endpoint has an access list isn't known.", "公网访问是否启用访问控制列表未知。")
      case false: Phrase("The Internet endpoint is on, without an access list.", "公网访问已开启，未启用访问控制列表。")
      case true:
        accessList.isEmpty
          ? Phrase(
            "The Internet endpoint is on, with an empty access list: it denies all.", "公网访问已开启，但访问控制列表为空，拒绝所有来源。")
          : Phrase(
            "The Internet endpoint lets in \(accessList.prefix(4).joined(separator: ", "))\(accessList.count > 4 ? ", …" : "").",
            "公网访问放行 \(accessList.prefix(4).joined(separator: "、"))\(accessList.count > 4 ? "…" : "")。")
      }
    }
  }
}

extension Reading {
  /// What the vendor told of an instance's endpoints; empty where nothing was imported.
  func endpoints(of instance: String) throws(Refusal) -> [VendorEndpoint] {
    try refusing {
      try state.entries(.endpoint) { $0.id.hasPrefix(instance + " ") }.compactMap(VendorEndpoint.init)
        .sorted { $0.networkType == .internet && $1.networkType != .internet }
    }
  }
}
