import FlatFiles

extension Workspace {
  /// Says where an instance's images go and where base images may come from, in place of what was said before.
  /// - Parameter opened: what the form was opened with; nil sets it over whatever there is now.
  /// - Throws: `Refusal` at the first field that is wrong; `Stale` when it isn't what the form was opened with.
  public func setRegistry(_ draft: RegistryDraft, since opened: Versioned<Registry?>? = nil, dryRun: Bool = false)
    throws -> Registry
  {
    try keeping(draft.address.trimmed.isEmpty ? nil : draft.password?.secret, dryRun: dryRun) { new, rehearses in
      try change("registry set", dryRun: rehearses) { transaction in
        try opened?.requireUnchanged(of: draft.instanceId, in: transaction)
        if let first = try draft.problems(in: transaction, of: kind).first { throw first }
        let old = try transaction.registry(of: draft.instanceId)
        let (at, by) = stamp
        let certificates = try draft.certificates(keeping: old?.server)
        var registry = Registry(
          instanceId: draft.instanceId, place: .workspace,
          mirrors: try draft.mirrors.filter { !$0.trimmed.isEmpty }.map {
            try RegistryRules.mirror($0, certificates: certificates)
          }, at: at, by: by)
        if !draft.address.trimmed.isEmpty {
          registry.place = .server(
            try server(of: draft, over: old?.server, certificates, new, in: &transaction))
        } else {
          if !draft.layout.trimmed.isEmpty { registry.place = .layout(try RegistryRules.layout(draft.layout)) }
          transaction.forget(old?.server?.secret)
        }
        try transaction.put(.registry, draft.instanceId, registry)
        return registry
      }
    }
  }

  /// A password is kept only for the address and user that it was given for.
  private func server(
    of draft: RegistryDraft, over old: RegistryServer?, _ certificates: String?, _ new: NewSecret?,
    in transaction: inout Transaction
  ) throws -> RegistryServer {
    let username = try RegistryRules.username(draft.username)
    var server = RegistryServer(
      address: try RegistryRules.address(draft.address), username: username,
      caCertificates: draft.plainHTTP ? nil : certificates, plainHTTP: draft.plainHTTP,
      hosts: try draft.hosts.map(RegistryRules.host))
    if let new {
      server.secret = try transaction.add(new)
    } else if draft.password == nil, let old, old.address == server.address, old.username == username {
      server.secret = old.secret
    }
    if server.secret != old?.secret { transaction.forget(old?.secret) }
    return server
  }

  /// The OCI layout that an instance's images go to where nothing else was said.
  public func layoutFolder(of instance: String) -> String {
    path + "/registry/" + BuildPlace.folder(of: instance)
  }

  /// Where an instance's images go, the password out of the secrets folder.
  func registry(of instance: String, in state: StoreState) throws -> (BuildRegistry, [RegistryMirror]) {
    let registry = try state.registry(of: instance)
    let mirrors = registry?.mirrors ?? []
    switch registry?.place ?? .workspace {
    case .workspace: return (.layout(layoutFolder(of: instance)), mirrors)
    case .layout(let folder): return (.layout(folder), mirrors)
    case .server(let server):
      return (.server(server, password: try server.secret.map(password)), mirrors)
    }
  }

  private func password(_ reference: String) throws -> RegistryPassword {
    do {
      guard let password = try storedSecret(reference) else { throw Self.passwordGone }
      return RegistryPassword(password)
    } catch StoreError.secretMissing {
      throw Self.passwordGone
    }
  }

  private static let passwordGone = Refusal(
    .secretUnusable, field: .registryPassword,
    message: Phrase("The registry's stored password is gone from the workspace.", "工作区中保存的镜像服务密码已不存在。"),
    mend: Phrase("Give it again with `acr-console registry set`.", "请用 `acr-console registry set` 重新设置。"))
}

extension Registry {
  /// The registry that speaks the distribution protocol; nil for a layout.
  public var server: RegistryServer? { if case .server(let server) = place { server } else { nil } }
}

extension RegistryDraft {
  /// The certificates given, or those stored for the same address.
  fileprivate func certificates(keeping old: RegistryServer?) throws -> String? {
    if let caCertificates { return caCertificates.isEmpty ? nil : try BindingRules.certificates(caCertificates) }
    guard let old, old.address == (try? RegistryRules.address(address)) else { return nil }
    return old.caCertificates
  }
}
