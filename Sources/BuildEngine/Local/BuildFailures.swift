import SecureBuild

/// What stages fail by, in words that say what to do.
enum BuildFailures {
  static func pull(_ image: BaseImage, _ words: String, _ end: ProgramEnd) -> BuildFailure {
    if let late = time(end, in: .baseImages) { return late }
    if words.contains("no space left on device") { return full(in: .baseImages) }
    return BuildFailure(
      .baseImageMissing, in: .baseImages,
      message: Phrase(
        "\(image.name) was found at \(image.from) and couldn't be pulled: \(words)",
        "在 \(image.from) 找到了 \(image.name)，但拉取失败：\(words)"),
      mend: Phrase(
        "Try again; if it stays so, see whether that registry is well, or bring the image in as an archive: image import FILE.",
        "请重试；若仍失败，请检查该镜像服务，或将镜像以归档导入：image import FILE。"))
  }

  /// Of a base image that nobody has: each place and what it said.
  static func missing(_ name: String, _ tried: [BaseImageFinding.Attempt]) -> BuildFailure {
    let name = PlainLine.of(name)
    let places = tried.map { "\($0.place): \($0.answer)" }.joined(separator: "; ")
    return BuildFailure(
      .baseImageMissing, in: .baseImages,
      message: Phrase(
        "The base image \(name) is not to be had. Tried: \(places).", "无法取得基础镜像 \(name)。已尝试：\(places)。"),
      mend: Phrase(
        "Bring it in as an archive (image import FILE --name \(name)), push it to the instance's registry, or name a mirror that has it (registry set --mirror HOST=MIRROR).",
        "可以将其以归档导入（image import FILE --name \(name)）、推送到实例的镜像服务，或指定拥有它的镜像源（registry set --mirror HOST=MIRROR）。"))
  }

  /// Where a program was ended by its time; nil where it wasn't.
  static func time(_ end: ProgramEnd, in stage: BuildStage) -> BuildFailure? {
    switch end {
    case .timedOut:
      BuildFailure(
        .buildTimedOut, in: stage,
        message: Phrase("It took longer than a stage may.", "超过了单个阶段允许的时长。"),
        mend: Phrase(
          "See in the log what it did last; if it needs that long, raise [build] stage_seconds in the settings.",
          "请在日志中查看最后的操作；若确需更久，请在设置中调大 [build] stage_seconds。"))
    case .silent:
      BuildFailure(
        .buildTimedOut, in: stage,
        message: Phrase("It said nothing for longer than a stage may.", "静默时间超过了允许的时长。"),
        mend: Phrase(
          "Something hangs: see in the log what it did last. If it works without a word, raise [build] silence_seconds in the settings.",
          "可能已挂起：请在日志中查看最后的操作。若只是长时间无输出，请在设置中调大 [build] silence_seconds。"))
    case .exited, .signalled: nil
    }
  }

  static func full(in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .outOfDisk, in: stage,
      message: Phrase("The disk is full.", "磁盘空间不足。"),
      mend: Phrase(
        "Make room on the disk of the workspace and of this machine's temporary files, then build again.",
        "请清理工作区所在磁盘和本机临时文件所占空间，然后重新构建。"))
  }

  static func missing(_ fault: ProgramFault, in stage: BuildStage) -> BuildFailure {
    BuildFailure(.program(fault), in: stage)
  }

  static func file(_ fault: FileFault, in stage: BuildStage) -> BuildFailure {
    if fault.isFull { return full(in: stage) }
    return BuildFailure(
      .fault, in: stage,
      message: Phrase("\(fault.path): \(fault.reason)", "\(fault.path)：\(fault.reason)"),
      mend: Phrase("Mend that, then build again.", "请处理后重新构建。"))
  }
}

extension BuildFailures {
  static func layout(_ fault: LayoutFault, in stage: BuildStage) -> BuildFailure {
    BuildFailure(
      .fault, in: stage,
      message: Phrase(
        "\(fault.path) isn't what an image should hold.", "\(fault.path) 的内容不是镜像应有的内容。"),
      mend: stage == .push
        ? Phrase("Build again, without the layers of earlier builds if it stays so.", "请重新构建；若仍如此，请不使用缓存构建。")
        : Phrase("Bring the image in again: image import FILE.", "请重新导入镜像：image import FILE。"))
  }

  /// Of a Dockerfile that isn't where the rule says.
  static func dockerfile(_ fault: CheckedOutFile.Fault, _ project: String, _ ref: String) -> BuildFailure {
    let message: Phrase
    var mend = Phrase("Mend the rule's Dockerfile directory and name.", "请修改构建规则中的 Dockerfile 目录和文件名。")
    switch fault {
    case .missing(let path, let similar):
      let path = PlainLine.of(path)
      message = Phrase("There is no \(path) in \(project) at \(ref).", "\(project) 的 \(ref) 中没有 \(path)。")
      if let similar = similar.map({ PlainLine.of($0) }) {
        mend = Phrase("There is \(similar): upper and lower case count.", "存在 \(similar)：区分大小写。") + mend
      }
    case .leadsOut(let path):
      let path = PlainLine.of(path)
      message = Phrase("\(path) is a link that leads out of the project.", "\(path) 是指向项目之外的链接。")
      mend = Phrase("Put the file itself into the project.", "请将文件本身放入项目。")
    case .other(let path):
      let path = PlainLine.of(path)
      message = Phrase("\(path) in \(project) isn't what the rule takes it for.", "\(project) 中的 \(path) 与规则不符。")
    }
    return BuildFailure(.dockerfileMissing, in: .baseImages, message: message, mend: mend)
  }

  static func dockerfile(_ problem: DockerfileProblem, _ path: String) -> BuildFailure {
    BuildFailure(
      problem.kind == .lacking ? .dockerfileUnsupported : .invalidDockerfile, in: .baseImages,
      message: problem.located(in: path), mend: problem.mend)
  }
}
