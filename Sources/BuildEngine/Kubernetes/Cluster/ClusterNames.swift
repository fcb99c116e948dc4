import Crypto

/// What the objects of one build are called in a cluster, and the labels that they are found by.
struct ClusterNames: Sendable, Equatable {
  /// Of the Job, the Secret, the ConfigMap and the policy that lets nothing through.
  let name: String
  /// The build's id, as far as a label can hold it.
  let label: String

  static let buildLabel = "acr-console/build"
  static let stageLabel = "acr-console/stage"
  static let managerLabel = "app.kubernetes.io/managed-by"
  static let manager = "acr-console"

  init(build id: String) {
    // A pod adds six characters to its Job's name, which it then carries as a label of 63 at most.
    name = "acr-" + Self.shortened(id.lowercased(), from: id, to: 44) { $0 == "-" }
    label = Self.shortened(id, from: id, to: 63) { "-_.".utf8.contains($0.ascii) }
  }

  /// Selects all that belongs to the build.
  var selector: String { "\(Self.buildLabel)=\(label)" }

  /// Of the policy that lets a stage out to its addresses.
  func policy(of stage: PodStage) -> String { "\(name)-\(stage.rawValue)" }

  /// The text where it can be a name as it is; else as much of it as can, made unique again by a digest of all.
  private static func shortened(
    _ text: String, from id: String, to length: Int, allowing isAllowed: (Character) -> Bool
  ) -> String {
    let kept = text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || isAllowed($0) ? $0 : "-" }
    let isWhole =
      kept.elementsEqual(text) && kept.count <= length && kept.first?.isLetter == true
      && kept.last.map { $0.isLetter || $0.isNumber } == true
    if isWhole { return text }
    let digest = SHA256.hash(data: Array(id.utf8)).prefix(5).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
    let start = String(kept.prefix(length - 11)).drop { !$0.isLetter }
    return (start.isEmpty ? "build" : String(start)) + "-" + digest
  }
}

extension Character {
  fileprivate var ascii: UInt8 { asciiValue ?? 0 }
}
