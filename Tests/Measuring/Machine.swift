import Glibc

/// What the figures were taken on.
public enum Machine {
  public static var description: String {
    var system = utsname()
    uname(&system)
    let release = withUnsafeBytes(of: system.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let model =
      ProcessFolder.text(of: "/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }.map { $0.drop { $0 == " " } } ?? "unknown processor"
    return "Linux \(release), \(processors) × \(model)"
  }

  public static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  /// How many processes wanted a processor, on average of the last minute.
  public static var load: Double {
    ProcessFolder.text(of: "/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
  }
}
