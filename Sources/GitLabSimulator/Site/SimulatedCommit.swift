/// A commit with all its files. Its id is the one that git gives to the same, so that it follows from its content alone.
public struct SimulatedCommit: Sendable, Identifiable {
  /// 40 hexadecimal digits.
  public let id: String
  public let message: String
  public let author: String
  public let email: String
  /// Seconds since 1970.
  public let time: Int
  public let parents: [String]
  /// By path, without folders of their own.
  public let files: [String: SimulatedFile]

  public init(
    _ message: String, files: [String: SimulatedFile], author: String, email: String, time: Int,
    after parents: [SimulatedCommit] = []
  ) {
    self.message = message.hasSuffix("\n") ? message : message + "\n"
    self.files = files
    self.author = author
    self.email = email
    self.time = time
    self.parents = parents.map(\.id)
    let who = "\(author) <\(email)> \(time) +0000"
    let lines =
      ["tree \(GitId.ofTree(files))"] + self.parents.map { "parent \($0)" } + ["author \(who)", "committer \(who)"]
    id = GitId.of("commit", Array((lines.joined(separator: "\n") + "\n\n" + self.message).utf8))
  }
}
