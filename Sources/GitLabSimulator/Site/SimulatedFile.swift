/// A file of a repository, as a commit has it.
public struct SimulatedFile: Sendable, Equatable {
  public let mode: Mode
  /// Of a link, where it leads; of a submodule nothing.
  public let content: [UInt8]
  /// What git calls it by: of a submodule the commit.
  let id: String

  /// As git writes it.
  public enum Mode: String, Sendable {
    case plain = "100644"
    case executable = "100755"
    case link = "120000"
    case submodule = "160000"
  }

  public init(_ content: [UInt8], mode: Mode = .plain) {
    self.mode = mode
    self.content = content
    id = GitId.of("blob", content)
  }

  public init(_ text: String, mode: Mode = .plain) { self.init(Array(text.utf8), mode: mode) }

  private init(submodule commit: String) {
    mode = .submodule
    content = []
    id = commit
  }

  /// A commit of another repository, which `.gitmodules` names.
  public static func submodule(at commit: SimulatedCommit) -> SimulatedFile { SimulatedFile(submodule: commit.id) }
}

extension SimulatedFile: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}
