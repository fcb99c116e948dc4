/// What a Dockerfile asks for that the local engine hasn't got: buildah 1.28, each of these tried with 1.28.2.
struct DockerfileLacks {
  private(set) var problems: [DockerfileProblem] = []
  private let escape: Unicode.Scalar
  /// Whether the stage that is looked at says SHELL.
  private var hasShell = false

  init(_ file: Dockerfile) {
    escape = file.escape
    if let syntax = file.syntax { frontend(syntax) }
    for instruction in file.instructions { look(at: instruction) }
  }

  private mutating func look(at instruction: DockerfileInstruction) {
    let start = DockerfilePosition(line: instruction.line, column: instruction.column)
    for heredoc in instruction.heredocs { self.heredoc(heredoc, of: instruction.keyword) }
    switch instruction.keyword {
    case "RUN":
      for flag in instruction.flags {
        flag.name == "mount" ? mount(flag) : lacksFlag(flag, of: "RUN")
      }
    case "COPY", "ADD":
      for flag in instruction.flags { copyFlag(flag, of: instruction.keyword) }
      if instruction.keyword == "ADD" { sources(of: instruction) }
    case "FROM":
      for flag in instruction.flags where flag.name != "platform" { lacksFlag(flag, of: "FROM") }
      hasShell = false
    case "HEALTHCHECK":
      for flag in instruction.flags where flag.name == "start-interval" { lacksFlag(flag, of: "HEALTHCHECK") }
      if instruction.words.first?.text.uppercased() != "NONE", !instruction.isTrigger {
        note(
          start, Phrase("HEALTHCHECK is not part of OCI images: it is left out.", "OCI 镜像不包含 HEALTHCHECK：将被忽略。"),
          Phrase("Configure the check where the image runs.", "请在运行镜像的地方配置健康检查。"))
      }
    case "SHELL": hasShell = true
    case "CMD", "ENTRYPOINT":
      if hasShell, !instruction.isJSON {
        note(
          start,
          Phrase(
            "buildah gives \(instruction.keyword) to /bin/sh -c and not to SHELL.",
            "buildah 会用 /bin/sh -c 而不是 SHELL 执行 \(instruction.keyword)。"),
          Phrase(
            "Write it in the JSON form with the shell in it: [\"/bin/bash\", \"-c\", \"…\"].",
            "请用 JSON 形式写明 shell：[\"/bin/bash\", \"-c\", \"…\"]。"))
      }
    default: break
    }
    // FROM is looked at where its arguments are filled in, and commands fill in their own.
    if ["ADD", "COPY", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "ARG"].contains(
      instruction.keyword)
    {
      for word in instruction.words {
        for modifier in DockerfileExpansion(escape: escape, value: { _ in "" }).expand(word.text).modifiers {
          problems.append(Self.modifier(modifier, at: word.at))
        }
      }
    }
    if instruction.isTrigger {
      note(
        start,
        Phrase(
          "ONBUILD is not part of OCI images: it does nothing in images built from this one.",
          "OCI 镜像不包含 ONBUILD：基于此镜像构建时不会生效。"),
        Phrase("Put the instruction into the Dockerfiles that build from it.", "请将该指令写入使用此镜像的 Dockerfile。"))
    }
  }

  // MARK: What isn't there

  private mutating func heredoc(_ heredoc: DockerfileInstruction.Heredoc, of keyword: String) {
    lacking(
      heredoc.at, Phrase("\(keyword) <<\(heredoc.name): heredocs", "\(keyword) <<\(heredoc.name)：heredoc"),
      keyword == "RUN"
        ? Phrase(
          "Join the commands with && on continued lines, or keep them as a script in the project: COPY it and RUN it.",
          "请用 && 和续行连接命令，或将其作为脚本放入项目，先 COPY 再 RUN。")
        : Phrase("Keep the text as a file in the project, and copy that.", "请将内容作为文件放入项目后复制。"))
  }

