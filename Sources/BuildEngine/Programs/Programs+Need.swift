import SecureBuild

extension Programs {
  /// The Debian package that has it.
  private static let packages = [
    "nft": "nftables", "pasta": "passt", "newuidmap": "uidmap", "newgidmap": "uidmap", "crun": "crun",
    "buildah": "buildah", "skopeo": "skopeo", "git": "git", "ip": "iproute2", "bash": "bash", "sh": "dash",
    "unshare": "util-linux", "nsenter": "util-linux", "setpriv": "util-linux", "prlimit": "util-linux",
    "mount": "mount", "du": "coreutils", "rm": "coreutils",
  ]

  /// A program's path from the root.
  /// - Throws: `MissingPart`, with the package to install.
  static func need(_ name: String) throws(MissingPart) -> String {
    if let path = find(name) { return path }
    throw MissingPart(
      name: name,
      why: Phrase("The program \(name) isn't on this machine.", "本机没有程序 \(name)。"),
      mend: Phrase(
        "On Debian: apt-get install \(packages[name] ?? name)", "在 Debian 上执行：apt-get install \(packages[name] ?? name)"
      ))
  }
}
