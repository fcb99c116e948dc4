import FoundationEssentials
import SecureBuild
import X509

/// Reads from a server's certificates why they were refused.
///
/// What is said is what a person must mend first: an authority that nobody knows, since nothing else in such a chain
/// can be believed; then the time; then the name.
struct ChainReading {
  private let leaf: Certificate
  private let others: [Certificate]
  private let given: [Certificate]
  private let system: () -> [Certificate]

  /// More certificates than an honest server sends, and more tries than an honest chain needs.
  private static let mostCertificates = 16
  private static let mostTries = 256

  /// - Parameter leaf: the server's own certificate.
  /// - Parameter sent: the others that it sent.
  /// - Parameter given: the certificates trusted beside the system's.
  /// - Parameter system: the system's, looked at only where the given ones don't lead to an end.
  init(
    _ leaf: Certificate, sentWith sent: [Certificate], given: [Certificate],
    system: @escaping () -> [Certificate]
  ) {
    self.leaf = leaf
    others = sent.prefix(Self.mostCertificates) + given.filter { !$0.isSelfIssued }
    self.given = given
    self.system = system
  }

  /// What is wrong with the chain at `now`; nil when nothing is that is known here.
  /// - Parameter wrongHost: whether the certificate was found to be for other names.
  func failure(at now: Date, wrongHost: Bool) -> TLSFailure? {
    var paths = paths(to: given)
    if paths.isEmpty { paths = self.paths(to: system()) }
    guard !paths.isEmpty else {
      let top = topmost
      return .unknownAuthority(issuer: top.issuer.shortName, selfSigned: leaf.isSelfIssued && leaf.isSigned(by: leaf))
    }
    let flaws = paths.map { path in path.lazy.compactMap { Self.flaw(of: $0, at: now) }.first }
    if let flaw = flaws.first, let flaw, !flaws.contains(nil) { return flaw }
    return wrongHost ? .wrongHost(names: leaf.names) : nil
  }

  private static func flaw(of certificate: Certificate, at now: Date) -> TLSFailure? {
    if now > certificate.notValidAfter { return .expired(at: certificate.notValidAfter.timeIntervalSince1970) }
    if now < certificate.notValidBefore { return .notYetValid(from: certificate.notValidBefore.timeIntervalSince1970) }
    return nil
  }

  /// Every way from the server's certificate to a trusted one, by signatures alone.
  private func paths(to trusted: [Certificate]) -> [[Certificate]] {
    let anchors = trusted.filter(\.isSelfIssued)
    if anchors.contains(leaf) { return [[leaf]] }
    var paths: [[Certificate]] = []
    var open = [[leaf]]
    var tries = 0
    while let path = open.popLast(), let tip = path.last {
      for anchor in anchors where tip.issuer == anchor.subject && tip.isSigned(by: anchor) {
        paths.append(path + [anchor])
      }
      for issuer in others where tip.issuer == issuer.subject && !path.contains(issuer) {
        tries += 1
        guard tries <= Self.mostTries else { return paths }
        if tip.isSigned(by: issuer) { open.append(path + [issuer]) }
      }
    }
    return paths
  }

  /// The last certificate that can be come to from the server's own.
  private var topmost: Certificate {
    var seen = [leaf]
    while let tip = seen.last, let next = others.first(where: { !seen.contains($0) && tip.isSigned(by: $0) }) {
      seen.append(next)
    }
    return seen.last ?? leaf
  }
}
