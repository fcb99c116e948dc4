import FoundationEssentials
import Testing

@testable import GitLab

@Suite("How long to wait") struct RetryAfterTests {
  @Test(
    "Seconds and dates are read, a day at most; anything else is no answer",
    arguments: [
      ("0", 0), ("60", 60), ("Wed, 21 Oct 2026 07:28:00 GMT", 480), ("Wed, 21 Oct 2026 07:00:00 GMT", 0),
      ("-1", nil), ("", nil), ("soon", nil), ("Wed, 21 Foo 2026 07:28:00 GMT", nil), ("99999999999999999999", nil),
      ("9223372036854775807", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("Wed, 21 Oct 2026 07:28 GMT", nil),
      ("21 Oct 2026 07:28:00 GMT", nil),
    ] as [(String, Int?)])
  func seconds(_ text: String, _ wait: Int?) {
    // 2026-10-21 07:20:00 UTC
    #expect(RetryAfter.seconds(text, now: Date(timeIntervalSince1970: 1_792_567_200)) == wait)
  }
}
