import GitLabSimulator
import SecureBuild

/// Projects that show what a build can end in. All build from nothing (`FROM scratch`) within seconds.
enum TrainingSamples {
  /// - Parameters:
  ///   - busybox: a program that needs no library; without one those that run something are left out.
  ///   - page: an address of the training network that a build reaches only where the link allows it; nil leaves out
  ///     what needs it.
  static func all(busybox: [UInt8]?, page: Endpoint?) -> [SimulatedProject] {
    let still = [broken, stages, arguments, heredoc, releases, submodule]
    guard let busybox else { return still }
    let program = SimulatedFile(busybox, mode: .executable)
    return still + [page.map { fetch($0, by: program) }, stepFails(by: program), slow(by: program)].compactMap { $0 }
  }

  private static let broken = project(
    301, "broken", "A Dockerfile that copies a file that isn't there",
    ["Dockerfile": "FROM scratch\n# There is no such file: the build fails here.\nCOPY app /app\n"])

  private static let stages = project(
    302, "stages", "Several stages, one image",
    [
      "Dockerfile": """
      FROM scratch AS pages
      COPY pages/ /pages/

      FROM scratch AS settings
      COPY settings.conf /etc/site.conf

      FROM scratch
      COPY --from=pages /pages/ /www/
      COPY --from=settings /etc/site.conf /etc/site.conf

      """,
      "pages/index.html": "<!DOCTYPE html>\n<title>stages</title>\n", "settings.conf": "root = /www\n",
    ])

  private static let arguments = project(
    303, "arguments", "Build arguments: --build-arg PAGE=night",
    [
      "Dockerfile": """
      FROM scratch
      # What a rule's build arguments change.
      ARG PAGE=day
      ARG VERSION=0
      LABEL org.opencontainers.image.version=$VERSION
      COPY pages/${PAGE}.html /index.html

      """,
      "pages/day.html": "<!DOCTYPE html>\n<title>day</title>\n",
      "pages/night.html": "<!DOCTYPE html>\n<title>night</title>\n",
    ])

  private static let heredoc = project(
    304, "heredoc", "Syntax that the local engine lacks: a here-document",
    ["Dockerfile": "# syntax=docker/dockerfile:1\nFROM scratch\nCOPY <<EOF /motd\nhello\nEOF\n"])

  /// Names that rules with expressions can match, and names that they shouldn't.
  private static let releases: SimulatedProject = {
    let versions = ["1.0", "1.1", "2.0"]
    var files: [String: SimulatedFile] = ["Dockerfile": "FROM scratch\nCOPY VERSION /VERSION\n"]
    var commits: [SimulatedCommit] = []
    for (number, version) in versions.enumerated() {
      files["VERSION"] = SimulatedFile("\(version)\n")
      commits.append(TrainingProjects.commit("Version \(version)", number, files, after: commits.last))
    }
    var releases = project(305, "releases", "Branches and tags for rules with expressions", files, after: commits.last)
    let branches = ["release-v1", "release-v1.1", "release-v2"]
    releases.branches += zip(branches, commits).map { SimulatedBranch(name: $0, commit: $1, protected: true) }
    releases.branches += ["hotfix-v1", "feature/new-page"].map { SimulatedBranch(name: $0, commit: commits[1]) }
    releases.tags = zip(["v1.0.0", "v1.1.0", "v2.0.0-rc.1"], commits).map {
      SimulatedTag(name: $0, commit: $1, message: "Version \($0.dropFirst())")
    }
    releases.tags.append(SimulatedTag(name: "nightly", commit: commits[2]))
    return releases
  }()

  private static let submodule: SimulatedProject = {
    let pages = TrainingProjects.helloWeb.branches[0].commit
    return project(
      306, "submodule", "Another project of the same GitLab inside",
      [
        ".gitmodules": "[submodule \"pages\"]\n\tpath = pages\n\turl = ../../platform/hello-web.git\n",
        "pages": .submodule(at: pages), "Dockerfile": "FROM scratch\nCOPY pages/src/ /www/\n",
      ])
  }()

  /// busybox's own `wget` dies in an image without a C library's files (Debian 12); its `nc` doesn't.
  private static func fetch(_ page: Endpoint, by program: SimulatedFile) -> SimulatedProject {
    project(
      311, "fetch", "Fetches a page while it is built, from an address that the link must allow",
      [
        "Dockerfile": SimulatedFile(
          """
          FROM scratch
          COPY bin/busybox /bin/busybox
          COPY fetch.sh /fetch.sh
          # Refused until the link's other IP addresses have this one.
          RUN ["/bin/busybox", "sh", "/fetch.sh", "\(page.address)", "\(page.port)"]

          """), "bin/busybox": program,
        "fetch.sh": """
        echo "fetching http://$1:$2/"
        printf 'GET / HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$1" |
          /bin/busybox nc -w 5 "$1" "$2" >/page.html || exit 1
        /bin/busybox head -n 1 /page.html

        """,
      ])
  }

  private static func stepFails(by program: SimulatedFile) -> SimulatedProject {
    project(
      312, "step-fails", "A step that fails",
      [
        "Dockerfile": """
        FROM scratch
        COPY bin/busybox /bin/busybox
        RUN ["/bin/busybox", "sh", "-c", "echo 2 of 3 tests failed >&2; exit 3"]

        """, "bin/busybox": program,
      ])
  }

  private static func slow(by program: SimulatedFile) -> SimulatedProject {
    project(
      313, "slow", "Takes a minute and says so: to follow a log, and to cancel",
      [
        "Dockerfile": """
        FROM scratch
        COPY bin/busybox /bin/busybox
        COPY count.sh /count.sh
        RUN ["/bin/busybox", "sh", "/count.sh"]

        """, "bin/busybox": program,
        "count.sh":
          "for second in $(/bin/busybox seq 60); do\n  echo \"second $second of 60\"\n  /bin/busybox sleep 1\ndone\n",
      ])
  }

  private static func project(
    _ id: Int, _ name: String, _ description: String, _ files: [String: SimulatedFile],
    after parent: SimulatedCommit? = nil
  ) -> SimulatedProject {
    var files = files
    files["README.md"] = SimulatedFile("# \(name)\n\n\(description).\n")
    let commit = TrainingProjects.commit("Add the sample", parent == nil ? 0 : 3, files, after: parent)
    return SimulatedProject(
      id: id, path: "samples/\(name)", description: description, members: TrainingProjects.members,
      branches: [SimulatedBranch(name: "main", commit: commit, protected: true)])
  }
}
