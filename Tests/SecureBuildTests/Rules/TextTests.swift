import FoundationEssentials
import Glibc
@testable import FlatFiles
import Testing

@testable import SecureBuild

/// Every sentence to a person exists twice.
@Suite struct Sentences {
  @Test func `everything that is listed has words in both languages`() {
    let phrases =
      Field.allCases.map(\.title) + Hop.allCases.map(\.title) + Note.allCases.map(\.text)
      + InstanceStatus.allCases.map(\.title) + InstanceSpecification.allCases.map(\.title)
      + Checklist.Item.allCases.map(\.title) + Overview.Count.Kind.allCases.map(\.title)
      + NetworkType.allCases.map(\.title) + WorkspaceKind.allCases.map(\.title)
      + [Known.planned, .computed, .tried, .confirmed].map(\.title)
    for phrase in phrases {
      #expect(!phrase.en.isEmpty && !phrase.zh.isEmpty)
    }
  }

  @Test func `codes are unique words of one kind`() {
    let codes = Code.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes { #expect(code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }) }
  }

  @Test func `every exit status is one of the documented`() {
    let expected: [Int32: Set<Code>] = [
      64: [.usage, .noTerminal, .confirmationNeeded],
      69: [
        .nameNotResolved, .connectRefused, .connectTimedOut, .connectUnreachable, .answerTimedOut, .connectionLost,
        .serverError, .trainingServer, .runnerNotStarted, .credentialHelperFailed,
      ],
      74: [
        .noWorkspace, .workspaceExists, .workspaceDamaged, .workspaceUnreadable, .workspaceUnwritable, .workspaceNewer,
        .workspaceReplaced,
        .outcomeUnknown, .secretUnusable, .fileNotWritten, .outputUnwritable,
      ],
      75: [.stale, .rateLimited, .workspaceLocked, .watchIsRunning],
      130: [.cancelled],
    ]
    for code in Code.allCases {
      let wanted = expected.first { $0.value.contains(code) }?.key ?? 1
      #expect(code.exitStatus == wanted, "\(code)")
    }
  }

  static let flaws: [Damage.Flaw] = [
    .notJSON(expected: "value"), .member("RegionId"), .member(""), .checksum, .sequence(expected: 7),
    .duplicate(id: "cri-1"), .missing, .notARegularFile, .shorter, .differsFromManifest,
  ]

  @Test(arguments: flaws) func `damage names the place and the flaw in both languages`(flaw: Damage.Flaw) {
    let refusal = Refusal(StoreError.damaged(damage(line: 3, column: 9, flaw)))
    #expect(refusal.code == .workspaceDamaged)
    #expect(refusal.message.en.hasPrefix("journal.1.jsonl:3:9: "))
    #expect(refusal.message.zh.hasPrefix("journal.1.jsonl:3:9："))
    #expect(!refusal.message.zh.contains("Flaw") && !refusal.message.en.contains("(" + "expected:"))
  }

  @Test func `a file or line as a whole has no number`() {
    #expect(Refusal(StoreError.damaged(damage(line: 0, column: 0, .missing))).message.en.hasPrefix("journal.1.jsonl: "))
    #expect(
      Refusal(StoreError.damaged(damage(line: 4, column: 0, .checksum))).message.en.hasPrefix("journal.1.jsonl:4: "))
  }

  @Test(arguments: [(EIO, "dmesg"), (EMFILE, "ulimit -n"), (EACCES, "owner")])
  func `a file that can't be read or written is mended by what its fault is of`(code: Int32, word: String) {
    let fault = FileFault(call: "openat", path: "/w/journal.1.jsonl", code: code)
    for error in [StoreError.cannotRead(fault), .cannotWrite(fault)] {
      let mend = Refusal(error).mend
      #expect(mend.en.contains(word))
      #expect(mend.zh.contains(word) || code == EACCES)
    }
  }

  private func damage(line: Int, column: Int, _ flaw: Damage.Flaw) -> Damage {
    Damage(file: "journal.1.jsonl", line: line, column: column, flaw: flaw)
  }

