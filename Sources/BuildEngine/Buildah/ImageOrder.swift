import SecureBuild

/// An image that is to be built, of what lies in the cell's work folder.
struct ImageOrder: Sendable, Equatable {
  /// The folder that the Dockerfile's COPY lines start from, by its path inside.
  var context: String
  /// By its path inside.
  var dockerfile: String
  /// What each FROM and COPY --from gets; nothing is pulled.
  var baseImages: [PreparedBaseImage]
  /// `KEY=value`.
  var arguments: [String]
  /// More than one makes an index of images.
  var platforms: [BuildPlatform]
  var labels: [String: String]
  /// Layers of earlier builds are used, and kept for later ones; each line makes a layer. Else the lines of a stage
  /// make one together.
  var usesCache: Bool
  /// Names that resolve in the build's steps; no others do.
  var hosts: [HostEntry]

  init(
    context: String, dockerfile: String, baseImages: [PreparedBaseImage] = [], arguments: [String] = [],
    platforms: [BuildPlatform] = [.linuxAmd64], labels: [String: String] = [:], usesCache: Bool = true,
    hosts: [HostEntry] = []
  ) {
    self.context = context
    self.dockerfile = dockerfile
    self.baseImages = baseImages
    self.arguments = arguments
    self.platforms = platforms
    self.labels = labels
    self.usesCache = usesCache
    self.hosts = hosts
  }
}

/// A base image that lies in the cell's layout of base images.
struct PreparedBaseImage: Sendable, Equatable {
  /// Every spelling by which the Dockerfile names it: as it stands there (`${BASE}`), and with its arguments filled in.
  var names: [String]
  /// Its reference in the layout.
  var reference: String
  /// `sha256:…` of its manifest in the layout, which is of one platform.
  var digest: String
  /// What it is for.
  var platform: BuildPlatform
  /// Whether it says of each of its layers how it came to be.
  var hasHistory: Bool

  init(
    names: [String], reference: String, digest: String, platform: BuildPlatform = .linuxAmd64, hasHistory: Bool = true
  ) {
    self.names = names
    self.reference = reference
    self.digest = digest
    self.platform = platform
    self.hasHistory = hasHistory
  }

  /// What it is called while it is built on, in the log too: its content, so that nothing that comes later under the
  /// same name takes its place.
  var localName: String {
    var name = names.last { !$0.contains("$") } ?? "base"
    if let at = name.firstIndex(of: "@") { name = String(name[..<at]) }
    if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") { name = String(name[..<colon]) }
    let first = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    if !name.contains("/") {
      name = "docker.io/library/\(name)"
    } else if !first.contains("."), !first.contains(":"), first != "localhost" {
      name = "docker.io/\(name)"
    }
    return "\(name)@\(digest)"
  }
}
