/// What was done to each kind of thing. The journal's records carry every value; a token's place is never said.
extension Instance {
  var writtenDown: Phrase {
    Phrase("Wrote down the instance \(name) (\(id)) in \(regionId)", "登记实例 \(name)（\(id)，\(regionId)）")
  }

  var removed: Phrase {
    Phrase("Removed the instance \(name) (\(id)) from the workspace", "从工作区移除实例 \(name)（\(id)）")
  }
}

extension Vpc {
  private var title: Phrase { name.isEmpty ? Phrase(id, id) : Phrase("\(name) (\(id))", "\(name)（\(id)）") }

  var writtenDown: Phrase {
    Phrase("Wrote down the VPC \(title.en), \(cidrBlock) in \(regionId)", "登记专有网络 \(title.zh)，\(cidrBlock)，\(regionId)")
  }

  func removed(with vSwitches: Int) -> Phrase {
    guard vSwitches > 0 else { return Phrase("Removed the VPC \(title.en)", "移除专有网络 \(title.zh)") }
    return Phrase(
      "Removed the VPC \(title.en) with its \(vSwitches == 1 ? "vSwitch" : "\(vSwitches) vSwitches")",
      "移除专有网络及其 \(vSwitches) 个交换机：\(title.zh)")
  }
}

extension VSwitch {
  private var title: Phrase { name.isEmpty ? Phrase(id, id) : Phrase("\(name) (\(id))", "\(name)（\(id)）") }

  var writtenDown: Phrase {
    Phrase("Wrote down the vSwitch \(title.en), \(cidrBlock) in \(zoneId)", "登记交换机 \(title.zh)，\(cidrBlock)，\(zoneId)")
  }

  var removed: Phrase { Phrase("Removed the vSwitch \(title.en)", "移除交换机 \(title.zh)") }
}

extension AllowedIp {
  fileprivate var title: Phrase {
    label.isEmpty ? Phrase("\(ip)", "\(ip)") : Phrase("\(ip) (\(label))", "\(ip)（\(label)）")
  }
}

extension Link {
  func created(for instance: String) -> Phrase {
    let others = allowedIps.map(\.title)
    return Phrase(
      "Created the link \(id) to \(gitLabIntranetIp) for \(instance)"
        + (others.isEmpty ? "" : ", allowing \(others.map(\.en).joined(separator: ", "))"),
      "为 \(instance) 创建链路 \(id)，通往 \(gitLabIntranetIp)"
        + (others.isEmpty ? "" : "，并放行 \(others.map(\.zh).joined(separator: "、"))"))
  }

  func deleted(from instance: String) -> Phrase {
    Phrase(
      "Deleted the link \(id) to \(gitLabIntranetIp) of \(instance)", "删除 \(instance) 的链路 \(id)（\(gitLabIntranetIp)）")
  }

  /// - Parameter old: what it was before; nil where nobody knows any more.
  func edited(from old: Link?, of instance: String) -> Phrase {
    let changes = old.map(changes) ?? []
    guard let first = changes.first else {
      return Phrase("Edited the link \(id) of \(instance)", "修改 \(instance) 的链路 \(id)")
    }
    let rest = changes.dropFirst().map { ", \($0.en)" }.joined()
    return Phrase(
      "\(first.en.prefix(1).uppercased())\(first.en.dropFirst())\(rest) on the link \(id) of \(instance)",
      "\(instance) 的链路 \(id)：\(changes.map(\.zh).joined(separator: "，"))")
  }

  private func changes(since old: Link) -> [Phrase] {
    var changes: [Phrase] = []
    func add(_ en: String, _ zh: String) { changes.append(Phrase(en, zh)) }
    if gitLabIntranetIp != old.gitLabIntranetIp {
      add(
        "changed GitLab's IP from \(old.gitLabIntranetIp) to \(gitLabIntranetIp)",
        "GitLab 内网 IP 由 \(old.gitLabIntranetIp) 改为 \(gitLabIntranetIp)")
    }
    for allowed in allowedIps {
      switch old.allowedIps.first(where: { $0.ip == allowed.ip }) {
      case nil: add("allowed \(allowed.title.en)", "放行 \(allowed.title.zh)")
      case allowed: break
      default:
        allowed.label.isEmpty
          ? add("took the label off \(allowed.ip)", "去掉 \(allowed.ip) 的标签")
          : add("labelled \(allowed.ip) \(allowed.label)", "将 \(allowed.ip) 标为 \(allowed.label)")
      }
    }
    for gone in old.allowedIps where !allowedIps.contains(where: { $0.ip == gone.ip }) {
      add("stopped allowing \(gone.title.en)", "不再放行 \(gone.title.zh)")
    }
    for host in hosts where !old.hosts.contains(host) {
      add("set \(host.name) to \(host.ip)", "主机名 \(host.name) 指向 \(host.ip)")
    }
    for gone in old.hosts where !hosts.contains(where: { $0.name == gone.name }) {
      add("dropped the host name \(gone.name)", "移除主机名 \(gone.name)")
    }
    return changes
  }
}

extension Binding {
  /// `GitLab`, or `GitLab as @dev` where there is a user.
  private var account: Phrase {
    username.isEmpty ? Phrase("GitLab", "GitLab") : Phrase("GitLab as @\(username)", "GitLab 账号 @\(username)")
  }

  private var place: Phrase {
    address.isEmpty ? Phrase("", "") : Phrase(" at \(address)", "（\(address)）")
  }

  func bound(for instance: String) -> Phrase {
    Phrase("Bound \(account.en)\(place.en) for \(instance)", "为 \(instance) 绑定 \(account.zh)\(place.zh)")
  }

  func saved(for instance: String) -> Phrase {
    Phrase(
      "Saved a draft of \(account.en)\(place.en) for \(instance), not bound",
      "为 \(instance) 保存 \(account.zh)\(place.zh.isEmpty ? " " : place.zh)的草稿，未绑定")
  }

  /// A try that was noted: it failed, or all of it passed.
  func checked(for instance: String) -> Phrase {
    guard let failed = lastFailed else {
      return Phrase(
        "Checked \(account.en) for \(instance): every hop passed", "检查 \(instance) 的 \(account.zh)：全部通过")
    }
    let end = state == .invalid ? Phrase("; the binding is invalid", "，绑定已失效") : Phrase("", "")
    return Phrase(
      "Noted a failed try at the hop \(failed.hop.title.en) (\(failed.code)) for \(instance)\(end.en)",
      "记录 \(instance) 的一次失败尝试：\(failed.hop.title.zh)（\(failed.code)）\(end.zh)")
  }

  func confirmed(for instance: String) -> Phrase {
    Phrase(
      "Noted that the vendor's console says Bound for \(instance)", "记录厂商控制台显示 \(instance) 已绑定")
  }

  func unbound(from instance: String) -> Phrase {
    state == .draft
      ? Phrase("Removed the draft of \(account.en) from \(instance)", "移除 \(instance) 的 \(account.zh) 草稿")
      : Phrase("Unbound \(account.en) from \(instance)", "解绑 \(instance) 的 \(account.zh)")
  }
}

extension Probe {
  func read(for instance: String) -> Phrase {
    Phrase(
      "Read back what was tried from \(host) over the link \(linkId) of \(instance)",
      "读入从 \(host) 对 \(instance) 的链路 \(linkId) 的测试结果")
  }
}
