import HummingbirdTLS

/// What a server shows over TLS.
public struct ServerIdentity: Sendable {
  /// Its own certificate first, then those between it and the root; PEM, one after the other.
  public let chain: String
  /// The key of the first; PEM.
  public let key: String

  public init(chain: String, key: String) {
    self.chain = chain
    self.key = key
  }

  /// - Throws: the library's error where the PEM can't be read.
  func configuration() throws -> TLSConfiguration {
    let certificates = try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8))
    return .makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
  }
}
