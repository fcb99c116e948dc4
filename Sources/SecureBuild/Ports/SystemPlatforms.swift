import FoundationEssentials

/// What this machine's kernel can run, and so build images for.
public enum SystemPlatforms {
  /// The machine's own platforms, and those that an emulator is registered for (`qemu-user-static`, binfmt_misc).
  public static func buildable(registrations folder: String = "/proc/sys/fs/binfmt_misc") -> Set<BuildPlatform> {
    var platforms = own
    for (name, emulated) in emulators {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      // Only with F the interpreter is found from inside a root that doesn't have it.
      if lines.first == "enabled", lines.contains(where: { $0.hasPrefix("flags:") && $0.contains("F") }) {
        platforms.formUnion(emulated)
      }
    }
    return platforms
  }

  private static let emulators: [(String, Set<BuildPlatform>)] = [
    ("qemu-x86_64", [.linuxAmd64]), ("qemu-i386", [.linux386]), ("qemu-aarch64", [.linuxArm64]),
    ("qemu-arm", [.linuxArmV7, .linuxArmV6]),
  ]

  private static var own: Set<BuildPlatform> {
    #if arch(x86_64)
      [.linuxAmd64, .linux386]
    #elseif arch(arm64)
      [.linuxArm64]
    #else
      []
    #endif
  }
}
