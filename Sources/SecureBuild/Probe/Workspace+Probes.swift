import FlatFiles

extension RecordKind {
  public static let probe = RecordKind("probe")
}

extension Workspace {
  /// Takes in what a probe script printed, as *tried from there*: in one transaction, or not at all. The same output
  /// again, or an older one of the same machine, changes nothing.
  /// - Returns: what is known of that machine's tries from then on, and what became of the output.
  /// - Throws: `Refusal` where the output is of no link here; `OwnOnly` in a training workspace.
  public func readProbe(_ output: ProbeOutput, dryRun: Bool = false) throws -> (probe: Probe, taken: ProbeTaking) {
    guard kind == .own else { throw Refusal.trainingAddresses }
    return try change("gitlab probe-read", dryRun: dryRun) { transaction in
      let link = try output.link(in: transaction)
      let now = stamp
      // A clock may be wrong; one that is a day ahead makes every age nonsense.
      guard output.triedAt.seconds <= now.at.seconds + 86_400 else {
        throw output.refusal(
          output.lines.time, column: 6,
          Phrase("by this machine's clock (\(now.at)) that is yet to come", "按本机时钟（\(now.at)），该时间尚未到来"))
      }
      let probe = Probe(
        instanceId: link.instanceId, linkId: link.id, host: output.host, source: output.source,
        triedAt: output.triedAt, tries: output.tries, missing: output.missing, at: now.at, by: now.by)
      if let known = try transaction.record(.probe, probe.id)?.decode(Probe.self) {
        if known.saysTheSame(as: probe) { return (known, .knownAlready) }
        if known.triedAt > probe.triedAt { return (known, .olderThanKnown) }
      }
      try transaction.put(.probe, probe.id, probe)
      return (probe, .stored)
    }
  }
}

/// What became of an output that was read.
public enum ProbeTaking: String, Sendable {
  case stored = "STORED"
  /// It was read before.
  case knownAlready = "KNOWN_ALREADY"
  /// A later one of the same machine was read before.
  case olderThanKnown = "OLDER_THAN_KNOWN"
}

extension ProbeOutput {
  /// The link that it is of.
  fileprivate func link(in transaction: Transaction) throws -> Link {
    guard try transaction.record(.instance, instanceId) != nil else {
      throw refusal(
        lines.instance, column: 10, Phrase("there is no instance \(instanceId) here", "此处没有实例 \(instanceId)"))
    }
    guard let link = try transaction.record(.link, linkId)?.decode(Link.self), link.instanceId == instanceId else {
      throw refusal(
        lines.link, column: 6, Phrase("\(instanceId) has no link \(linkId) here", "\(instanceId) 在此处没有链路 \(linkId)"))
    }
    if let index = tries.indices.first(where: { !link.addresses.contains(tries[$0].ip) }) {
      let ip = tries[index].ip
      throw refusal(
        lines.tries[index], column: 5,
        Phrase("the link doesn't let out to \(ip), or no longer", "链路未放行或不再放行 \(ip)"))
    }
    return link
  }
}

extension Records {
  /// What was tried of a link from other machines, the newest first.
  func probes(of link: String) throws -> [Probe] {
    try all(.probe, as: Probe.self, where: .linkId, is: link).sorted { $0.triedAt > $1.triedAt }
  }
}

extension Reading {
  /// Whether a probe came from an address of its link's vSwitch; nil where that can't be told.
  public func isInVSwitch(_ probe: Probe) -> Bool? {
    guard case .v4(let source)? = probe.source, let link = try? link(probe.linkId),
      let vSwitch = try? vSwitch(link.vSwitchId)
    else { return nil }
    return vSwitch.cidrBlock.contains(source)
  }

  /// What was tried from other machines, all or of one instance or link, the newest first.
  public func probes(of instance: String? = nil, link: String? = nil) throws(Refusal) -> [Probe] {
    try refusing {
      if let instance { _ = try state.instance(instance) }
      if let link { _ = try state.link(link) }
      return try state.all(.probe, as: Probe.self)
        .filter { (instance ?? $0.instanceId) == $0.instanceId && (link ?? $0.linkId) == $0.linkId }
        .sorted { $0.triedAt > $1.triedAt }
    }
  }
}
