import SecureBuild

/// Where an instance's images go, and where its base images may come from. A password is never shown.
struct RegistryView: Presentable {
  let instance: String
  /// Nil where nothing was said.
  let registry: Registry?
  /// The layout in the workspace.
  let embedded: String

  init(of instance: String, _ registry: Registry?, in workspace: Workspace) {
    self.instance = instance
    self.registry = registry
    embedded = workspace.layoutFolder(of: instance)
  }

  private var server: RegistryServer? { registry?.server }
  private var mirrors: [RegistryMirror] { registry?.mirrors ?? [] }

  /// The layout's directory; nil for a server.
  private var layout: String? {
    switch registry?.place ?? .workspace {
    case .workspace: embedded
    case .layout(let folder): folder
    case .server: nil
    }
  }

  private var kind: String {
    switch registry?.place ?? .workspace {
    case .workspace: "WORKSPACE"
    case .layout: "LAYOUT"
    case .server: "SERVER"
    }
  }

  private var kindWord: Phrase {
    switch registry?.place ?? .workspace {
    case .workspace: Phrase("an OCI layout in the workspace", "工作区中的 OCI 布局")
    case .layout: Phrase("an OCI layout", "OCI 布局")
    case .server: Phrase("a registry", "镜像服务")
    }
  }

  /// Nothing said is the rule's own answer.
  private var known: Known { registry == nil ? .computed : .planned }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Instance", "实例")) { view, _ in view.instance },
      Column(Phrase("Images go to", "镜像推送到")) { view, language in view.kindWord(language) },
      Column(Phrase("Directory", "目录"), width: .max) { view, _ in view.layout ?? "" },
      Column(Phrase("Address", "地址")) { view, _ in
        view.server.map { ($0.plainHTTP ? "http://" : "https://") + $0.address } ?? ""
      },
      Column(Phrase("Username", "用户名称")) { view, _ in view.server?.username ?? "" },
      Column(Phrase("Password", "密码")) { view, language in
        guard view.server?.username != nil else { return "" }
        return (view.server?.secret == nil ? Phrase("none", "无") : Phrase("stored", "已保存"))(language)
      },
      Column(Phrase("CA certificates", "CA 证书")) { view, language in
        view.server?.caCertificates.map { _ in Phrase("of a file given", "来自指定文件")(language) } ?? ""
      },
      Column(Phrase("Hosts", "主机名"), width: .max) { view, _ in
        (view.server?.hosts ?? []).map { "\($0.name)=\($0.ip)" }.joined(separator: " ")
      },
      Column(Phrase("Base image mirrors", "基础镜像加速地址"), width: .max) { view, _ in
        view.mirrors.map(\.typed).joined(separator: " ")
      },
      Column(Phrase("Known", "依据")) { view, language in view.known.title(language) },
      Column(Phrase("Written down", "登记")) { view, _ in view.registry.map { "\($0.at) \($0.by)" } ?? "" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "InstanceId": .string(instance), "Kind": .string(kind), "Layout": .optional(layout),
      "Address": .optional(server?.address), "Username": .optional(server?.username),
      "PasswordStored": .bool(server?.secret != nil), "CaCertificates": .bool(server?.caCertificates != nil),
      "PlainHttp": .bool(server?.plainHTTP ?? false),
      "Hosts": .array((server?.hosts ?? []).map { ["Name": .string($0.name), "Ip": .string($0.ip.description)] }),
      "Mirrors": .array(
        mirrors.map { ["Of": .string($0.of), "At": .string($0.at), "PlainHttp": .bool($0.plainHTTP)] }),
      "Known": .string(known.rawValue), "At": .optional(registry?.at.description), "By": .optional(registry?.by),
    ]
  }
}
