import SecureBuild

/// What the page says of the world around the program.
extension ManualPage {
  mutating func environment() {
    section(Phrase("ENVIRONMENT", "环境变量"))
    let variables: [(String, Phrase)] = [
      (
        "ACR_CONSOLE_WORKSPACE",
        Phrase("The workspace's folder, where --workspace isn't given.", "未给出 --workspace 时的工作区目录。")
      ),
      (
        ProcessEnvironment.tokenVariable,
        Phrase(
          "A GitLab token for `gitlab bind`. It is taken out of the environment before anything else happens, and never an argument.",
          "供 `gitlab bind` 使用的 GitLab Token。程序启动后立即将其从环境中清除；Token 绝不作为参数传递。")
      ),
      (
        ProcessEnvironment.registryPasswordVariable,
        Phrase(
          "A registry's password for `registry set`, taken out of the environment in the same way.",
          "供 `registry set` 使用的镜像服务密码，同样会立即从环境中清除。")
      ),
      (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
        Phrase(
          "The folders below which this program keeps its files. One that isn't absolute is ignored.",
          "本程序存放文件的上级目录；非绝对路径会被忽略。")
      ),
      ("LC_ALL, LC_MESSAGES, LANG", Phrase("The language: the first that is set decides.", "语言：由最先设置的一项决定。")),
      ("NO_COLOR", Phrase("No colours when it is set.", "设置后不使用颜色。")),
      ("TERM, COLORTERM", Phrase("What the terminal can show.", "终端的显示能力。")),
    ]
    let language = language
    list(variables) { ("Ev \(Roff.argument($0.0))", [$0.1(language)]) }
  }

  mutating func files() {
    section(Phrase("FILES", "文件"))
    let files: [(String, Phrase)] = [
      (
        "$XDG_CONFIG_HOME/acr-console/settings.toml",
        Phrase("The settings. Without the variable: ~/.config.", "设置。未设置该变量时为 ~/.config。")
      ),
      (
        "$XDG_CONFIG_HOME/acr-console/themes/",
        Phrase("Themes of your own, a file NAME.toml each.", "自定义主题，每个主题一个 NAME.toml 文件。")
      ),
      (
        "$XDG_DATA_HOME/acr-console/",
        Phrase(
          "The default workspace: text files that can be read, compared and copied. Without the variable: ~/.local/share.",
          "默认工作区：可阅读、比较和复制的文本文件。未设置该变量时为 ~/.local/share。")
      ),
      (
        "journal.N.jsonl, history/",
        Phrase("In a workspace: every change, with its time and who made it.", "工作区内：每次修改及其时间和操作者。")
      ),
      (
        "secrets/",
        Phrase(
          "In a workspace: the tokens and passwords, a file each, for nobody else to read; or by which id a git credential helper has them.",
          "工作区内：Token 和密码，每个一个文件，其他用户不可读；或其在 git 凭据助手中的编号。")
      ),
      (
        "builds/INSTANCE/BUILD/record.jsonl, log",
        Phrase(
          "In a workspace: what became of a build, a line an event, and what its programs said.",
          "工作区内：构建的经过（每行一个事件）及其程序的输出。")
      ),
      (
        "builds/runner.log",
        Phrase("In a workspace: what the process that builds said of itself.", "工作区内：构建运行器自身的日志。")
      ),
      (
        "registry/INSTANCE/, images/",
        Phrase(
          "In a workspace: OCI layouts with the images that were built, where no registry is set, and with the base images that were imported.",
          "工作区内：OCI 布局，分别存放构建出的镜像（未设置镜像服务时）和导入的基础镜像。")
      ),
      (
        "$XDG_STATE_HOME/acr-console/console.json, workspaces",
        Phrase(
          "The region shown last and half-filled forms (never a token); the workspaces opened before. Without the variable: ~/.local/state.",
          "上次显示的地域和未填完的表单（不含 Token）；打开过的工作区。未设置该变量时为 ~/.local/state。")
      ),
    ]
    let language = language
    list(files) { ("Pa \(Roff.argument($0.0))", [$0.1(language)]) }
  }

  mutating func exitStatus() {
    section(Phrase("EXIT STATUS", "退出状态"))
    let statuses: [(Int32, Phrase)] = [
      (0, Phrase("Done; with build start --wait: the build is a SUCCESS.", "完成；build start --wait：构建 SUCCESS。")),
      (
        1,
        Phrase(
          "Refused, by a rule or by GitLab; with build start --wait: the build ended in FAIL.",
          "被规则或 GitLab 拒绝；build start --wait：构建 FAIL。")
      ),
      (
        Code.usage.exitStatus,
        Phrase("The command line makes no sense, or nobody could be asked.", "命令行无法理解，或无法向用户确认。")
      ),
      (Code.serverError.exitStatus, Phrase("A service can't be reached.", "无法访问服务。")),
      (
        Code.noWorkspace.exitStatus,
        Phrase("The workspace, or the output, can't be read or written.", "无法读写工作区或输出。")
      ),
      (
        Code.stale.exitStatus,
        Phrase(
          "Try again: somebody else changed it meanwhile or holds the lock, or GitLab wants fewer requests.",
          "请重试：期间被他人修改、锁被占用，或 GitLab 限制请求频率。")
      ),
      (
        Code.cancelled.exitStatus,
        Phrase(
          "Cancelled; nothing was saved. With build start --wait: the build was cancelled, or is no longer waited for and goes on.",
          "已取消，未保存任何内容。build start --wait：构建已取消，或已停止等待而构建仍在进行。")
      ),
    ]
    let language = language
    list(statuses) { ("Li \($0.0)", [$0.1(language)]) }
  }

  mutating func examples() {
    section(Phrase("EXAMPLES", "示例"))
    say(Phrase("Make a workspace to practise in, and look at what its world can show:", "创建演练工作区，并查看演练环境："))
    pre(["acr-console workspace init --training", "acr-console train world"])
    paragraph()
    say(Phrase("Create a link and bind an account over it:", "创建链路并绑定账号："))
    pre([
      "acr-console link create --instance cri-… --gitlab-ip 192.168.10.20 \\",
      "    --allow 192.168.10.30=Maven --vpc vpc-… --vswitch vsw-…",
      "acr-console gitlab bind --instance cri-… --link link-… \\",
      "    --address https://gitlab.corp.example --username dev",
    ])
    paragraph()
    say(Phrase("Build an image from its source, and follow it:", "从源码构建镜像并跟踪："))
    pre([
      "acr-console repository create --instance cri-… --namespace team --name app \\",
      "    --summary App --project team/app",
      "acr-console rule add --repository crr-… --push-type GIT_BRANCH --push-name main \\",
      "    --image-tag latest",
      "acr-console rule check crbr-…",
      "acr-console build start --rule crbr-…",
      "acr-console build log build-… --follow",
    ])
  }
}
