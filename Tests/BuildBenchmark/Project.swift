import Foundation

/// What is built: files, steps that compute and that write, two stages.
enum Project {
  static let busybox = "/bin/busybox"

  private static let dockerfile = """
    FROM scratch AS work
    COPY bin/busybox /bin/busybox
    COPY pages/ /pages/
    RUN ["/bin/busybox", "sh", "-c", "busybox cat /pages/* | busybox sha256sum >/sum"]
    RUN ["/bin/busybox", "sh", "-c", "busybox dd if=/dev/zero bs=1M count=400 | busybox sha256sum >/zeros"]
    RUN ["/bin/busybox", "sh", "-c", "busybox mkdir /many; for i in $(busybox seq 2000); do echo $i >/many/$i; done"]

    FROM scratch
    COPY --from=work /sum /zeros /
    COPY --from=work /many/ /many/

    """

  /// - Returns: content by path.
  /// - Throws: `Tool.Fault` without a static busybox.
  static func files() throws -> [String: Data] {
    guard let program = FileManager.default.contents(atPath: busybox) else {
      throw Tool.Fault(description: "There is no \(busybox): apt-get install -y busybox-static")
    }
    var files = ["Dockerfile": Data(dockerfile.utf8), "bin/busybox": program]
    for page in 0..<500 { files["pages/\(page).html"] = Data("<title>\(page)</title>\n".utf8) }
    return files
  }
}
