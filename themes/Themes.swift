/// The themes embedded in the program, one file each beside this one.
public enum Themes {
  /// Names and the bytes of their files; the first is the default.
  public static let builtIn: [(name: String, bytes: [UInt8])] = [
    ("dark", PackageResources.dark_toml), ("light", PackageResources.light_toml),
    ("high-contrast", PackageResources.high_contrast_toml), ("console", PackageResources.console_toml),
  ]
}
