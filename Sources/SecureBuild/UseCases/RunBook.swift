/// What a person must do in the vendor's console and network for a link to work, in order: a sheet to work through, with
/// this link's values, and what is right already ticked. No token is in it.
public struct RunBook: Sendable, Equatable {
  public let instanceId: String
  public let linkId: String
  public let title: Phrase
  public let sections: [Section]

  public struct Section: Sendable, Equatable {
    public let kind: Kind
    public let title: Phrase
    public let lines: [Line]

    public enum Kind: String, Sendable, CaseIterable {
      case prerequisites = "PREREQUISITES"
      case network = "NETWORK"
      case console = "CONSOLE"
      case afterwards = "AFTERWARDS"
    }
  }

  /// Something to do, or to look at.
  public struct Line: Sendable, Equatable, Identifiable {
    /// The same as long as it is about the same thing, whatever it says: `create-link`, `idc-firewall:10.200.0.8`.
    public let id: String
    /// Which of the link's addresses it is about; nil where it is about the link as a whole.
    public let target: PathTarget?
    /// What it says, but for its target.
    public let what: Phrase
    /// What a rule says of it; nil where none does.
    public let verdict: PathFinding.Verdict?
    /// How it is known to be done, without what a person confirmed of this line; nil where it isn't.
    public let done: Provenance?
    /// The vendor's CLI command that does it, where there is one.
    public let command: String?
    /// A person's word that it is done.
    public internal(set) var confirmed: Confirmed?

    init(
      _ id: String, _ what: Phrase, of target: PathTarget? = nil, verdict: PathFinding.Verdict? = nil,
      done: Provenance? = nil, command: String? = nil
    ) {
      self.id = id
      self.target = target
      self.what = what
      self.verdict = verdict
      self.done = done
      self.command = command
    }

    /// All that it says.
    public var text: Phrase {
      target.map { Phrase("\($0.title), \(what.en)", "\($0.title)，\(what.zh)") } ?? what
    }

    /// How it is known to be done: by a rule, by what was seen in the vendor's console, or by a person's word on this very
    /// line, which never goes against a rule. Nil where it isn't.
    public var ticked: Provenance? {
      if let done { return done }
      guard let confirmed, !confirmed.isStale, verdict != .fail else { return nil }
      return confirmed.confirmation.provenance
    }

    public var isDone: Bool { ticked != nil }

    /// What it said when a person confirmed it, to tell whether it still does.
    var wording: String { ([text.en] + [command].compactMap(\.self)).joined(separator: "\n") }

    /// What a person's word on it is worth now; empty where there is none.
    public var note: Phrase {
      guard let confirmed else { return Phrase("", "") }
      let (at, by) = (confirmed.confirmation.at, confirmed.confirmation.by)
      if confirmed.isStale {
        return Phrase(
          "confirmed by \(by) at \(at), but it said something else then: look again",
          "\(by) 于 \(at) 确认，但此后内容已变化，请重新核对")
      }
      if verdict == .fail {
        return Phrase(
          "confirmed by \(by) at \(at), but by what is known here it fails",
          "\(by) 于 \(at) 确认，但按已登记的资源推算仍不通过")
      }
      return Phrase("confirmed by \(by) at \(at)", "\(by) 于 \(at) 确认")
    }
  }

  /// A person's word on a line, and whether the line has changed since.
  public struct Confirmed: Sendable, Equatable {
    public let confirmation: Confirmation
    public let isStale: Bool
  }

  public var lines: [Line] { sections.flatMap(\.lines) }

