import SecureBuild
import TerminalUI

/// What this machine lacks to build for an instance, as it was found last. It is looked for again before each build.
struct MissingParts {
  /// By whether the network is to be confined.
  private var found: [Bool: [MissingPart]] = [:]
  private var asked: Set<Bool> = []

  /// Nil where nobody has looked yet.
  subscript(isConfined: Bool) -> [MissingPart]? {
    get { found[isConfined] }
    set { found[isConfined] = newValue }
  }

  /// Whether to look; true once.
  mutating func asks(_ isConfined: Bool) -> Bool { asked.insert(isConfined).inserted }
}

extension App {
  /// The network that builds of an instance get, as far as it decides what is needed for it; nil where nothing is bound.
  func network(of instance: String) -> BuildNetwork? {
    guard let reading, let binding = (try? reading.codeSource(of: instance))?.binding else { return nil }
    guard binding.networkType == .intranet else { return .open }
    let link = (try? reading.links(of: instance))?.first { $0.id == binding.linkId }
    return link.map { .confined(gitLab: .v4($0.gitLabIntranetIp), others: [], hosts: []) }
  }

  /// What this machine lacks for builds of an instance; empty while nobody knows. Looks for it in a task, once.
  func missingParts(for instance: String) -> [MissingPart] {
    guard let network = network(of: instance) else { return [] }
    if missing.asks(network.isConfined) {
      let look = launch.missingParts
      Task.detached(executorPreference: Workers.shared) { [weak self] in
        let parts = await look(.local, network)
        await self?.take(parts, isConfined: network.isConfined)
      }
    }
    return missing[network.isConfined] ?? []
  }

  func take(_ parts: [MissingPart], isConfined: Bool) {
    missing[isConfined] = parts
    refreshPages()
  }
}

extension BuildNetwork {
  var isConfined: Bool { if case .confined = self { true } else { false } }
}
