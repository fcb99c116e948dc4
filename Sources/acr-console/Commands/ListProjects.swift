import ArgumentParser
import SecureBuild

struct ListProjects: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "projects",
      Phrase(
        "List the projects of the bound GitLab that images can be built from, however many there are.",
        "列出所绑定 GitLab 中可用于构建的项目，不限数量。"),
      json: "[CodeRepoId CodeRepoNamespaceName CodeRepoName DefaultBranch]")
  }

  @OptionGroup var choice: InstanceChoice
  @Option(help: ArgumentHelp(Phrase("Only those whose name has this in it.", "仅限名称包含该文本的项目。"), value: "text"))
  var search = ""
  @Option(help: ArgumentHelp(Phrase("At most so many; else all.", "最多显示的数量；默认全部。"), value: "n"))
  var limit: Int?
  @OptionGroup var common: CommonOptions

  func check() throws {
    _ = try choice.id()
    guard limit.map({ $0 > 0 }) ?? true else {
      throw ValidationError(Phrase("--limit is a number of projects", "--limit 为项目数量")(HelpLanguage.current))
    }
  }

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let instance = try choice.id()
    var projects: [GitLabProject] = []
    var after: Int?
    repeat {
      let page = try await workspace.projects(of: instance, search: search, after: after)
      projects += page
      // A GitLab that doesn't go on would be asked for ever.
      after = page.last.flatMap { last in after.map { last.id > $0 } ?? true ? last.id : nil }
    } while after != nil && projects.count < limit ?? .max
    try invocation.output.list(
      projects.prefix(limit ?? .max).map(ProjectView.init),
      orElse: Phrase("There is no such project.", "没有符合条件的项目。"))
  }
}

struct ProjectView: Presentable {
  let project: GitLabProject

  /// Its group, and its name in it.
  private var parts: (namespace: String, name: String) {
    guard let slash = project.path.lastIndex(of: "/") else { return ("", project.path) }
    return (String(project.path[..<slash]), String(project.path[project.path.index(after: slash)...]))
  }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Id", "编号")) { view, _ in String(view.project.id) },
      Column(Phrase("Project", "项目"), width: .max) { view, _ in view.project.path },
      Column(Phrase("Default branch", "默认分支")) { view, _ in view.project.defaultBranch ?? "" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "CodeRepoId": .number(project.id), "CodeRepoNamespaceName": .string(parts.namespace),
      "CodeRepoName": .string(parts.name), "DefaultBranch": .optional(project.defaultBranch),
    ]
  }
}
