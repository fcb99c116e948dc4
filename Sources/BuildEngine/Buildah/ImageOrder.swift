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
  /// Layers of earlier builds are used, and kept for later ones.
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
  /// As the Dockerfile names it, arguments filled in.
  var name: String
  /// Its reference in the layout.
  var reference: String
  /// What it is for.
  var platform: BuildPlatform

  init(name: String, reference: String, platform: BuildPlatform = .linuxAmd64) {
    self.name = name
    self.reference = reference
    self.platform = platform
  }
}
