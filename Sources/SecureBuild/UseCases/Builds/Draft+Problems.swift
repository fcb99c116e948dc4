import FlatFiles

/// Collects what rules refuse, so that every wrong field is told at once.
struct Problems {
  private(set) var all: [Refusal] = []

  /// What `body` gives; nil where it refused.
  @discardableResult
  mutating func collect<Value>(_ body: () throws -> Value) throws -> Value? {
    do { return try body() } catch let refusal as Refusal {
      add(refusal)
      return nil
    }
  }

  /// Tells each thing once.
  mutating func add(_ refusal: Refusal) {
    if !all.contains(refusal) { all.append(refusal) }
  }
}

extension RepositoryDraft {
  /// What is wrong with each field, in the order of the fields.
  /// - Parameter id: the repository that is edited; nil for a new one.
  func problems(editing id: String? = nil, in records: some Records) throws -> [Refusal] {
    var problems = Problems()
    try problems.collect {
      let instance = try records.instance(instanceId)
      guard instance.status == .running else { throw Refusal.notRunning(instance, for: .repository) }
    }
    if id == nil {
      let namespace = try problems.collect { try RepositoryRules.namespace(namespaceName) }
      try problems.collect {
        try RepositoryRules.freeName(name, in: namespace ?? "", of: instanceId, in: records)
      }
    }
    try problems.collect { try RepositoryRules.summary(summary) }
    try problems.collect { try RepositoryRules.detail(detail) }
    try problems.collect { () throws in
      if try RepositoryRules.project(project, id: projectId) == nil, autoBuild { throw Self.nothingToWatch }
    }
    return problems.all
  }

  private static let nothingToWatch = Refusal(
    .noProject, field: .codeRepo,
    message: Phrase("Without a project there is no push to build on.", "未选择代码源项目，无法在代码变更时自动构建。"),
    mend: Phrase("Pick the project, or switch automatic builds off.", "请选择项目，或关闭自动构建。"))
}

extension RuleDraft {
  /// What is wrong with each field, in the order of the fields.
  func problems(in records: some Records) throws -> [Refusal] {
    var problems = Problems()
    try problems.collect { try records.repository(repoId) }
    let push = try problems.collect { try PushName(pushName, type: pushType) }
    try problems.collect { try DockerfilePlace.location(dockerfileLocation) }
    try problems.collect { try DockerfilePlace.name(dockerfileName) }
    try problems.collect {
      switch push {
      // What is wrong there is said already.
      case nil where imageTag.contains("${"): break
      case .name, nil: _ = try ImageVersion.check(imageTag, groups: nil)
      case .expression(let expression): _ = try ImageVersion.check(imageTag, groups: expression.groups)
      }
    }
    try problems.collect { try BuildArguments.all(buildArgs) }
    try problems.collect { try BuildArguments.platforms(platforms) }
    return problems.all
  }
}

extension RegistryDraft {
  /// What is wrong with each field, in the order of the fields.
  /// - Parameter kind: of the workspace; a training one connects to nothing beyond this machine.
  func problems(in records: some Records, of kind: WorkspaceKind) throws -> [Refusal] {
    var problems = Problems()
    func checkPlace(_ place: String, knowing hosts: [HostEntryDraft], at field: Field) throws(Refusal) {
      if kind == .training { try RegistryRules.requireLoopback(place, knowing: hosts, at: field) }
    }
    try problems.collect { try records.instance(instanceId) }
    let hasLayout = !layout.trimmed.isEmpty
    let hasAddress = !address.trimmed.isEmpty
    if hasLayout { try problems.collect { try RegistryRules.layout(layout) } }
    if hasAddress {
      try problems.collect {
        try checkPlace(try RegistryRules.address(address), knowing: hosts, at: .registryAddress)
      }
    }
    if hasLayout, hasAddress { try problems.collect { throw Self.twoPlaces } }
    let user = try problems.collect { try RegistryRules.username(username) }
    if let password {
      try problems.collect { try RegistryRules.password(password) }
      if user == .some(nil) { try problems.collect { throw Refusal.missing(.registryUsername, example: "builder") } }
    }
    if let caCertificates, !caCertificates.isEmpty {
      try problems.collect { try BindingRules.certificates(caCertificates) }
      if plainHTTP { try problems.collect { throw Self.caForPlainHTTP } }
    }
    for host in hosts {
      try problems.collect { try checkPlace(try RegistryRules.host(host).ip.description, knowing: [], at: .hosts) }
    }
    for mirror in mirrors where !mirror.trimmed.isEmpty {
      try problems.collect {
        try checkPlace(try RegistryRules.mirror(mirror, certificates: nil).at, knowing: hosts, at: .mirrors)
      }
    }
    if !hasAddress, !username.trimmed.isEmpty || plainHTTP || !hosts.isEmpty {
      try problems.collect { throw Refusal.missing(.registryAddress, example: "registry.corp.example:5000") }
    }
    return problems.all
  }

  private static let twoPlaces = Refusal(
    .invalidRegistry, field: .registryAddress,
    message: Phrase("Images go to a layout or to a registry, not to both.", "镜像只能推送到 OCI 布局或镜像服务之一。"),
    mend: Phrase("Give one of the two.", "请只填写其中之一。"))

  private static let caForPlainHTTP = Refusal(
    .invalidCaFile, field: .caFile, message: Phrase("Plain http has no certificate.", "使用 http 时没有证书。"),
    mend: Phrase("Leave the CA file out, or use https.", "请去掉 CA 文件，或改用 https。"))
}
