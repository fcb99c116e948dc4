import Testing

@testable import SecureBuild

@Suite struct Dockerfiles {
  private func file(_ text: String) -> Dockerfile { Dockerfile(text.utf8) }

  private func needs(_ text: String, _ arguments: [String] = [], platform: BuildPlatform = .linuxAmd64)
    -> DockerfileNeeds
  {
    file(text).needs(arguments: arguments, platform: platform)
  }

  private func images(_ text: String, _ arguments: [String] = [], platform: BuildPlatform = .linuxAmd64) -> [String] {
    let needs = needs(text, arguments, platform: platform)
    #expect(needs.problems.isEmpty, "\(needs.problems.map(\.message.en))")
    return needs.baseImages.map(\.name)
  }

  // MARK: Lines

  @Test func `instructions over lines, comments between them, any case`() {
    let read = file(
      "\u{feff}# a comment\r\n\r\n  from debian:12\r\nRUN a \\\r\n# comment\r\n\r\n  b \\ \r\n && c\r\nCOPY x /y\r\n")
    #expect(read.problems.isEmpty)
    #expect(read.instructions.map(\.keyword) == ["FROM", "RUN", "COPY"])
    #expect(read.instructions.map(\.line) == [3, 4, 9])
    #expect(read.instructions.map(\.lastLine) == [3, 8, 9])
    #expect(read.instructions[0].column == 3)
    #expect(read.instructions[1].rest == "a   b  && c")
    #expect(read.instructions[1].words.map(\.text) == ["a", "b", "&&", "c"])
    #expect(read.instructions[1].words[3].at == DockerfilePosition(line: 8, column: 5))
  }

  @Test func `directives count only at the top`() {
    let backtick = file("# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN x `\n y\nCOPY c:\\ d:\\\n")
    #expect(backtick.syntax == "docker/dockerfile:1" && backtick.escape == "`")
    #expect(backtick.instructions.map(\.keyword) == ["FROM", "RUN", "COPY"])
    let late = file("# hello\n# escape=`\nFROM a\nRUN x \\\n y\n")
    #expect(late.escape == "\\" && late.instructions.count == 2)
    #expect(file("\n# escape=`\nFROM a").escape == "\\")
    #expect(file("# escape=x\nFROM a").problems.map(\.at.line) == [1])
    #expect(file("# escape=`\n# escape=`\nFROM a").problems.map(\.at.line) == [2])
    #expect(file("# unknown=1\n# escape=`\nFROM a").escape == "\\")
  }

  @Test func `an escaped escape doesn't continue, the end of the file does no harm`() {
    #expect(file("FROM a\nRUN x \\\\\nCOPY a b").instructions.count == 3)
    #expect(file("FROM a\nRUN x \\").instructions.count == 2)
    #expect(file("FROM a\nRUN x \\\n# only a comment").instructions.count == 2)
  }

  @Test func `heredocs are not instructions`() {
    let read = file(
      "FROM a\nRUN <<EOF cat <<-\"B\"\nFOO bar\nEOF\n\tFROM nothing\n\tB\nCOPY <<'X' <<Y /d/\n1\nX\n2\nY\nUSER 1\n")
    #expect(read.problems.isEmpty)
    #expect(read.instructions.map(\.keyword) == ["FROM", "RUN", "COPY", "USER"])
    #expect(read.instructions[1].heredocs.map(\.name) == ["EOF", "B"])
    #expect(read.instructions[1].lastLine == 6)
    #expect(read.instructions[3].line == 12)
  }

  @Test(arguments: [
    "RUN echo $((1<<2))", "RUN cat <<< x", "RUN echo '<<EOF'", "RUN cat<<EOF", "RUN [\"a\", \"<<EOF\"]", "ENV A <<EOF",
  ])
  func `what only looks like a heredoc`(line: String) {
    let read = file("FROM a\n\(line)\nUSER 1\n")
    #expect(read.instructions.count == 3 && read.instructions[1].heredocs.isEmpty)
  }

  @Test func `flags, quotes and the JSON form`() {
    let read = file(
      "FROM --platform=linux/arm64 a AS b\nCOPY --from=b --chown=\"1:2\" [\"a b\", \"/c\"]\nRUN --mount=type=bind,target=/x --mount=type=cache,target=/y -- --z\nCMD [ \"x\" ]\nCMD ['x']\n"
    )
    #expect(read.instructions[0].flag("platform")?.value == "linux/arm64")
    #expect(read.instructions[0].words.map(\.text) == ["a", "AS", "b"])
    #expect(read.instructions[1].flag("chown")?.value == "1:2" && read.instructions[1].isJSON)
    #expect(read.instructions[1].words.map(\.text) == ["a b", "/c"])
    #expect(read.instructions[2].flags.count == 2 && read.instructions[2].words.map(\.text) == ["--z"])
    #expect(read.instructions[3].isJSON && !read.instructions[4].isJSON)
  }

