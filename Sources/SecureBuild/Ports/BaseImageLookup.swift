/// Finds out where a base image can be had, without pulling it.
public protocol BaseImageLookup: Sendable {
  /// - Parameter name: as a Dockerfile has it, arguments filled in: `debian:12`, `corp.example/base@sha256:…`.
  /// - Throws: `CancellationError`. What can't be asked is among what was tried.
  func find(_ name: String, for platform: BuildPlatform, in sources: BaseImageSources) async throws -> BaseImageFinding
}

/// Where base images may come from, in the order in which they are asked.
public struct BaseImageSources: Sendable {
  /// An OCI layout directory with the archives that were imported.
  public var imported: String
  public var registry: BuildRegistry
  public var mirrors: [RegistryMirror]

  public init(imported: String, registry: BuildRegistry, mirrors: [RegistryMirror] = []) {
    self.imported = imported
    self.registry = registry
    self.mirrors = mirrors
  }
}

public enum BaseImageFinding: Sendable, Equatable {
  /// Its digest (`sha256:…`), and where exactly it would come from.
  case found(BaseImage)
  /// Not to be had: each place that was asked and what it said.
  case missing(tried: [Attempt])

  public struct Attempt: Sendable, Equatable {
    public let place: String
    /// One line, in the place's own words.
    public let answer: String

    public init(place: String, answer: String) {
      self.place = place
      self.answer = answer
    }
  }
}
