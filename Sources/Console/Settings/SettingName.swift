import SecureBuild

/// The settings that there are, by their names in the file, with what a person should know of each.
public enum SettingName: String, Sendable, CaseIterable {
  case language
  case theme
  case mouse
  case escapeDelay = "escape_delay_ms"
  case credentialHelper = "credential_helper"
  case keys
  case build
  case kubernetes

  /// What it does.
  public var meaning: Phrase {
    switch self {
    case .language:
      Phrase(
        "The language of screens, tables, help and messages. Without it, LC_ALL, LC_MESSAGES and LANG decide, in this order.",
        "界面、表格、帮助和消息的语言。未设置时依次由 LC_ALL、LC_MESSAGES、LANG 决定。")
    case .theme:
      Phrase(
        "The console's theme: a built-in one, or a file NAME.toml in the folder themes beside the settings file.",
        "控制台界面的主题：内置主题，或设置文件旁 themes 目录中的 NAME.toml。")
    case .mouse:
      Phrase(
        "Whether the console takes the mouse. Without, the terminal's own selection works.",
        "控制台是否接管鼠标。关闭后可使用终端自带的选择功能。")
    case .escapeDelay:
      Phrase(
        "Milliseconds to wait after Esc for the rest of a key's sequence: more for slow lines.",
        "按下 Esc 后等待按键序列其余部分的毫秒数：线路较慢时可调大。")
    case .credentialHelper:
      Phrase(
        "The git credential helper that new tokens and registry passwords of own workspaces go to. Without one each is a file of mode 0600 in the workspace's folder secrets. What is stored stays where it is.",
        "自有工作区的新 Token 和镜像服务密码交给哪个 git 凭据助手保存。未设置时，每个密钥是工作区 secrets 目录中的一个权限 0600 的文件。已保存的保持原处。")
    case .keys:
      Phrase(
        "A table of the console's actions, each with the key or the list of keys that it gets instead of its own.",
        "控制台操作的按键表：为操作指定一个或一组按键，取代其默认按键。")
    case .build:
      Phrase(
        "A table of how builds run: how many at once, and what each may use up. A runner that works already keeps what it began with.",
        "构建运行方式表：同时运行的数量，以及每次构建的资源上限。已在运行的运行器沿用启动时的值。")
    case .kubernetes:
      Phrase(
        "A table of the cluster that builds with --engine kubernetes are given to. What isn't set is as your kubectl has it.",
        "使用 --engine kubernetes 构建时的集群设置表。未设置的项以本机 kubectl 的配置为准。")
    }
  }

  /// What it may be.
  public var values: Phrase {
    switch self {
    case .language: Phrase("\"en\" or \"zh\"", "\"en\" 或 \"zh\"")
    case .theme:
      Phrase("a theme's name in quotes; `acr-console theme list` shows them", "带引号的主题名称，可用 `acr-console theme list` 查看")
    case .mouse: Phrase("true or false", "true 或 false")
    case .escapeDelay: Self.values(Self.delays)
    case .credentialHelper:
      Phrase(
        "a helper in quotes, as git's credential.helper names it (\"libsecret\", \"cache --timeout=36000\", an absolute path), without anything of a shell's",
        "带引号的凭据助手，写法同 git 的 credential.helper（\"libsecret\"、\"cache --timeout=36000\" 或绝对路径），不得含 shell 语法")
    case .keys:
      Phrase("[keys], then lines of action = \"key\" or [\"key\", \"key\"]", "[keys]，其下各行为 操作 = \"键\" 或 [\"键\", \"键\"]")
    case .build:
      Phrase(
        "[build], then lines of name = number: \(BuildSettingName.allCases.map(\.rawValue).joined(separator: ", "))",
        "[build]，其下各行为 名称 = 数值：\(BuildSettingName.allCases.map(\.rawValue).joined(separator: "、"))")
    case .kubernetes:
      Phrase(
        "[kubernetes], then lines of name = value: \(ClusterSettingName.allCases.map(\.rawValue).joined(separator: ", "))",
        "[kubernetes]，其下各行为 名称 = 值：\(ClusterSettingName.allCases.map(\.rawValue).joined(separator: "、"))")
    }
  }

  /// A number of a range.
  public static func values(_ range: ClosedRange<Int>) -> Phrase {
    Phrase(
      "a number from \(range.lowerBound) to \(range.upperBound)", "\(range.lowerBound) 到 \(range.upperBound) 之间的整数")
  }

  static let delays = 0...5000
}
