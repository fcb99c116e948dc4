import Crypto
import FoundationEssentials
import GitLabSimulator
import X509

/// The authority that signs the certificates of a training world. Its key follows from the workspace's id, so that a CA
/// file given once holds for every server to come; nobody outside this host's loopback ever meets it.
struct TrainingAuthority {
  private let key: P256.Signing.PrivateKey
  private let certificate: Certificate

  init(of workspace: String) throws {
    key = try Self.key(of: workspace)
    let name = try DistinguishedName { CommonName("Training CA \(workspace)") }
    certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(bytes: [1]), publicKey: .init(key.publicKey),
      notValidBefore: Date(timeIntervalSince1970: 1_704_067_200),
      notValidAfter: Date(timeIntervalSince1970: 4_102_444_800),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true))
      }, issuerPrivateKey: .init(key))
  }

  /// What a person gives as CA file.
  var pem: String { get throws { try certificate.serializeAsPEM().pemString + "\n" } }

  /// A server's certificate for a name, valid so many days from today on.
  func identity(for name: String, days: ClosedRange<Double>) throws -> ServerIdentity {
    let own = P256.Signing.PrivateKey()
    let day = 86400.0
    let now = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded())
    let signed = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(own.publicKey),
      notValidBefore: now.addingTimeInterval(days.lowerBound * day),
      notValidAfter: now.addingTimeInterval(days.upperBound * day), issuer: certificate.subject,
      subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        SubjectAlternativeNames([.dnsName(name)])
      }, issuerPrivateKey: .init(key))
    return ServerIdentity(chain: try signed.serializeAsPEM().pemString, key: own.pemRepresentation)
  }

  private static func key(of workspace: String) throws -> P256.Signing.PrivateKey {
    var derivation = Derivation(from: "\(workspace)/authority")
    var bytes = (0..<32).map { _ in UInt8(truncatingIfNeeded: derivation.next()) }
    // Below the order of the curve, for certain.
    bytes[0] &= 0x7f
    return try P256.Signing.PrivateKey(rawRepresentation: bytes)
  }
}
