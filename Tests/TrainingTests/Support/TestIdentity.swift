import Crypto
import Foundation
import NIOSSL
import X509

/// A certificate for 127.0.0.1 that vouches for itself, with its key.
struct TestIdentity {
  private let certificate: Certificate
  private let key = P256.Signing.PrivateKey()

  init() throws {
    let name = try DistinguishedName { CommonName("127.0.0.1") }
    let loopback = GeneralName.ipAddress(.init(contentBytes: [127, 0, 0, 1]))
    certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
      notValidBefore: Date.now.addingTimeInterval(-3600), notValidAfter: Date.now.addingTimeInterval(86400),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        SubjectAlternativeNames([loopback])
      }, issuerPrivateKey: .init(key))
  }

  var pem: String { get throws { try certificate.serializeAsPEM().pemString } }

  var tls: TLSConfiguration {
    get throws {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).map(NIOSSLCertificateSource.certificate)
      let key = try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
      return .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
    }
  }
}
