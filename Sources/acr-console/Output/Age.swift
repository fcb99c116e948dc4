import SecureBuild

/// How long ago something was, in words.
enum Age {
  static func text(of moment: Timestamp, now: Timestamp = SystemClock().now()) -> Phrase {
    let seconds = max(0, Int((now.seconds - moment.seconds).rounded(.down)))
    switch seconds {
    case ..<60: return Phrase("just now", "刚刚")
    case ..<3600: return count(seconds / 60, "minute", "分钟")
    case ..<86400: return count(seconds / 3600, "hour", "小时")
    default: return count(seconds / 86400, "day", "天")
    }
  }

  private static func count(_ number: Int, _ en: String, _ zh: String) -> Phrase {
    Phrase("\(number) \(en)\(number == 1 ? "" : "s") ago", "\(number) \(zh)前")
  }
}
