/// A Dockerfile as it is written: its instructions in their order, and what can't be one.
public struct Dockerfile: Sendable {
  /// What `# syntax=` names; nil where it says nothing.
  public let syntax: String?
  public let instructions: [DockerfileInstruction]
  /// What no builder would take.
  public let problems: [DockerfileProblem]
  let escape: Unicode.Scalar

  /// Reads a file; what is wrong with it is among the problems.
  public init(_ bytes: some Sequence<UInt8>) {
    var reader = DockerfileReader(bytes)
    reader.read()
    syntax = reader.syntax
    instructions = reader.instructions
    problems = reader.problems.sorted()
    escape = reader.escape
  }
}

/// One instruction of a Dockerfile.
public struct DockerfileInstruction: Sendable, Equatable {
  /// In capitals: `COPY`. Of `ONBUILD` this is what it is about, and `isTrigger` says so.
  public let keyword: String
  public let isTrigger: Bool
  /// `--from=builder` and the like, in front of everything else.
  public let flags: [Flag]
  /// What stands behind the flags, its continued lines joined.
  public let rest: String
  /// The same split at white space, quotes and all; of the JSON form its texts.
  public let words: [Word]
  /// Whether it is in the JSON form: `["/bin/sh", "-c"]`.
  public let isJSON: Bool
  /// `<<EOF`: where each begins.
  public let heredocs: [Heredoc]
  /// Where it begins and ends, from 1.
  public let line: Int
  public let lastLine: Int
  public let column: Int

  public struct Flag: Sendable, Equatable {
    /// Without its hyphens: `from`.
    public let name: String
    /// Nil where there is no `=`.
    public let value: String?
    public let at: DockerfilePosition
  }

  public struct Word: Sendable, Equatable {
    public let text: String
    public let at: DockerfilePosition
  }

  public struct Heredoc: Sendable, Equatable {
    public let name: String
    public let at: DockerfilePosition
  }

  public func flag(_ name: String) -> Flag? { flags.last { $0.name == name } }
}

/// A line and a column, both from 1.
public struct DockerfilePosition: Sendable, Hashable, Comparable {
  public let line: Int
  public let column: Int

  public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
