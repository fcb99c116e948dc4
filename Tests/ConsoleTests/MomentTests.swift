import Glibc
import Testing

@testable import Console
@testable import SecureBuild

@Suite("Moments as people read them")
struct MomentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let sentence: String
    let en: String
    let zh: String

    var testDescription: String { sentence }
  }

  static let cases = [
    Case(
      sentence: "tried from vm, 2026-11-24T20:08:00.000Z.", en: "tried from vm, 2026-11-24 20:08 (7 min ago).",
      zh: "tried from vm, 2026-11-24 20:08（7 分钟前）."),
    Case(
      sentence: "2026-11-24T20:14:30.000Z, then 2026-11-22T20:15:00.000Z",
      en: "2026-11-24 20:14 (just now), then 2026-11-22 20:15 (2 d ago)",
      zh: "2026-11-24 20:14（刚刚）, then 2026-11-22 20:15（2 天前）"),
    // A Z of another word.
    Case(sentence: "Zone H of AZURE, 12Z", en: "Zone H of AZURE, 12Z", zh: "Zone H of AZURE, 12Z"),
    Case(
      sentence: "云上 Z：云上云上云上云上云上云上云上云上云上云上云上云 Z", en: "云上 Z：云上云上云上云上云上云上云上云上云上云上云上云 Z",
      zh: "云上 Z：云上云上云上云上云上云上云上云上云上云上云上云 Z"),
    Case(sentence: "", en: "", zh: ""),
  ]

  @Test("a sentence that scripts read, too, has its moments short and with their age", arguments: cases)
  func shortened(_ it: Case) {
    setenv("TZ", "UTC", 1)
    let read = Moments.shortened(Phrase(it.sentence, it.sentence), at: FixedClock().now())
    #expect(read == Phrase(it.en, it.zh))
  }
}
