import NIOSSL
import X509

/// The authorities that this host trusts, to be read: needed only to say what is wrong with a chain.
enum SystemRoots {
  /// Where the TLS library looks for them.
  private static let files = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

  /// Those that can be read; what can't be is left out.
  static func load(_ roots: NIOSSLTrustRoots) -> [Certificate] {
    if case .certificates(let certificates) = roots { return certificates.compactMap(Certificate.init(_:)) }
    for file in files {
      if let certificates = try? NIOSSLCertificate.fromPEMFile(file) {
        return certificates.compactMap(Certificate.init(_:))
      }
    }
    return []
  }
}
