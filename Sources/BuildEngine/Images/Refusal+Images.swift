import SecureBuild

extension Refusal {
  init(badImageName name: String) {
    self.init(
      .invalidImageName,
      message: Phrase("“\(PlainLine.of(name))” can't be an image's name.", "“\(PlainLine.of(name))”不能作为镜像名称。"),
      mend: Phrase(
        "Write it as a Dockerfile's FROM does, such as debian:12 or corp.example/base/java:17: lower case, without a digest.",
        "请按 Dockerfile 的 FROM 书写，例如 debian:12 或 corp.example/base/java:17：小写，不带摘要。"))
  }

  init(unreadableArchive file: String, _ reason: String) {
    self.init(
      .invalidArchive,
      message: Phrase("\(PlainLine.of(file)) can't be read: \(reason).", "无法读取 \(PlainLine.of(file))：\(reason)。"),
      mend: Phrase("Give the path of an archive that you may read.", "请给出可读取的归档文件路径。"))
  }

  init(badArchive file: String, _ what: Phrase) {
    let file = PlainLine.of(file)
    self.init(
      .invalidArchive,
      message: Phrase("\(file) is no image that can be brought in.", "\(file) 不是可导入的镜像。") + what,
      mend: Phrase(
        "What can be brought in: what docker save or podman save writes, an OCI archive, or the tar of a root file system (mmdebstrap).",
        "可导入的文件：docker save 或 podman save 的输出、OCI 归档，或根文件系统的 tar（mmdebstrap）。"))
  }

  init(badArchive file: String, imagesInIt count: Int) {
    let file = PlainLine.of(file)
    self.init(
      .invalidArchive,
      message: Phrase(
        "\(file) holds \(count) images, which can't all have one name.", "\(file) 含有 \(count) 个镜像，不能共用一个名称。"),
      mend: Phrase("Leave the name out: each keeps its own.", "不指定名称即可：各镜像保留自己的名称。"))
  }

  init(namelessArchive file: String) {
    let file = PlainLine.of(file)
    self.init(
      .invalidImageName,
      message: Phrase("\(file) doesn't say what its image is called.", "\(file) 没有给出镜像名称。"),
      mend: Phrase(
        "Say it with --name, as a Dockerfile's FROM does: --name debian:12.",
        "请用 --name 指定，写法与 Dockerfile 的 FROM 相同：--name debian:12。"))
  }

  init(noImage name: String) {
    self.init(
      .invalidImageName,
      message: Phrase(
        "No image “\(PlainLine.of(name))” was brought in.", "没有导入过镜像“\(PlainLine.of(name))”。"),
      mend: Phrase("See which there are: image list.", "查看已有镜像：image list。"))
  }

  init(_ fault: FileFault) {
    self.init(
      .workspaceUnwritable,
      message: Phrase("\(fault.path): \(fault.reason).", "\(fault.path)：\(fault.reason)。"),
      mend: fault.isFull
        ? Phrase("Make room on that disk, then try again.", "请清理该磁盘空间后重试。")
        : Phrase("Mend that, then try again.", "请处理后重试。"))
  }

  init(damaged fault: LayoutFault) {
    self.init(
      .workspaceDamaged,
      message: Phrase(
        "The workspace's images are damaged: \(fault.path) isn't what it should be.", "工作区的镜像已损坏：\(fault.path) 内容不正确。"),
      mend: Phrase(
        "Move that folder's images away and bring the archives in again.", "请移走该镜像目录，然后重新导入归档。"))
  }

  init(_ part: MissingPart) {
    self.init(
      .partMissing, message: Phrase("\(part.name) is missing:", "缺少 \(part.name)：") + part.why, mend: part.mend)
  }
}
