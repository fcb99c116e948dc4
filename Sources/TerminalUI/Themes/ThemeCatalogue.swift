import Glibc

/// The themes there are: those built in, overridden or joined by the files of a folder.
public struct ThemeCatalogue: Sendable {
  /// A text is nil where the file can't be read.
  private var sources: [(name: String, file: String, text: String?)]

  /// - Parameters:
  ///   - builtIn: names and the bytes of their files.
  ///   - folder: where a user's `*.toml` lie; nil for none.
  public init(builtIn: [(name: String, bytes: [UInt8])], folder: String? = nil) {
    sources = builtIn.map { ($0.name, "\($0.name).toml", String(decoding: $0.bytes, as: UTF8.self)) }
    guard let folder, let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".toml"), !name.hasPrefix(".") { found.append(name) }
    }
    for name in found.sorted() {
      let theme = String(name.dropLast(5))
      sources.removeAll { $0.name == theme }
      sources.append((theme, "\(folder)/\(name)", Self.read("\(folder)/\(name)")))
    }
  }

  public var names: [String] { sources.map(\.name) }

  /// The file of one's own that a theme comes from; nil for a built-in one.
  public func file(of name: String) -> String? {
    sources.first { $0.name == name }.flatMap { $0.file.contains("/") ? $0.file : nil }
  }

  /// A theme by its name, with all that is wrong with its files; nil when it can't be used at all.
  public func theme(named name: String) -> (theme: Theme?, problems: [ThemeProblem]) {
    guard let read = styles(named: name, under: []) else { return (nil, []) }
    guard read.problems.isEmpty else { return (nil, read.problems) }
    return (Theme(name: name, styles: read.styles, contrast: read.contrast ?? Theme.usualContrast), [])
  }

  private func styles(named name: String, under children: [String]) -> (
    styles: [Role: Style], contrast: Double?, problems: [ThemeProblem]
  )? {
    guard let source = sources.first(where: { $0.name == name }) else { return nil }
    guard let text = source.text else {
      return ([:], nil, [ThemeProblem(file: source.file, line: 1, what: .unreadable)])
    }
    let file = ThemeFile(text, name: source.file)
    guard let parent = file.inherits else { return (file.styles, file.contrast, file.problems) }
    guard parent != name, !children.contains(parent), let inherited = styles(named: parent, under: children + [name])
    else {
      return (
        file.styles, file.contrast,
        file.problems + [
          ThemeProblem(file: source.file, line: file.line(of: "inherits", in: nil), what: .unknownParent(parent))
        ]
      )
    }
    return (
      inherited.styles.merging(file.styles) { $1 }, file.contrast ?? inherited.contrast,
      inherited.problems + file.problems
    )
  }

  private static func read(_ path: String) -> String? {
    // O_NONBLOCK: a pipe in its place must not hang the program.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0, let file = fdopen(descriptor, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
      bytes += chunk[..<count]
      if bytes.count > 1 << 20 { return nil }
    }
  }
}
