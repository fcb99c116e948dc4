import SecureBuild

/// What the documents of an image refer to a part by (OCI image specification; Docker's own differ in media types alone).
struct Descriptor: Codable, Equatable, Sendable {
  var mediaType: String?
  var digest: Digest
  var size: Int
  var platform: Platform?
  var annotations: [String: String]?
  // Rare, and kept where an index that others wrote too is written again.
  var urls: [String]?
  var artifactType: String?
  var data: String?

  /// The annotation by which an index names an image.
  static let nameAnnotation = "org.opencontainers.image.ref.name"

  var name: String? { annotations?[Self.nameAnnotation] }

  struct Platform: Codable, Equatable, Sendable {
    var architecture: String
    var os: String
    var variant: String?
    var osVersion: String?
    var osFeatures: [String]?

    enum CodingKeys: String, CodingKey {
      case architecture, os, variant
      case osVersion = "os.version"
      case osFeatures = "os.features"
    }
  }
}

/// The manifest of one image, or a list of such: either half may be absent.
struct ManifestDocument: Codable, Equatable, Sendable {
  var mediaType: String?
  var config: Descriptor?
  var layers: [Descriptor]?
  var manifests: [Descriptor]?

  /// The media types that every registry knows a manifest by.
  static let mediaTypes = [
    "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
  ]
}

/// `index.json` of an OCI layout directory.
struct IndexDocument: Codable, Equatable, Sendable {
  var schemaVersion = 2
  var mediaType: String?
  var manifests: [Descriptor] = []
  var annotations: [String: String]?
}

/// The part of an image's configuration that says what it runs on, and how it came to be.
struct ConfigDocument: Codable, Equatable, Sendable {
  var architecture: String?
  var os: String?
  var variant: String?
  var history: [Step]?

  struct Step: Codable, Equatable, Sendable {
    /// Whether it made no layer.
    var empty_layer: Bool?
  }
}

extension BuildPlatform {
  /// `linux`, `arm`, `v7`.
  var parts: (os: String, architecture: String, variant: String?) {
    let parts = rawValue.split(separator: "/").map(String.init)
    return (parts[0], parts[1], parts.count > 2 ? parts[2] : nil)
  }

  /// Whether an image for that runs on this one. A variant that isn't said fits any.
  func takes(os: String, architecture: String, variant: String?) -> Bool {
    let mine = parts
    guard os == mine.os, architecture == mine.architecture else { return false }
    guard let wanted = mine.variant, let variant, !variant.isEmpty else { return true }
    return variant <= wanted
  }
}
