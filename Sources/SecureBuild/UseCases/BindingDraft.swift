/// The Private GitLab dialog as filled in, before any rule has seen it.
public struct BindingDraft: Sendable, Equatable {
  public var instanceId: String
  public var networkType: NetworkType
  /// Empty where none was chosen.
  public var linkId: String
  public var address: String
  public var username: String
  /// Nil keeps the token that is stored, where there is one.
  public var token: Token?
  /// The content of the CA file. Nil keeps the certificates stored for the same host, where there are some; an empty
  /// text takes them away.
  public var caCertificates: String?

  public init(
    instanceId: String, networkType: NetworkType = .intranet, linkId: String = "", address: String = "",
    username: String = "", token: Token? = nil, caCertificates: String? = nil
  ) {
    self.instanceId = instanceId
    self.networkType = networkType
    self.linkId = linkId
    self.address = address
    self.username = username
    self.token = token
    self.caCertificates = caCertificates
  }

  /// What is stored, as the dialog opens with it: the token stays where it is.
  public init(of binding: Binding) {
    self.init(
      instanceId: binding.instanceId, networkType: binding.networkType, linkId: binding.linkId ?? "",
      address: binding.address, username: binding.username, token: nil, caCertificates: binding.caCertificates)
  }
}
