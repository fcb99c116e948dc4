/// What a person must do in the vendor's console and network for a link to work, in order: a sheet to work through, with
/// this link's values, and what is right already ticked. No token is in it.
public struct RunBook: Sendable, Equatable {
  public let title: Phrase
  public let sections: [Section]

  public struct Section: Sendable, Equatable {
    public let title: Phrase
    public let lines: [Line]
  }

  /// Something to do, or to look at.
  public struct Line: Sendable, Equatable {
    public let text: Phrase
    public let isDone: Bool
    /// The vendor's CLI command that does it, where there is one.
    public let command: String?

    init(_ text: Phrase, isDone: Bool = false, command: String? = nil) {
      self.text = text
      self.isDone = isDone
      self.command = command
    }
  }

  /// As Markdown, in one language.
  public func markdown(_ language: Language) -> String {
    var text = "# \(title(language))\n"
    for section in sections {
      text += "\n## \(section.title(language))\n\n"
      for line in section.lines {
        text += "- [\(line.isDone ? "x" : " ")] \(line.text(language))\n"
        if let command = line.command { text += "\n  ```sh\n  \(command)\n  ```\n" }
      }
    }
    return text
  }
}

extension Reading {
  /// - Parameter link: nil for the binding's, else the newest.
  /// - Throws: `Refusal` where there is no such instance or link, or no link at all.
  public func runBook(of instance: String, link: String? = nil) throws(Refusal) -> RunBook {
    let report = try path(of: instance, link: link)
    let owner = try self.instance(instance)
    let source = try codeSource(of: instance)
    guard let link = try links(of: instance).first(where: { $0.id == report.linkId }) else {
      throw Refusal.noSuch(.noSuchLink, .linkId, report.linkId ?? "")
    }
    let binding = source.binding.flatMap { $0.linkId == link.id ? $0 : nil }
    return RunBook(
      title: Phrase(
        "Run-book: \(owner.name) to GitLab at \(link.gitLabIntranetIp)",
        "操作手册：\(owner.name) 接入 GitLab \(link.gitLabIntranetIp)"),
      sections: [
        prerequisites(owner, link), way(report), console(owner, link, binding), afterwards(binding),
      ])
  }

  private func prerequisites(_ instance: Instance, _ link: Link) -> RunBook.Section {
    let isRunning = instance.status == .running
    return RunBook.Section(
      title: Phrase("Before anything else", "前置条件"),
      lines: [
        RunBook.Line(
          Phrase(
            "Instance \(instance.id) (\(instance.name), \(instance.regionId)) is running: it is \(instance.status.title.en.lowercased()).",
            "实例 \(instance.id)（\(instance.name)，\(instance.regionId)）运行中：当前为\(instance.status.title.zh)。"),
          isDone: isRunning),
        RunBook.Line(
          Phrase(
            "You may sign in to the vendor's console for that region, and change the networks below.",
            "您可登录厂商控制台的该地域，并有权修改下列网络。")),
      ])
  }

  /// What the path's rules say, target by target: first what fails, then what nobody knows, then what is right.
  private func way(_ report: PathReport) -> RunBook.Section {
    let order: [PathFinding.Verdict] = [.fail, .unknown, .pass]
    let lines = order.flatMap { verdict in
      report.findings.filter { $0.verdict == verdict && ($0.isDecisive || verdict == .pass) }.map { finding in
        let place = Phrase(
          "\(finding.target.title), \(finding.hop.title.en): ", "\(finding.target.title)，\(finding.hop.title.zh)：")
        let why = finding.reason + finding.mend
        return RunBook.Line(
          Phrase(place.en + why.en, place.zh + why.zh), isDone: verdict == .pass && !finding.isWarning,
          command: finding.command)
      }
    }
    return RunBook.Section(title: Phrase("The network", "网络"), lines: lines)
  }

  private func console(_ instance: Instance, _ link: Link, _ binding: Binding?) -> RunBook.Section {
    let isSeen = binding?.confirmed != nil
    let others = link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip) (\($0.label))" }.joined(
      separator: ", ")
    let account = binding.map {
      Phrase(
        ": Network Type \($0.networkType.title.en), Link Information the new link, Address \($0.address), Username \($0.username), Private Token by hand; then OK. The row must say Bound.",
        "：网络类型 \($0.networkType.title.zh)，链路信息选择新建的链路，地址 \($0.address)，用户名称 \($0.username)，私有 Token 手工粘贴；点击确定后应显示“已绑定”。"
      )
    }
    return RunBook.Section(
      title: Phrase("In the vendor's console", "在厂商控制台"),
      lines: [
        RunBook.Line(
          Phrase(
            "Region \(instance.regionId) › Instances › \(instance.name) › Repositories › Code Source › GitLab › Link management › Create: GitLab intranet IP address \(link.gitLabIntranetIp)\(others.isEmpty ? "" : ", other IP addresses to allow \(others)"), existing VPC \(link.vpcId), existing vSwitch \(link.vSwitchId).",
            "地域 \(instance.regionId) › 实例列表 › \(instance.name) › 仓库管理 › 代码源 › GitLab › 链路管理 › 创建：GitLab内网IP地址 \(link.gitLabIntranetIp)\(others.isEmpty ? "" : "，其它需放行 IP 地址 \(others)")，选择已有专有网络 \(link.vpcId)，选择已有交换机 \(link.vSwitchId)。"
          ),
          isDone: isSeen),
        RunBook.Line(
          Phrase("GitLab › Bind Account", "GitLab › 绑定账号")
            .joined(
              account ?? Phrase(": with an account of GitLab's that has the scope api.", "：使用带 api 权限的 GitLab 账号。")),
          isDone: isSeen),
      ])
  }

  /// By what the vendor's binding can fail besides the path: inferred, for no document lists it.
  private func afterwards(_ binding: Binding?) -> RunBook.Section {
    let infers: [Phrase] = [
      Phrase("the service role for Container Registry isn't authorised", "未授权容器镜像服务的服务关联角色"),
      Phrase("the account's quota of security groups or ENIs is used up", "账号的安全组或弹性网卡配额已用尽"),
      Phrase("the vSwitch has no free IP address", "交换机没有可用 IP"),
      Phrase("GitLab's certificate is self-signed: the vendor refuses it", "GitLab 使用自签名证书：厂商不接受"),
      Phrase("the port isn't one that the vendor takes for webhooks", "端口不在厂商接受的 Webhook 端口之内"),
    ]
    let title = Phrase("Should it fail all the same (inferred: no document lists it)", "若仍失败（推断，厂商文档未列出）")
    return RunBook.Section(
      title: title,
      lines: infers.map {
        RunBook.Line(Phrase("See whether \($0.en).", "请检查：\($0.zh)。"), isDone: binding?.confirmed != nil)
      })
  }
}

extension Phrase {
  /// Without anything between the two.
  fileprivate func joined(_ other: Phrase) -> Phrase { Phrase(en + other.en, zh + other.zh) }
}