  private mutating func copyFlag(_ flag: DockerfileInstruction.Flag, of keyword: String) {
    switch flag.name {
    case "chown": break
    case "from" where keyword == "COPY": break
    case "chmod":
      // With a variable only the build knows it.
      guard let value = flag.value, !value.contains("$"), Int(value, radix: 8) == nil else { return }
      lacking(
        flag.at, Phrase("--chmod=\(value): permissions by letters", "--chmod=\(value)：符号形式的权限"),
        Phrase("Write them as a number: --chmod=755.", "请用数字表示，例如 --chmod=755。"))
    default: lacksFlag(flag, of: keyword)
    }
  }

  private mutating func lacksFlag(_ flag: DockerfileInstruction.Flag, of keyword: String) {
    lacking(flag.at, Phrase("\(keyword) --\(flag.name)", "\(keyword) --\(flag.name)"), Self.instead(flag.name, keyword))
  }

  private static func instead(_ flag: String, _ keyword: String) -> Phrase {
    switch (keyword, flag) {
    case ("COPY", "link"), ("ADD", "link"):
      Phrase("Leave it out: it changes how layers are cached, not what is in the image.", "请去掉：它只影响层缓存，不影响镜像内容。")
    case ("COPY", "parents"):
      Phrase(
        "Copy each folder to its own place: COPY dir/sub/ /app/dir/sub/.", "请逐个目录复制，例如 COPY dir/sub/ /app/dir/sub/。")
    case ("COPY", "exclude"), ("ADD", "exclude"):
      Phrase("Name what isn't wanted in .dockerignore.", "请在 .dockerignore 中列出不需要的内容。")
    case ("ADD", "checksum"):
      Phrase(
        "Compare it yourself: RUN echo \"SUM  FILE\" | sha256sum -c.", "请自行校验，例如 RUN echo \"SUM  FILE\" | sha256sum -c。"
      )
    case ("ADD", "keep-git-dir"):
      Phrase("Use a submodule of the project instead of ADD.", "请改用项目的子模块，而非 ADD。")
    case ("ADD", "unpack"):
      Phrase("An archive of the project is unpacked by itself; COPY doesn't unpack.", "项目中的归档会自动解包；COPY 则不解包。")
    case ("RUN", "network"):
      Phrase("Leave it out: every step has the confined network and nothing else.", "请去掉：所有步骤都只能使用受限网络。")
    case ("RUN", "security"), ("RUN", "device"):
      Phrase("Leave it out: steps get no rights beyond the box.", "请去掉：构建步骤不会获得额外权限。")
    case ("HEALTHCHECK", "start-interval"):
      Phrase("Use --start-period alone.", "请只使用 --start-period。")
    default: Phrase("Leave it out.", "请去掉。")
    }
  }

  private mutating func mount(_ flag: DockerfileInstruction.Flag) {
    let mount = DockerfileMount(flag.value ?? "")
    switch mount.type {
    case "bind", "cache": break
    case "tmpfs":
      if mount.options["size"] != nil {
        lacking(flag.at, Phrase("A size of a tmpfs mount", "tmpfs 挂载的 size"), Phrase("Leave size out.", "请去掉 size。"))
      }
    case "secret", "ssh":
      let what =
        mount.type == "ssh"
        ? Phrase("No SSH agent is given", "构建不会提供 SSH 代理") : Phrase("No secret is given", "构建不会提供密钥")
      if mount.isRequired || mount.options["env"] != nil {
        lacking(
          flag.at, Phrase("\(what.en) to builds: --mount=type=\(mount.type)", "\(what.zh)：--mount=type=\(mount.type)"),
          Phrase(
            "Fetch what it is for from the bound GitLab or an allowed address without it.",
            "请改为无需密钥即可从所绑定 GitLab 或放行地址获取。"))
      } else {
        note(
          flag.at, Phrase("\(what.en) to builds: the step runs without.", "\(what.zh)：该步骤将在没有它的情况下运行。"),
          Phrase("See that it copes, or take the mount out.", "请确认步骤能够应对，或去掉该挂载。"))
      }
    default:
      lacking(
        flag.at, Phrase("--mount=type=\(mount.type)", "--mount=type=\(mount.type)"),
        Phrase("Use bind, cache or tmpfs.", "请使用 bind、cache 或 tmpfs。"))
    }
    if let target = mount.target, !target.hasPrefix("/"), !target.hasPrefix("$") {
      lacking(
        flag.at, Phrase("A mount's target from the working directory (\(target))", "相对路径的挂载目标（\(target)）"),
        Phrase("Write it from the root: /…/\(target).", "请写绝对路径：/…/\(target)。"))
    }
  }

