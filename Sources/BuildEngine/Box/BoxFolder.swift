import Glibc
import SecureBuild

/// The folder that a box is made of: its `config.json`, the frame of its root, and its `/etc`.
struct BoxFolder: Sendable {
  let path: String

  /// The seccomp profile of the steps of a Dockerfile, by its path inside the box.
  static let profile = BoxConfiguration.etc + "/containers/seccomp.json"

  /// Writes all of it. What a build's steps see of `/etc/hosts` and of name servers comes from here too.
  /// - Parameter resolver: The name servers' file; empty for none.
  /// - Throws: `FileFault`.
  func make(hosts: String, resolver: [UInt8], runs32Bit: Bool) throws {
    for name in [
      "usr", "etc", "proc", "sys/fs/cgroup", "dev", "tmp", "run", "work", "store", "base", "var/tmp", "root",
    ] { try HostFile.makeFolder("\(path)/rootfs/\(name)") }
    for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] where HostFile.exists("/usr/\(name)") {
      guard symlink("usr/\(name)", "\(path)/rootfs/\(name)") == 0 || errno == EEXIST else {
        throw FileFault("\(path)/rootfs/\(name)")
      }
    }
    try HostFile.makeFolder("\(path)/etc/containers")
    let profile =
      runs32Bit
      ? String(decoding: PackageResources.seccomp_json, as: UTF8.self)
        .replacing(
          "\"SCMP_ARCH_X86_64\", \"subArchitectures\": []",
          with: "\"SCMP_ARCH_X86_64\", \"subArchitectures\": [\"SCMP_ARCH_X86\"]"
        )
        .replacing(
          "\"SCMP_ARCH_AARCH64\", \"subArchitectures\": []",
          with: "\"SCMP_ARCH_AARCH64\", \"subArchitectures\": [\"SCMP_ARCH_ARM\"]")
      : String(decoding: PackageResources.seccomp_json, as: UTF8.self)
    for (name, text) in [
      ("passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"),
      ("group", "root:x:0:\nnogroup:x:65534:\n"),
      ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"), ("hostname", "build\n"), ("hosts", hosts),
      ("resolv.conf", String(decoding: resolver, as: UTF8.self)),
      ("containers/policy.json", #"{"default":[{"type":"insecureAcceptAnything"}]}"#),
      (
        "containers/registries.conf",
        "unqualified-search-registries = [\"docker.io\"]\nshort-name-mode = \"disabled\"\n"
      ),
      (
        "containers/storage.conf",
        "[storage]\ndriver = \"overlay\"\ngraphroot = \"/store\"\nrunroot = \"/run/containers\"\n"
      ),
      ("containers/containers.conf", ""), ("containers/seccomp.json", profile),
    ] { try write(text, to: "etc/\(name)") }
  }

  /// Says what runs in the box.
  func say(_ configuration: BoxConfiguration) throws {
    try write(String(decoding: configuration.bytes(), as: UTF8.self), to: "config.json")
  }

  private func write(_ text: String, to name: String) throws(FileFault) {
    let file = "\(path)/\(name)"
    unlink(file)
    try Files.write(file, Array(text.utf8))
    chmod(file, 0o644)
  }
}