  @Test func `an unsafe secret is mended by chmod`() throws {
    let id = try #require(SecretID(String(repeating: "a", count: 32)))
    let file = "/w/secrets/\(id)"
    let refusal = Refusal(StoreError.secretUnsafe(id, path: file, .mode(0o644)))
    #expect(refusal.mend.en.contains("chmod 600 \(file)"))
    #expect(refusal.mend.zh.contains("chmod 600 \(file)"))
    #expect(refusal.message.en.contains("644"))
    #expect(refusal.exit == 74)
    let folder = Refusal(StoreError.secretUnsafe(id, path: "/w/secrets", .mode(0o755)))
    #expect(folder.mend.en.contains("chmod 700 /w/secrets"))
    #expect(Refusal(StoreError.secretMissing(id)).field == .token)
  }
}

@Suite struct Tokens {
  @Test(arguments: ["glpat-abc", " glpat-abc\n", "a", String(repeating: "x", count: 1024)])
  func `a token is taken as pasted`(text: String) { #expect(Token(text)?.secret == text.trimmed) }

  @Test(arguments: ["", "  ", "a b", "a\nb", "a\u{7}", "tökén", String(repeating: "x", count: 1025)])
  func `what no header can carry is none`(text: String) { #expect(Token(text) == nil) }

  @Test func `a token describes itself by no letter`() throws {
    let draft = BindingDraft(instanceId: "i", token: Token(World.token))
    var dumped = ""
    dump(draft, to: &dumped)
    for text in ["\(draft)", String(reflecting: draft), dumped, "\(String(describing: draft.token))"] {
      #expect(!text.contains("PLANTED"))
    }
  }
}

@Suite struct Timestamps {
  @Test(arguments: [
    "2026-11-24T17:30:00.123Z", "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2026-12-31T23:59:59.007Z",
  ])
  func `a moment reads what it writes`(text: String) { #expect(Timestamp(text)?.description == text) }

  @Test func `every millisecond is kept`() {
    for milliseconds in Int64(1_795_541_400_000)..<1_795_541_401_000 {
      let moment = Timestamp(milliseconds: milliseconds)
      #expect(Timestamp(moment.description) == moment)
    }
  }

  @Test(arguments: [(Int64.min, ".192Z"), (.min + 808, ".000Z"), (-1, "1969-12-31T23:59:59.999Z"), (.max, ".807Z")])
  func `any number of milliseconds can be written`(milliseconds: Int64, end: String) {
    #expect(Timestamp(milliseconds: milliseconds).description.hasSuffix(end))
  }

  @Test func `every day is the one that the library makes of it`() {
    let style = Date.ISO8601FormatStyle()
    for day in -135_000..<60_000 {
      let moment = Timestamp(milliseconds: Int64(day) * 86_400_000)
      let text = Date(timeIntervalSince1970: moment.seconds).formatted(style)
      guard Timestamp(text) != moment else { continue }
      Issue.record("\(text) is read as \(Timestamp(text)?.milliseconds ?? -1), not \(moment.milliseconds)")
    }
  }

  @Test(arguments: [
    "2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-11-24T24:00:00Z", "2026-11-24T17:60:00Z", "2026-11-24t17:30:00Z", "2026-11-24 17:30:00Z",
    "2026-11-2x17:30:00Z", "0026-11-24T17:30:00Z", "2026-11-24T17:30:00.12Z", "2026-11-24T17:30:00.1x3Z",
    "2026-11-24T17:30:00+08:00", "",
  ])
  func `what isn't plainly a moment is left to the library`(text: String) {
    let fraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let date = (try? fraction.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    #expect(Timestamp(text) == date.map { Timestamp(seconds: $0.timeIntervalSince1970) })
  }

  @Test func `a fraction may be missing`() {
    #expect(Timestamp("2026-11-24T17:30:00Z") == Timestamp("2026-11-24T17:30:00.000Z"))
    #expect(Timestamp("yesterday") == nil)
  }
}
