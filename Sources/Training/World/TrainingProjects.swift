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

  /// The project that the lessons build: branches and tags that build rules can match.
  private static let helloWeb: SimulatedProject = {
    let commits = ["First page", "Serve it with busybox", "Release 1"].enumerated().map { index, title in
      commit("platform/hello-web", index, title)
    }
    var files: [String: [UInt8]] = [
      "README.md": Array("# hello-web\n\nA page in an image, to try a build with.\n".utf8),
      "Dockerfile": Array(
        "FROM busybox:1.36\nCOPY src/index.html /www/index.html\nCMD [\"httpd\", \"-f\", \"-h\", \"/www\"]\n".utf8),
      "src/index.html": Array("<!DOCTYPE html>\n<title>hello</title>\n<p>hello</p>\n".utf8),
    ]
    let first = files
    files["src/index.html"] = Array("<!DOCTYPE html>\n<title>hello</title>\n<p>hello, release 1</p>\n".utf8)
    return SimulatedProject(
      id: 100, path: "platform/hello-web", description: "A page in an image", members: members,
      branches: [
        SimulatedBranch(name: "main", commit: commits[1], protected: true),
        SimulatedBranch(name: "develop", commit: commits[0]),
        SimulatedBranch(name: "release-v1", commit: commits[2], protected: true),
      ],
      tags: [
        SimulatedTag(name: "v1.0.0", commit: commits[1]),
        SimulatedTag(name: "v1.1.0", commit: commits[2], message: "Release 1"),
      ],
      trees: [commits[0].id: first, commits[1].id: first, commits[2].id: files])
  }()

  private static let empty = SimulatedProject(
    id: 103, path: "retail/new", description: "Nothing in it yet", defaultBranch: nil, members: members)

  private static let members = [
    TrainingUser.root.rawValue: 50, TrainingUser.dev.rawValue: 40, TrainingUser.qa.rawValue: 30,
    TrainingUser.bot.rawValue: 40, TrainingUser.blocked.rawValue: 30,
  ]

  private static func plain(_ id: Int, _ path: String, isHidden: Bool = false) -> SimulatedProject {
    let only = commit(path, 0, "Initial commit")
    return SimulatedProject(
      id: id, path: path, members: isHidden ? [TrainingUser.root.rawValue: 50] : members,
      branches: [SimulatedBranch(name: "main", commit: only, protected: true)],
      trees: [
        only.id: [
          "README.md": Array("# \(path)\n".utf8),
          "Dockerfile": Array("FROM scratch\nCOPY README.md /\n".utf8),
        ]
      ])
  }

  private static func commit(_ path: String, _ number: Int, _ title: String) -> SimulatedCommit {
    var derivation = Derivation(from: "\(path)/commit/\(number)")
    return SimulatedCommit(
      id: derivation.text(40, of: "0123456789abcdef"), title: title, author: TrainingUser.dev.name,
      email: "dev@corp.example", createdAt: "2026-0\(number + 3)-16T02:00:00.000Z")
  }
}
