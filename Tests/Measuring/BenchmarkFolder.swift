import FoundationEssentials
import Glibc

/// Where a benchmark's programs run: a home without anybody's settings, and files for nnn to list.
public struct BenchmarkFolder: Sendable {
  public let path: String
  public static let files = 10_000

  public var workspace: String { "\(path)/workspace" }
  private var names: String { "\(path)/names" }

  /// Makes it, named for the benchmark.
  public init(_ name: String) throws {
    path = FileManager.default.temporaryDirectory.path + "/\(name)-\(getpid())"
    // nnn wants its folder of settings to be there.
    for folder in [names, "\(path)/config"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    for number in 0..<Self.files { try Data().write(to: URL(filePath: "\(names)/\(Self.word(number)).txt")) }
  }

  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The first word of a line, and the name of a file: in order of their numbers.
  public static func word(_ number: Int) -> String {
    let digits = String(number)
    return "n" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  public var environment: [String: String] {
    [
      "HOME": path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "XDG_CONFIG_HOME": "\(path)/config", "XDG_STATE_HOME": "\(path)/state", "ACR_CONSOLE_WORKSPACE": workspace,
    ]
  }

  /// The console, on the benchmark's workspace.
  public func console(_ program: String) -> Subject {
    Subject(name: "acr-console", command: [program], environment: environment, lastWord: "keys")
  }

  /// nnn, on the files; of 40 rows it takes 4 for itself.
  public var nnn: Subject {
    Subject(name: "nnn", command: ["nnn", names], environment: environment, package: "nnn", lastWord: Self.word(35))
  }
}
