@testable import SecureBuild

/// Bindings and drafts, in the model.
extension Model {
  func bindingRefusals(_ action: ModelStep.Action) -> Set<Code> {
    switch action {
    case .bind(let account, let isKnown):
      let codes = beginning(account)
      return codes.isEmpty ? trying(account, isKnown).map { [$0] } ?? [] : codes
    case .saveDraft(let account): return drafting(account)
    case .check(let place, let isKnown):
      guard let account = stored(instance(place)) else { return missingBinding(instance(place)) }
      let codes = beginning(account)
      return codes.isEmpty ? trying(account, isKnown).map { [$0] } ?? [] : codes
    case .confirm(let place), .unbind(let place): return missingBinding(instance(place))
    default: return []
    }
  }

  private func missingBinding(_ id: String) -> Set<Code> {
    guard instances.contains(where: { $0.id == id }) else { return [.noSuchInstance] }
    return binding(of: id) == nil ? [.notBound] : []
  }

  /// What is stored, as the dialog opens with it.
  private func stored(_ id: String) -> ModelStep.Account? {
    guard let binding = binding(of: id), let place = instances.firstIndex(where: { $0.id == id }) else { return nil }
    return ModelStep.Account(
      instance: place, isIntranet: binding.isIntranet,
      link: binding.link.flatMap { id in links.firstIndex { $0.id == id } }, address: binding.address,
      username: binding.username)
  }

  private func linkRefusals(_ account: ModelStep.Account) -> Set<Code> {
    guard let place = account.link else { return [] }
    guard account.isIntranet else { return [.linkNotTaken] }
    guard let link = links.first(where: { $0.id == link(place) }) else { return [.noSuchLink] }
    return link.instance == instance(account.instance) ? [] : [.linkOfOtherInstance]
  }

  /// What is refused before GitLab is asked.
  private func beginning(_ account: ModelStep.Account) -> Set<Code> {
    var codes = running(instance(account.instance)).union(linkRefusals(account))
    if account.isIntranet, account.link == nil { codes.insert(.linkRequired) }
    codes.formUnion(Self.wrong(account.address, Self.addresses, .invalidAddress))
    if account.username.isEmpty { codes.insert(.missing) }
    if account.username.hasPrefix("glpat-") { codes.insert(.invalidUsername) }
    if account.token == nil {
      let old = binding(of: instance(account.instance))
      let isElsewhere = old.map { $0.state != "DRAFT" && Self.host($0.address) != Self.host(account.address) } ?? false
      if isElsewhere || old?.token == nil { codes.insert(.missing) }
    }
    return codes
  }

  /// What the try fails by, at the first hop that does.
  func trying(_ account: ModelStep.Account, _ gitLabKnowsToken: Bool) -> Code? {
    let link = account.link.flatMap { place in links.first { $0.id == self.link(place) } }
    var address = Self.host(account.address) ?? ""
    if address == "gitlab.corp.example" {
      guard link?.host != nil else { return .nameNotResolved }
      address = "192.168.10.20"
    }
    if let link, !link.addresses.contains(address) { return .addressNotAllowed }
    if !gitLabKnowsToken { return .tokenUnauthorized }
    return account.username == "dev" ? nil : .otherUser
  }

  private func drafting(_ account: ModelStep.Account) -> Set<Code> {
    var codes = running(instance(account.instance)).union(linkRefusals(account))
    if binding(of: instance(account.instance))?.state == "BOUND" { codes.insert(.alreadyBound) }
    if account.address.contains("@") { codes.insert(.invalidAddress) }
    if account.username.hasPrefix("glpat-") { codes.insert(.invalidUsername) }
    return codes
  }

  // MARK: What comes of it

  mutating func acceptBinding(_ action: ModelStep.Action) {
    switch action {
    case .bind(let account, _):
      put(account, "BOUND")
      putGroup(instance(account.instance))
    case .saveDraft(let account):
      let id = instance(account.instance)
      let old = binding(of: id)
      put(account, "DRAFT")
      if account.token == nil, let old, old.state != "DRAFT", Self.host(old.address) != Self.host(account.address) {
        change(id) { $0.token = nil }
      }
      groups.removeAll { $0.instance == id }
    case .check(let place, _):
      change(instance(place)) {
        $0.state = "BOUND"
        $0.failure = nil
      }
      putGroup(instance(place))
    case .confirm(let place): change(instance(place)) { $0.isConfirmed = true }
    case .unbind(let place):
      let id = instance(place)
      bindings.removeAll { $0.instance == id }
      groups.removeAll { $0.instance == id }
    default: break
    }
  }

  /// What remains of a check that GitLab refused.
  mutating func note(_ failure: Code, of id: String) {
    change(id) { binding in
      binding.failure = failure
      if binding.state == "BOUND", failure == .tokenUnauthorized || failure == .otherUser { binding.state = "INVALID" }
    }
  }

  /// Whether a check that is refused with these is noted: GitLab was tried.
  func isNoted(_ action: ModelStep.Action) -> String? {
    guard case .check(let place, let isKnown) = action, let account = stored(instance(place)),
      beginning(account).isEmpty, trying(account, isKnown) != nil
    else { return nil }
    return instance(place)
  }

  private mutating func change(_ id: String, _ body: (inout Binding) -> Void) {
    guard let index = bindings.firstIndex(where: { $0.instance == id }) else { return }
    body(&bindings[index])
  }

  private mutating func put(_ account: ModelStep.Account, _ state: String) {
    let id = instance(account.instance)
    let old = binding(of: id)
    var new = Binding(
      instance: id, isIntranet: account.isIntranet, link: account.link.map(link), address: account.address,
      username: account.username, token: account.token ?? old?.token, state: state)
    if let old, old.isIntranet == new.isIntranet, old.link == new.link, old.address == new.address,
      old.username == new.username
    {
      new.isConfirmed = old.isConfirmed
    }
    guard let index = bindings.firstIndex(where: { $0.instance == id }) else { return bindings.append(new) }
    bindings[index] = new
  }

  private mutating func putGroup(_ id: String) {
    guard let link = binding(of: id)?.link else { return groups.removeAll { $0.instance == id } }
    guard let index = groups.firstIndex(where: { $0.instance == id }) else {
      return groups.append(Group(instance: id, link: link))
    }
    groups[index].link = link
  }
}
