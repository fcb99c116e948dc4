/// What each instruction must look like for any builder.
enum DockerfileShape {
  static let known: Set<String> = [
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",
    "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]

  /// Those that take flags.
  static let flagged: Set<String> = ["ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"]

  private static let atLeastOne: Set<String> = [
    "ARG", "ENV", "EXPOSE", "LABEL", "MAINTAINER", "RUN", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "ONBUILD",
  ]

  static func problems(of instruction: DockerfileInstruction, isBeforeFrom: Bool) -> [DockerfileProblem] {
    var problems: [DockerfileProblem] = []
    func wrong(_ message: Phrase, _ mend: Phrase, at place: DockerfilePosition? = nil) {
      let start = DockerfilePosition(line: instruction.line, column: instruction.column)
      problems.append(DockerfileProblem(.wrong, at: place ?? start, message, mend: mend))
    }
    let keyword = instruction.keyword
    if isBeforeFrom, keyword != "FROM" && keyword != "ARG" || instruction.isTrigger {
      wrong(
        Phrase("\(keyword) stands before the first FROM.", "\(keyword) 位于第一个 FROM 之前。"),
        Phrase("Only ARG may: put it behind FROM.", "FROM 之前只能有 ARG，请将其移到 FROM 之后。"))
    }
    let words = instruction.words
    switch keyword {
    case "FROM" where instruction.isTrigger:
      wrong(Phrase("ONBUILD takes no FROM.", "ONBUILD 不能使用 FROM。"), Phrase("Take it out.", "请删除。"))
    case "FROM":
      let isNamed = words.count == 3 && words[1].text.lowercased() == "as"
      if words.count != 1, !isNamed {
        wrong(
          Phrase("FROM is an image, or an image AS a name.", "FROM 后应为镜像，或“镜像 AS 名称”。"),
          Phrase("Write FROM debian:12 or FROM debian:12 AS build.", "例如 FROM debian:12 或 FROM debian:12 AS build。"))
      } else if isNamed, words[2].text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_.-]*/) == nil {
        wrong(
          Phrase("“\(words[2].text)” can't be a stage's name.", "“\(words[2].text)”不能作为阶段名称。"),
          Phrase("Use letters, digits, . _ and -, beginning with a letter.", "请使用字母、数字、. _ -，并以字母开头。"), at: words[2].at)
      }
    case "COPY", "ADD":
      if words.count < 2 {
        wrong(
          Phrase("\(keyword) needs what to copy, and where to.", "\(keyword) 需要来源和目标。"),
          Phrase("Write \(keyword) src/ /app/.", "例如 \(keyword) src/ /app/。"))
      }
    case "SHELL":
      if !instruction.isJSON || words.isEmpty {
        wrong(
          Phrase("SHELL takes the JSON form alone.", "SHELL 只接受 JSON 形式。"),
          Phrase("Write SHELL [\"/bin/bash\", \"-c\"].", "例如 SHELL [\"/bin/bash\", \"-c\"]。"))
      }
    case "HEALTHCHECK":
      if !["CMD", "NONE"].contains(words.first?.text.uppercased() ?? "") {
        wrong(
          Phrase("HEALTHCHECK is CMD with a command, or NONE.", "HEALTHCHECK 后应为 CMD 加命令，或 NONE。"),
          Phrase("Write HEALTHCHECK CMD curl -f http://localhost/.", "例如 HEALTHCHECK CMD curl -f http://localhost/。"))
      }
    default:
      if words.isEmpty, atLeastOne.contains(keyword) {
        wrong(Phrase("\(keyword) says nothing.", "\(keyword) 后没有内容。"), Phrase("Complete it or take it out.", "请补全或删除。"))
      }
    }
    return problems
  }

  /// The instruction that a word may have been meant as.
  static func nearest(to word: String) -> String? {
    let best = known.map { ($0, distance(word, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
    return best.flatMap { $0.1 <= 2 && $0.1 < $0.0.count - 1 ? $0.0 : nil }
  }

  /// How many letters differ (Levenshtein).
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.unicodeScalars.prefix(20)), Array(b.unicodeScalars))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let changed = corner + (x == y ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, corner + 1)
      }
    }
    return row[b.count]
  }
}
