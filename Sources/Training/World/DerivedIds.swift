import SecureBuild
import Synchronization

/// Ids that follow from a text: the same in every run, so that a demo can be told beforehand what it will show.
public final class DerivedIds: IdSource {
  private let seed: String
  private let counts = Mutex<[String: Int]>([:])

  /// - Parameter seed: other texts give other ids.
  public init(from seed: String) { self.seed = seed }

  public func next(_ prefix: String) -> String {
    // Counted for each prefix, so that the order of other things changes nothing.
    let number = counts.withLock { counts in
      counts[prefix, default: 0] += 1
      return counts[prefix] ?? 0
    }
    var derivation = Derivation(from: "\(seed)/\(prefix)/\(number)")
    return "\(prefix)-local-" + derivation.text(10, of: "0123456789abcdef")
  }
}
