import FoundationEssentials

/// A program to be measured, and what it shows.
public struct Subject: Sendable {
  public let name: String
  public let command: [String]
  public var environment: [String: String]
  /// A file that is its standard input.
  public var input: String?
  /// The Debian package that it comes from; nil for our own.
  public var package: String?
  /// What stands last on its first screen: with it the screen is complete.
  public var lastWord: String
  /// What goes one line down in it, and back up.
  public var down: String
  public var up: String

  public init(
    name: String, command: [String], environment: [String: String], input: String? = nil, package: String? = nil,
    lastWord: String, down: String = "\u{1b}OB", up: String = "\u{1b}OA"
  ) {
    self.name = name
    self.command = command
    self.environment = environment
    self.input = input
    self.package = package
    self.lastWord = lastWord
    (self.down, self.up) = (down, up)
  }

  /// Whether it is there to be measured.
  public var isInstalled: Bool {
    package == nil
      || ["/usr/bin", "/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(command[0])") }
  }
}