  /// As Markdown, in one language.
  public func markdown(_ language: Language) -> String {
    var text = "# \(title(language))\n"
    for section in sections {
      text += "\n## \(section.title(language))\n\n"
      for line in section.lines {
        let note = line.note(language)
        text += "- [\(line.isDone ? "x" : " ")] \(line.text(language))\(note.isEmpty ? "" : " *(\(note))*")\n"
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
    let sections = [
      prerequisites(owner, link), way(report), console(owner, link, binding), afterwards(binding),
    ]
    return RunBook(
      instanceId: instance, linkId: link.id,
      title: Phrase(
        "Run-book: \(owner.name) to GitLab at \(link.gitLabIntranetIp)",
        "操作手册：\(owner.name) 接入 GitLab \(link.gitLabIntranetIp)"),
      sections: try confirmed(sections, link: link.id))
  }

  /// The run-book of a link, whosever it is.
  public func runBook(ofLink id: String) throws(Refusal) -> RunBook {
    try runBook(of: link(id).instanceId, link: id)
  }

  private func confirmed(_ sections: [RunBook.Section], link: String) throws(Refusal) -> [RunBook.Section] {
    let words = try refusing {
      try state.all(.lineConfirmation, as: LineConfirmation.self, where: .linkId, is: link)
    }
    let byLine = Dictionary(words.map { ($0.lineId, $0) }) { $1 }
    return sections.map { section in
      RunBook.Section(
        kind: section.kind, title: section.title,
        lines: section.lines.map { line in
          guard let word = byLine[line.id] else { return line }
          var line = line
          line.confirmed = RunBook.Confirmed(
            confirmation: Confirmation(at: word.at, by: word.by), isStale: word.wording != line.wording)
          return line
        })
    }
  }

  private func prerequisites(_ instance: Instance, _ link: Link) -> RunBook.Section {
    let isRunning = instance.status == .running
    let name = Phrase(
      "Instance \(instance.id) (\(instance.name), \(instance.regionId))",
      "实例 \(instance.id)（\(instance.name)，\(instance.regionId)）")
    return RunBook.Section(
      kind: .prerequisites, title: Phrase("Before anything else", "前置条件"),
      lines: [
        RunBook.Line(
          "instance-running",
          isRunning
            ? Phrase("\(name.en) is running.", "\(name.zh)运行中。")
            : Phrase(
              "\(name.en) must be running: it is \(instance.status.title.en.lowercased()).",
              "\(name.zh)须处于运行中：当前为\(instance.status.title.zh)。"),
          done: isRunning ? instance.provenance : nil),
        RunBook.Line(
          "console-access",
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
        let place = Phrase("\(finding.hop.title.en): ", "\(finding.hop.title.zh)：")
        let why = finding.reason + finding.mend
        // The one rule that speaks of a target twice.
        let rule = finding.isDecisive ? finding.rule.rawValue : "\(finding.rule.rawValue)-from-vswitch"
        return RunBook.Line(
          "\(rule):\(finding.target.ip)", place.joined(why), of: finding.target, verdict: verdict,
          done: verdict == .pass && !finding.isWarning ? .computed : nil, command: finding.command)
      }
    }
    return RunBook.Section(kind: .network, title: Phrase("The network", "网络"), lines: lines)
  }

  private func console(_ instance: Instance, _ link: Link, _ binding: Binding?) -> RunBook.Section {
    let seen = binding?.confirmed?.provenance
    let others = link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip) (\($0.label))" }.joined(
      separator: ", ")
    let account = binding.map {
      Phrase(
        ": Network Type \($0.networkType.title.en), Link Information the new link, Address \($0.address), Username \($0.username), Private Token by hand; then OK. The row must say Bound.",
        "：网络类型 \($0.networkType.title.zh)，链路信息选择新建的链路，地址 \($0.address)，用户名称 \($0.username)，私有 Token 手工粘贴；点击确定后应显示“已绑定”。"
      )
    }
    return RunBook.Section(
      kind: .console, title: Phrase("In the vendor's console", "在厂商控制台"),
      lines: [
        RunBook.Line(
          "create-link",
          Phrase(
            "Region \(instance.regionId) › Instances › \(instance.name) › Repositories › Code Source › GitLab › Link management › Create: GitLab intranet IP address \(link.gitLabIntranetIp)\(others.isEmpty ? "" : ", other IP addresses to allow \(others)"), existing VPC \(link.vpcId), existing vSwitch \(link.vSwitchId).",
            "地域 \(instance.regionId) › 实例列表 › \(instance.name) › 仓库管理 › 代码源 › GitLab › 链路管理 › 创建：GitLab内网IP地址 \(link.gitLabIntranetIp)\(others.isEmpty ? "" : "，其它需放行 IP 地址 \(others)")，选择已有专有网络 \(link.vpcId)，选择已有交换机 \(link.vSwitchId)。"
          ),
          done: seen),
        RunBook.Line(
          "bind-account",
          Phrase("GitLab › Bind Account", "GitLab › 绑定账号")
            .joined(
              account ?? Phrase(": with an account of GitLab's that has the scope api.", "：使用带 api 权限的 GitLab 账号。")),
          done: seen),
      ])
  }

  /// By what the vendor's binding can fail besides the path: inferred, for no document lists it.
  private func afterwards(_ binding: Binding?) -> RunBook.Section {
    let infers: [(id: String, Phrase)] = [
      (
        "service-role",
        Phrase("the service role for Container Registry isn't authorised", "未授权容器镜像服务的服务关联角色")
      ),
      (
        "quota",
        Phrase("the account's quota of security groups or ENIs is used up", "账号的安全组或弹性网卡配额已用尽")
      ), ("free-ip", Phrase("the vSwitch has no free IP address", "交换机没有可用 IP")),
      ("certificate", Phrase("GitLab's certificate is self-signed: the vendor refuses it", "GitLab 使用自签名证书：厂商不接受")),
      ("webhook-port", Phrase("the port isn't one that the vendor takes for webhooks", "端口不在厂商接受的 Webhook 端口之内")),
    ]
    let title = Phrase("Should it fail all the same (inferred: no document lists it)", "若仍失败（推断，厂商文档未列出）")
    return RunBook.Section(
      kind: .afterwards, title: title,
      lines: infers.map { id, what in
        RunBook.Line(
          id, Phrase("See whether \(what.en).", "请检查：\(what.zh)。"), done: binding?.confirmed?.provenance)
      })
  }
}

extension Phrase {
  /// Without anything between the two.
  fileprivate func joined(_ other: Phrase) -> Phrase { Phrase(en + other.en, zh + other.zh) }
}
