/// What `git fast-import` reads.
struct FastImport {
  private(set) var bytes: [UInt8] = []
  private var marks: [String: Int] = [:]

  /// Everything that a project's site says of its repository.
  init(_ project: SimulatedProject) {
    for commit in project.commits { add(commit) }
    for branch in project.branches { point("refs/heads/\(branch.name)", at: branch.commit) }
    for tag in project.tags where tag.message.isEmpty { point("refs/tags/\(tag.name)", at: tag.commit) }
    for tag in project.tags where !tag.message.isEmpty {
      let commit = tag.commit
      line("tag \(tag.name)")
      line("from :\(marks[commit.id] ?? 0)")
      line("tagger \(commit.author) <\(commit.email)> \(commit.time) +0000")
      data(Array("\(tag.message)\n".utf8))
    }
    // The name that commits were made under goes again.
    line("reset \(Self.making)")
    line("from \(String(repeating: "0", count: 40))")
    line("")
    line("done")
  }

  private static let making = "refs/import/making"

  private mutating func add(_ commit: SimulatedCommit) {
    let files = commit.files.sorted { $0.key < $1.key }
    for (_, file) in files where file.mode != .submodule && marks[file.id] == nil {
      line("blob")
      mark(file.id)
      data(file.content)
    }
    // Else it would come after the one before.
    line("reset \(Self.making)")
    line("")
    line("commit \(Self.making)")
    mark(commit.id)
    for role in ["author", "committer"] { line("\(role) \(commit.author) <\(commit.email)> \(commit.time) +0000") }
    data(Array(commit.message.utf8))
    for (index, parent) in commit.parents.enumerated() {
      line("\(index == 0 ? "from" : "merge") :\(marks[parent] ?? 0)")
    }
    line("deleteall")
    for (path, file) in files {
      line("M \(file.mode.rawValue) \(file.mode == .submodule ? file.id : ":\(marks[file.id] ?? 0)") \(path)")
    }
    line("")
  }

  private mutating func point(_ ref: String, at commit: SimulatedCommit) {
    line("reset \(ref)")
    line("from :\(marks[commit.id] ?? 0)")
    line("")
  }

  private mutating func mark(_ id: String) {
    marks[id] = marks.count + 1
    line("mark :\(marks.count)")
  }

  private mutating func data(_ content: [UInt8]) {
    line("data \(content.count)")
    bytes += content
    line("")
  }

  private mutating func line(_ text: String) { bytes += Array("\(text)\n".utf8) }
}
