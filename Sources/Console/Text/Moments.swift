import Glibc
import SecureBuild

/// Moments as people read them: local time to the minute, and how long ago.
enum Moments {
  /// `2026-11-24 20:15`.
  static func text(_ moment: Timestamp) -> String {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) \(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  /// `3 min ago`.
  static func age(_ moment: Timestamp, at now: Timestamp) -> Phrase {
    let seconds = Int(max(0, now.seconds - moment.seconds))
    return switch seconds {
    case ..<60: Phrase("just now", "刚刚")
    case ..<3600: Phrase("\(seconds / 60) min ago", "\(seconds / 60) 分钟前")
    case ..<86400: Phrase("\(seconds / 3600) h ago", "\(seconds / 3600) 小时前")
    default: Phrase("\(seconds / 86400) d ago", "\(seconds / 86400) 天前")
    }
  }

  /// `2026-11-24 20:15 (3 min ago)`.
  static func withAge(_ moment: Timestamp, at now: Timestamp) -> Phrase {
    let age = age(moment, at: now)
    return Phrase("\(text(moment)) (\(age.en))", "\(text(moment))（\(age.zh)）")
  }

  /// A sentence that is for scripts and sheets, too, with its moments as people read them.
  static func shortened(_ sentence: Phrase, at now: Timestamp) -> Phrase {
    Phrase(
      replaced(in: sentence.en) { withAge($0, at: now).en },
      // Chinese has no space behind such a bracket.
      replaced(in: sentence.zh) { withAge($0, at: now).zh }.replacing("） ", with: "）"))
  }

  /// Each `2026-11-24T17:30:00.123Z` of a text in other words.
  private static func replaced(in text: String, by words: (Timestamp) -> String) -> String {
    var read = ""
    var rest = text[...]
    while let end = rest.firstIndex(of: "Z") {
      if let start = rest.index(end, offsetBy: -23, limitedBy: rest.startIndex),
        let moment = Timestamp(String(rest[start...end]))
      {
        read += rest[..<start] + words(moment)
      } else {
        read += rest[...end]
      }
      rest = rest[rest.index(after: end)...]
    }
    return read + rest
  }
}
