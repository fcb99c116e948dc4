extension BuildPlatform {
  /// What builders tell a Dockerfile of the platform by themselves; nil for other arguments.
  func builtIn(_ argument: String) -> String? {
    let (own, host) = (Self.parts(rawValue), Self.parts(Self.ofThisMachine))
    return switch argument {
    case "TARGETPLATFORM": rawValue
    case "TARGETOS": own[0]
    case "TARGETARCH": own[1]
    case "TARGETVARIANT": own[2]
    case "BUILDPLATFORM": Self.ofThisMachine
    case "BUILDOS": host[0]
    case "BUILDARCH": host[1]
    case "BUILDVARIANT": host[2]
    default: nil
    }
  }

  /// System, architecture and variant, which may be empty.
  private static func parts(_ platform: String) -> [String] {
    let parts = platform.split(separator: "/").map(String.init)
    return parts + Array(repeating: "", count: max(0, 3 - parts.count))
  }

  /// What builders call `BUILDPLATFORM`.
  static var ofThisMachine: String {
    #if arch(arm64)
      "linux/arm64"
    #else
      "linux/amd64"
    #endif
  }
}
