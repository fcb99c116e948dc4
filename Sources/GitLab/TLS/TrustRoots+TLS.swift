import NIOSSL
import SecureBuild

extension TrustRoots {
  /// The certificates given beside the system's.
  /// - Throws: `TLSFailure.badGivenRoots` when there is none, or one that can't be read.
  func givenCertificates() throws(TLSFailure) -> [NIOSSLCertificate] {
    guard case .systemAnd(let pem) = self else { return [] }
    guard pem.contains("-----BEGIN") else { throw .badGivenRoots("no PEM text in it") }
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
    } catch {
      throw .badGivenRoots(TLSRefusal(error).words)
    }
    guard !certificates.isEmpty else { throw .badGivenRoots("no certificate in it") }
    return certificates
  }
}

extension TLSConfiguration {
  /// How this program speaks TLS to a GitLab: 1.2 or later, the system's roots and `given`, HTTP/1.1.
  static func gitLab(
    trusting given: [NIOSSLCertificate], system: NIOSSLTrustRoots = .default
  ) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = system
    if !given.isEmpty { configuration.additionalTrustRoots = [.certificates(given)] }
    configuration.applicationProtocols = ["http/1.1"]
    configuration.shutdownTimeout = .milliseconds(200)
    return configuration
  }
}