  static let wrong: [(String, Int, Int)] = [
    ("", 1, 1), ("# nothing\n", 1, 1), ("RUN x\nFROM a\n", 1, 1), ("FROM a\nFOO x\n", 2, 1),
    ("FROM a\n  RUNN x\n", 2, 3),
    ("FROM a b\n", 1, 1), ("FROM a AS\n", 1, 1), ("FROM\n", 1, 1), ("FROM a AS 1x\n", 1, 11),
    ("FROM a\nCOPY x\n", 2, 1),
    ("FROM a\nSHELL /bin/sh\n", 2, 1), ("FROM a\nHEALTHCHECK curl\n", 2, 1), ("FROM a\nONBUILD FROM b\n", 2, 1),
    ("FROM a\nRUN <<EOF\nx\n", 2, 5), ("FROM a\nARG\n", 2, 1), ("FROM a\nWORKDIR\n", 2, 1), ("FROM a\nONBUILD\n", 2, 1),
    ("FROM a\n&& b\n", 2, 1),
  ]

  @Test(arguments: wrong) func `what no builder takes, at its place`(text: String, line: Int, column: Int) throws {
    let problem = try #require(file(text).problems.first)
    #expect(problem.kind == .wrong && problem.at == DockerfilePosition(line: line, column: column), "\(problem)")
    let refusal = problem.refusal(in: "docker/Dockerfile")
    #expect(refusal.code == .invalidDockerfile && refusal.field == .dockerfileName)
    #expect(refusal.message.en.hasPrefix("docker/Dockerfile:\(line):\(column): "))
    #expect(!refusal.message.zh.isEmpty && !refusal.mend.en.isEmpty && !refusal.mend.zh.isEmpty)
  }

  @Test func `a slip is guessed`() {
    #expect(file("FROM a\nRUNN x").problems.first?.mend.en == "Did you mean RUN?")
    #expect(file("FROM a\nENTRYPIONT x").problems.first?.mend.en == "Did you mean ENTRYPOINT?")
    #expect(file("FROM a\nXYZ x").problems.first?.mend.en.contains("goes on") == true)
  }

  @Test func `bytes that are no text, and files too large to be one`() {
    #expect(Dockerfile(Array("FROM a\nRUN ".utf8) + [0xff, 0xfe]).problems.map(\.at.line) == [2])
    #expect(Dockerfile(Array(repeating: UInt8(ascii: "x"), count: 2 << 20)).problems.count == 1)
    let hostile = Dockerfile(Array("FROM a\n\u{1b}[31mFOO x\n".utf8)).problems.first
    #expect(hostile?.message.en.unicodeScalars.contains { $0.isControl } == false)
  }

  // MARK: Images and stages