  /// Where ADD fetches from.
  private mutating func sources(of instruction: DockerfileInstruction) {
    for source in instruction.words.dropLast() {
      let text = source.text.lowercased()
      let isWeb = text.hasPrefix("http://") || text.hasPrefix("https://")
      let isGit =
        text.hasPrefix("git://") || text.hasPrefix("ssh://") || text.hasPrefix("git@")
        || isWeb && text.prefix { $0 != "#" && $0 != "?" }.hasSuffix(".git")
      if isGit {
        lacking(
          source.at, Phrase("ADD of a git repository", "ADD git 仓库"),
          Phrase(
            "Make it a submodule of the project: the source is fetched with its submodules.",
            "请将其设为项目的子模块，源码会连同子模块一起获取。"))
      } else if isWeb, let host = Self.host(of: source.text) {
        note(
          source.at,
          Phrase(
            "ADD fetches from \(host): over a link only allowed addresses can be reached.",
            "ADD 将从 \(host) 下载：经链路构建时只能访问放行的地址。"),
          Phrase(
            "Have the link let out to it and name it (`acr-console link edit`), or keep the file in the project.",
            "请在链路中放行并添加其主机名（`acr-console link edit`），或将文件放入项目。"))
      }
    }
  }

  private static func host(of address: String) -> String? {
    address.firstRange(of: "://").map { String(address[$0.upperBound...].prefix { !"/?#".contains($0) }) }
  }

  /// Another builder's frontend, which nothing here runs.
  private mutating func frontend(_ syntax: String) {
    let name = syntax.split(separator: "@").first.map(String.init) ?? syntax
    let known = ["docker/dockerfile", "docker.io/docker/dockerfile"]
    guard !known.contains(where: { name == $0 || name.hasPrefix($0 + ":") }) else { return }
    lacking(
      DockerfilePosition(line: 1, column: 1), Phrase("The frontend \(syntax)", "前端 \(syntax)"),
      Phrase("Write the file in the Dockerfile's own syntax, without # syntax=.", "请使用标准 Dockerfile 语法，去掉 # syntax=。"))
  }

  static func modifier(_ modifier: String, at place: DockerfilePosition) -> DockerfileProblem {
    DockerfileProblem(
      .lacking, at: place,
      Phrase("The local engine (buildah) hasn't got: \(modifier).", "本机引擎（buildah）不支持：\(modifier)。"),
      mend: Phrase("Write ${NAME:-default} or ${NAME:+value}.", "请使用 ${NAME:-默认值} 或 ${NAME:+值}。"))
  }

  private mutating func lacking(_ place: DockerfilePosition, _ what: Phrase, _ mend: Phrase) {
    problems.append(
      DockerfileProblem(
        .lacking, at: place,
        Phrase("The local engine (buildah) hasn't got: \(what.en).", "本机引擎（buildah）不支持：\(what.zh)。"), mend: mend))
  }

  private mutating func note(_ place: DockerfilePosition, _ message: Phrase, _ mend: Phrase) {
    problems.append(DockerfileProblem(.note, at: place, message, mend: mend))
  }
}
