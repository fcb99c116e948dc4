/// Reads a Dockerfile's lines into instructions: parser directives, comments, continued lines, heredocs.
struct DockerfileReader {
  private(set) var instructions: [DockerfileInstruction] = []
  private(set) var problems: [DockerfileProblem] = []
  private(set) var syntax: String?
  private(set) var escape: Unicode.Scalar = "\\"
  private let lines: [[Unicode.Scalar]]
  /// The line that comes next, from 0.
  private var next = 0

  /// Longer files are no Dockerfiles.
  private static let longest = 1 << 20

  init(_ bytes: some Sequence<UInt8>) {
    var bytes = Array(bytes.prefix(Self.longest + 1))
    let isTooLong = bytes.count > Self.longest
    if isTooLong { bytes = [] }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    var lines: [[Unicode.Scalar]] = []
    var broken: Int?
    for (number, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let line = line.last == 13 ? line.dropLast() : line
      if broken == nil, String(validating: line, as: UTF8.self) == nil { broken = number + 1 }
      lines.append(Array(String(decoding: line, as: UTF8.self).unicodeScalars))
    }
    self.lines = lines
    if isTooLong {
      wrong(1, 1, Phrase("The file is larger than 1 MiB.", "文件大于 1 MiB。"), Phrase("Check its name.", "请检查文件名。"))
    } else if let broken {
      wrong(
        broken, 1, Phrase("The line isn't UTF-8.", "该行不是 UTF-8 编码。"),
        Phrase("Save the file as UTF-8.", "请以 UTF-8 保存文件。"))
    }
  }

  mutating func read() {
    readDirectives()
    while let logical = nextLogical() { add(logical) }
    if !instructions.contains(where: { $0.keyword == "FROM" && !$0.isTrigger }), problems.isEmpty {
      wrong(
        1, 1, Phrase("There is no FROM in it.", "文件中没有 FROM。"),
        Phrase("Begin it with FROM and a base image, or FROM scratch.", "请以 FROM 加基础镜像（或 FROM scratch）开头。"))
    }
  }

  // MARK: Directives

  /// `# escape=`, `# syntax=` and `# check=`: only before everything else, another comment too.
  private mutating func readDirectives() {
    var seen: Set<String> = []
    while next < lines.count, let (name, value) = Self.directive(lines[next]) {
      guard ["escape", "syntax", "check"].contains(name) else { return }
      if !seen.insert(name).inserted {
        wrong(
          next + 1, 1, Phrase("The directive \(name) is there twice.", "解析指令 \(name) 重复。"),
          Phrase("Keep one of them.", "请只保留一个。"))
      } else if name == "syntax" {
        syntax = value
      } else if name == "escape" {
        if let scalar = value.unicodeScalars.first, value.unicodeScalars.count == 1, scalar == "\\" || scalar == "`" {
          escape = scalar
        } else {
          wrong(
            next + 1, 1, Phrase("The escape character can't be “\(value)”.", "转义字符不能是“\(value)”。"),
            Phrase("Write # escape=\\ or # escape=`.", "请写 # escape=\\ 或 # escape=`。"))
        }
      }
      next += 1
    }
  }

  private static func directive(_ line: [Unicode.Scalar]) -> (String, String)? {
    guard line.first == "#", let equals = line.firstIndex(of: "=") else { return nil }
    let name = Self.text(line[1..<equals]).trimmed.lowercased()
    let value = Self.text(line[(equals + 1)...]).trimmed
    guard !name.isEmpty, !value.isEmpty, name.utf8.allSatisfy(\.isLetterOrDigit) else { return nil }
    return (name, value)
  }

  // MARK: Lines

  /// One instruction's text over all its lines, which knows where each part of it stands.
  struct Logical {
    var text: [Unicode.Scalar] = []
    var lastLine = 0
    private var pieces: [(start: Int, line: Int, column: Int)] = []

    mutating func append(_ part: ArraySlice<Unicode.Scalar>, line: Int) {
      pieces.append((text.count, line, part.startIndex + 1))
      text += part
      lastLine = line
    }

    func position(_ offset: Int) -> DockerfilePosition {
      let piece = pieces.last { $0.start <= offset } ?? (0, 1, 1)
      return DockerfilePosition(line: piece.line, column: piece.column + offset - piece.start)
    }
  }

