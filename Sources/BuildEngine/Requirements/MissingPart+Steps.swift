import SecureBuild

extension MissingPart {
  static func program(_ fault: ProgramFault) -> MissingPart {
    MissingPart(
      name: fault.program, why: Phrase("It couldn't be started: \(fault.reason)", "无法启动：\(fault.reason)"),
      mend: Phrase("Check that it can be run by this user.", "请检查当前用户能否运行它。"))
  }

  /// A step of a cell's making that this machine refused.
  static func step(_ step: String, said: String) -> MissingPart {
    let words = said.split(separator: "\n").filter { $0 != "ready" && !$0.hasPrefix("at ") }.suffix(4)
      .joined(separator: "; ")
    func part(_ name: String, _ why: Phrase, _ mend: Phrase) -> MissingPart {
      MissingPart(name: name, why: why + Phrase("(\(words))", "（\(words)）"), mend: mend)
    }
    switch step {
    case "user", "namespaces":
      return part(
        "user namespaces",
        Phrase("This machine refuses new namespaces to this user.", "本机不允许当前用户创建命名空间。"),
        Phrase(
          "As root: sysctl -w user.max_user_namespaces=100000 kernel.unprivileged_userns_clone=1 (and, with AppArmor, kernel.apparmor_restrict_unprivileged_userns=0), those that exist; in a container, allow it namespaces, or build outside.",
          "以 root 执行：sysctl -w user.max_user_namespaces=100000 kernel.unprivileged_userns_clone=1（启用 AppArmor 时还需 kernel.apparmor_restrict_unprivileged_userns=0），仅设置存在的项；在容器中请允许创建命名空间，或在容器之外构建。"
        ))
    case "mounts":
      return part(
        "mounts", Phrase("The build's folders couldn't be mounted where it sees them.", "无法挂载构建所需的目录。"),
        Phrase(
          "Check that the workspace is on a local disk that this user can use; in a container, allow it to mount.",
          "请确认工作区位于当前用户可用的本地磁盘；在容器中请允许挂载。"))
    case "proc":
      return part(
        "/proc", Phrase("A build can't have its own view of processes here.", "构建无法拥有独立的进程视图。"),
        Phrase(
          "Part of /proc is hidden from this process, as in most containers: build outside it, or start the container with --security-opt unmask=ALL.",
          "本进程的 /proc 部分被屏蔽（常见于容器）：请在容器之外构建，或以 --security-opt unmask=ALL 启动容器。"))
    case "cgroup2":
      return part(
        "cgroup2", Phrase("A build can't have control groups of its own here.", "构建无法拥有独立的 cgroup。"),
        Phrase("A kernel with cgroup v2 is needed, as Debian's has been since 2018.", "需要支持 cgroup v2 的内核。"))
    case "nft", "net":
      return part(
        "nftables", Phrase("The build's network can't be closed by nftables here.", "无法用 nftables 封闭构建网络。"),
        Phrase(
          "As root: modprobe nf_tables nft_reject_inet; on Debian: apt-get install nftables.",
          "以 root 执行：modprobe nf_tables nft_reject_inet；在 Debian 上执行：apt-get install nftables。"))
    case "pasta":
      return part(
        "pasta", Phrase("The build's network got no interface from pasta.", "pasta 未能为构建网络提供接口。"),
        Phrase(
          "Check /dev/net/tun: as root, modprobe tun and chmod 666 /dev/net/tun. On Debian: apt-get install passt.",
          "请检查 /dev/net/tun：以 root 执行 modprobe tun 与 chmod 666 /dev/net/tun。在 Debian 上执行：apt-get install passt。"))
    case "overlay":
      return part(
        "overlay", Phrase("This kernel lays no layers over others in a user namespace.", "本机内核不支持在用户命名空间中使用 overlay。"),
        Phrase(
          "A kernel from 5.11 on is needed; as root: modprobe overlay.", "需要 5.11 或更新的内核；以 root 执行：modprobe overlay。"))
    case "box":
      return part(
        "crun", Phrase("crun couldn't make the box that images are built in.", "crun 无法建立构建环境。"),
        Phrase(
          "Debian's crun from 1.8 on is needed; in a container, start it with --security-opt unmask=ALL, or build outside.",
          "需要 Debian 的 crun 1.8 或更新版本；在容器中请以 --security-opt unmask=ALL 启动，或在容器之外构建。"))
    default:
      return part(
        step, Phrase("A build's confinement couldn't be made: \(step).", "无法建立构建的隔离环境：\(step)。"),
        Phrase("See what it said.", "请查看其输出。"))
    }
  }
}

extension BuildFailure {
  /// Nothing is built where a part is missing.
  init(_ part: MissingPart, in stage: BuildStage?) {
    self.init(
      .partMissing, in: stage,
      message: Phrase("\(part.name) is missing: ", "缺少 \(part.name)：") + part.why, mend: part.mend)
  }
}