  @Test func `each image once, with its lines and as they write it`() {
    let needs = needs(
      "ARG B=debian\nFROM debian:12 AS a\nFROM $B:12 AS b\nFROM debian:12\nCOPY --from=a /x /x\nCOPY --from=b /y /y\nCOPY --from=alpine:3 /z /z\n"
    )
    #expect(
      needs.baseImages == [
        BaseImageUse(name: "debian:12", platform: nil, lines: [2, 3, 4], spellings: ["debian:12", "$B:12"]),
        BaseImageUse(name: "alpine:3", platform: nil, lines: [7], spellings: ["alpine:3"]),
      ])
  }

  @Test func `stages, numbers and scratch are no images`() {
    #expect(
      images(
        "FROM golang:1 AS build\nFROM build AS test\nFROM scratch\nCOPY --from=0 /a /a\nCOPY --from=test /b /b\n")
        == ["golang:1"])
  }

  @Test func `what nothing comes from needs nothing`() {
    #expect(images("FROM unused:1 AS u\nFROM a AS b\nFROM c\nCOPY --from=b / /\n") == ["a", "c"])
    #expect(images("FROM a AS b\nFROM c\nRUN --mount=from=b,target=/b x\n") == ["a", "c"])
    #expect(images("FROM c\nRUN --mount=type=bind,from=tools:1,target=/b x\n") == ["c", "tools:1"])
  }

  @Test func `ONBUILD is for others`() { #expect(images("FROM a\nONBUILD COPY --from=b:1 / /\n") == ["a"]) }

  struct Argued: Sendable {
    let text: String
    let arguments: [String]
    let images: [String]
  }

  static let argued = [
    Argued(text: "ARG V=12\nFROM debian:$V\n", arguments: [], images: ["debian:12"]),
    Argued(text: "ARG V=12\nFROM debian:$V\n", arguments: ["V=13"], images: ["debian:13"]),
    Argued(text: "ARG V\nFROM debian:${V:-11}\n", arguments: [], images: ["debian:11"]),
    Argued(text: "ARG V\nFROM debian:${V:-11}\n", arguments: ["V="], images: ["debian:11"]),
    Argued(text: "ARG A=1\nARG B=x${A}y\nFROM $B\n", arguments: [], images: ["x1y"]),
    Argued(text: "ARG R=r.example V=2\nFROM ${R}/b:${V}\n", arguments: [], images: ["r.example/b:2"]),
    Argued(text: "ARG D=1\nFROM base${D:+-debug}\n", arguments: [], images: ["base-debug"]),
    Argued(text: "ARG D\nFROM base${D:+-debug}\n", arguments: [], images: ["base"]),
    Argued(text: "ARG B=in\nFROM ${A:-${B}}\n", arguments: [], images: ["in"]),
    Argued(text: "ARG A=\"quoted\"\nFROM '$A'x\"$A\"\n", arguments: [], images: ["$Axquoted"]),
    Argued(text: "ARG A=x\nARG A\nFROM $A\n", arguments: [], images: ["x"]),
    // A stage's own ARG holds for its COPY --from, and one before FROM only when it is declared again.
    Argued(text: "ARG T=t:1\nFROM a\nARG T\nCOPY --from=$T / /\n", arguments: [], images: ["a", "t:1"]),
    Argued(text: "FROM a\nARG T=t:2\nCOPY --from=$T / /\n", arguments: ["T=t:3"], images: ["a", "t:3"]),
    Argued(text: "ARG TARGETARCH\nFROM base-$TARGETARCH\n", arguments: [], images: ["base-amd64"]),
  ]

  @Test(arguments: argued) func `arguments are filled in`(_ example: Argued) {
    #expect(images(example.text, example.arguments) == example.images)
  }

  @Test func `the platform is known`() {
    #expect(
      images("ARG TARGETARCH\nARG TARGETVARIANT\nFROM b-$TARGETARCH$TARGETVARIANT\n", platform: .linuxArmV7) == [
        "b-armv7"
      ])
    #expect(needs("FROM --platform=$TARGETPLATFORM a\n", platform: .linuxArm64).baseImages.first?.platform == nil)
    #expect(needs("FROM --platform=linux/386 a\n").baseImages.first?.platform == "linux/386")
    let built = needs("FROM --platform=$BUILDPLATFORM a AS b\nFROM c\nCOPY --from=b / /\n", platform: .linuxArmV6)
    #expect(built.baseImages.map(\.platform) == [BuildPlatform.ofThisMachine, nil])
    #expect(built.problems.isEmpty)
  }

  static let misplaced: [(String, Int, String)] = [
    ("FROM $X\n", 1, "X"), ("FROM a\nARG T=t\nFROM $T\n", 3, "T"), ("ARG T=t\nFROM a\nCOPY --from=$T / /\n", 3, "T"),
    ("ARG X=\nFROM $X\n", 2, "nothing"), ("FROM ${X\n", 1, "closed"), ("FROM a\nCOPY --from=1 / /\n", 2, "1"),
    ("FROM a AS b\nCOPY --from=b / /\n", 2, "b"), ("FROM a\nCOPY --from=later / /\nFROM c AS later\n", 2, "later"),
    ("FROM a\nCOPY --from= / /\n", 2, "nothing"),
  ]

  @Test(arguments: misplaced) func `what isn't set or isn't there yet, at its line`(
    text: String, line: Int, word: String
  ) throws {
    let problem = try #require(needs(text).problems.first)
    #expect(problem.at.line == line && problem.kind == .wrong)
    #expect(problem.message.en.contains(word))
  }

  @Test func `arguments that nothing takes are noted`() {
    let needs = needs("ARG A\nFROM a\nARG B\n", ["A=1", "B=2", "C=3", "HTTP_PROXY=x"])
    #expect(needs.problems.isEmpty && needs.notes.map(\.message.en).filter { $0.contains("no ARG") }.count == 1)
    #expect(needs.notes.first?.message.en.contains("gives C") == true)
  }

  @Test func `nothing that a hostile file says makes the reader fail`() {
    var generator = SplitMix(seed: 7)
    let pieces = [
      "FROM ", "a", " AS ", "b", "\n", "\\\n", "RUN ", "COPY ", "--from=", "$", "{", "}", "${X:-", "\"", "'", "<<EOF",
      "\nEOF\n", "[", "]",
      "ARG ", "=", "# escape=`\n", "`", "--mount=", "type=bind,", "ONBUILD ", "\u{0}", "\u{1b}", "é", "\r", "\t",
      "scratch", "0",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      let needs = needs(text.joined())
      for problem in needs.problems + needs.notes { #expect(problem.at.line >= 1 && problem.at.column >= 1) }
    }
  }
}

/// The same random numbers every time.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