  private mutating func nextLogical() -> Logical? {
    var logical = Logical()
    while next < lines.count {
      let line = lines[next]
      next += 1
      // Comments and empty lines don't count, and don't end what is continued.
      guard let first = line.firstIndex(where: { !$0.isBlank }), line[first] != "#" else { continue }
      let start = logical.text.isEmpty ? first : 0
      if let end = continued(line) {
        logical.append(line[start..<max(start, end)], line: next)
        continue
      }
      logical.append(line[start...], line: next)
      return logical
    }
    return logical.text.isEmpty ? nil : logical
  }

  /// Where a line's text ends that goes on in the next one; nil where it doesn't.
  private func continued(_ line: [Unicode.Scalar]) -> Int? {
    guard let last = line.lastIndex(where: { !$0.isBlank }), line[last] == escape else { return nil }
    return last > 0 && line[last - 1] == escape ? nil : last
  }

  // MARK: Instructions

  private mutating func add(_ logical: Logical) {
    var words = DockerfileWords(logical, escape: escape)
    guard let first = words.next() else { return }
    var keyword = first.text.uppercased()
    var place = first.at
    var isTrigger = false
    if keyword == "ONBUILD", let second = words.next() {
      isTrigger = true
      keyword = second.text.uppercased()
      place = second.at
    }
    guard DockerfileShape.known.contains(keyword), keyword != "ONBUILD" || !isTrigger else {
      let near = DockerfileShape.nearest(to: keyword)
      return wrong(
        place.line, place.column, Phrase("There is no instruction “\(first.text)”.", "没有名为“\(first.text)”的指令。"),
        near.map { Phrase("Did you mean \($0)?", "是否应为 \($0)？") }
          ?? Phrase(
            "A line that goes on ends with \(String(Character(escape))).", "续行须以 \(String(Character(escape))) 结尾。"))
    }
    let flags = DockerfileShape.flagged.contains(keyword) ? words.flags() : []
    let start = words.offset
    let json = words.json()
    let instruction = DockerfileInstruction(
      keyword: keyword, isTrigger: isTrigger, flags: flags,
      rest: Self.text(logical.text[min(start, logical.text.count)...]).trimmed,
      words: json ?? words.all(), isJSON: json != nil, heredocs: [], line: first.at.line, lastLine: logical.lastLine,
      column: first.at.column)
    take(instruction, withHeredocsOf: json == nil ? instruction.words : [])
  }

  /// Files that stand in the Dockerfile itself end their instruction only with their own last line.
  private mutating func take(_ instruction: DockerfileInstruction, withHeredocsOf words: [DockerfileInstruction.Word]) {
    var heredocs: [DockerfileInstruction.Heredoc] = []
    if ["RUN", "COPY", "ADD"].contains(instruction.keyword) {
      for word in words {
        guard let (name, dropsTabs) = DockerfileWords.heredoc(word.text) else { continue }
        heredocs.append(DockerfileInstruction.Heredoc(name: name, at: word.at))
        guard skip(to: name, droppingTabs: dropsTabs) else {
          wrong(
            word.at.line, word.at.column, Phrase("Nothing ends what begins with <<\(name).", "<<\(name) 没有结束行。"),
            Phrase("Write \(name) alone on a line behind it.", "请在其后单独一行写 \(name)。"))
          break
        }
      }
    }
    let whole = DockerfileInstruction(
      keyword: instruction.keyword, isTrigger: instruction.isTrigger, flags: instruction.flags, rest: instruction.rest,
      words: instruction.words, isJSON: instruction.isJSON, heredocs: heredocs, line: instruction.line,
      lastLine: heredocs.isEmpty ? instruction.lastLine : next, column: instruction.column)
    let isBeforeFrom = !instructions.contains { $0.keyword == "FROM" && !$0.isTrigger }
    instructions.append(whole)
    problems += DockerfileShape.problems(of: whole, isBeforeFrom: isBeforeFrom)
  }

  private mutating func skip(to name: String, droppingTabs: Bool) -> Bool {
    let end = Array(name.unicodeScalars)
    while next < lines.count {
      let line = lines[next][...]
      next += 1
      if (droppingTabs ? line.drop { $0 == "\t" } : line).elementsEqual(end) { return true }
    }
    return false
  }

  private mutating func wrong(_ line: Int, _ column: Int, _ message: Phrase, _ mend: Phrase) {
    problems.append(
      DockerfileProblem(.wrong, at: DockerfilePosition(line: line, column: column), message, mend: mend))
  }

  static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}

extension Unicode.Scalar {
  /// White space within a line.
  var isBlank: Bool { self == " " || self == "\t" || self == "\r" || self == "\u{b}" || self == "\u{c}" }
}
