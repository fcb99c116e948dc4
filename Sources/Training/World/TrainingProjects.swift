import GitLabSimulator

/// The projects of the training GitLabs.
enum TrainingProjects {
  private static let groups = [
    "platform", "shop", "payments", "mobile", "data", "search", "iot", "devops", "crm", "logistics", "security", "web",
  ]
  private static let names = [
    "api", "admin", "worker", "gateway", "sdk", "docs", "jobs", "proto", "config", "portal", "tests",
  ]

  /// More than a hundred, so that lists page. `dev` maintains all but those of `security`, which stay hidden.
  static let many: [SimulatedProject] = {
    var projects = [helloWeb]
    for (row, group) in groups.enumerated() {
      for (column, name) in names.enumerated() {
        let id = 101 + row * names.count + column
        projects.append(plain(id, "\(group)/\(name)", isHidden: group == "security"))
      }
    }
    return projects
  }()

  static let few: [SimulatedProject] = [helloWeb, plain(101, "retail/storefront"), plain(102, "retail/pos"), empty]

  /// The project that the lessons build: branches and tags that build rules can match, and a Dockerfile that needs no
  /// other image.
  static let helloWeb: SimulatedProject = {
    var files: [String: SimulatedFile] = [
      "README.md": "# hello-web\n\nA page in an image, to try a build with.\n",
      "Dockerfile": "FROM scratch\nCOPY src/index.html /index.html\n",
      "src/index.html": "<!DOCTYPE html>\n<title>hello</title>\n<p>hello</p>\n",
    ]
    let first = commit("First page", 0, files)
    files["Dockerfile"] = "FROM scratch\nLABEL org.opencontainers.image.title=hello-web\nCOPY src/ /www/\n"
    let second = commit("Serve all of src", 1, files, after: first)
    files["src/index.html"] = "<!DOCTYPE html>\n<title>hello</title>\n<p>hello, release 1</p>\n"
    let third = commit("Release 1", 2, files, after: second)
    return SimulatedProject(
      id: 100, path: "platform/hello-web", description: "A page in an image", members: members,
      branches: [
        SimulatedBranch(name: "main", commit: second, protected: true),
        SimulatedBranch(name: "develop", commit: first),
        SimulatedBranch(name: "release-v1", commit: third, protected: true),
      ],
      tags: [
        SimulatedTag(name: "v1.0.0", commit: second),
        SimulatedTag(name: "v1.1.0", commit: third, message: "Release 1"),
      ])
  }()

  private static let empty = SimulatedProject(
    id: 103, path: "retail/new", description: "Nothing in it yet", defaultBranch: nil, members: members)

  static let members = [
    TrainingUser.root.rawValue: 50, TrainingUser.dev.rawValue: 40, TrainingUser.qa.rawValue: 30,
    TrainingUser.bot.rawValue: 40, TrainingUser.blocked.rawValue: 30,
  ]

  private static func plain(_ id: Int, _ path: String, isHidden: Bool = false) -> SimulatedProject {
    let files: [String: SimulatedFile] = [
      "README.md": SimulatedFile("# \(path)\n"), "Dockerfile": "FROM scratch\nCOPY README.md /\n",
    ]
    return SimulatedProject(
      id: id, path: path, members: isHidden ? [TrainingUser.root.rawValue: 50] : members,
      branches: [SimulatedBranch(name: "main", commit: commit("Initial commit", 0, files), protected: true)])
  }

  /// A commit of `dev`'s, as many months after the first as `number` says.
  static func commit(
    _ message: String, _ number: Int, _ files: [String: SimulatedFile], after parent: SimulatedCommit? = nil
  ) -> SimulatedCommit {
    // From 2026-03-16 02:00 UTC on.
    SimulatedCommit(
      message, files: files, author: TrainingUser.dev.name, email: "dev@corp.example",
      time: 1_773_626_400 + number * 31 * 86400, after: parent.map { [$0] } ?? [])
  }
}
