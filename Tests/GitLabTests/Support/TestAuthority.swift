import Crypto
import FoundationEssentials
import Glibc
import NIOSSL
import SecureBuild
import SwiftASN1
import X509

@testable import GitLab

/// A certificate authority of a test's own.
struct TestAuthority: Sendable {
  let certificate: Certificate
  private let key: P256.Signing.PrivateKey

  /// A root, or where `parent` is given, an intermediate.
  init(_ name: String, under parent: TestAuthority? = nil, validity: Range<Date> = .now) throws {
    let key = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName(name) }
    self.key = key
    certificate = try Self.certificate(
      subject, key: key, issuer: parent?.certificate.subject ?? subject, signer: parent?.key ?? key,
      validity: validity,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true))
      })
  }

  var pem: String {
    get throws { try certificate.serializeAsPEM().pemString }
  }

  /// A server's certificate for `names` (DNS names and addresses).
  func server(
    _ names: [String], validity: Range<Date> = .now, through intermediates: [TestAuthority] = []
  ) throws -> TestServerIdentity {
    let key = P256.Signing.PrivateKey()
    let certificate = try Self.certificate(
      try DistinguishedName { CommonName("server") }, key: key, issuer: self.certificate.subject, signer: self.key,
      validity: validity, extensions: try Self.serverExtensions(names))
    return TestServerIdentity(chain: [certificate] + intermediates.map(\.certificate), key: key)
  }

  /// A server's certificate that vouches for itself.
  static func selfSigned(_ names: [String], validity: Range<Date> = .now) throws -> TestServerIdentity {
    let key = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName("Self Signed") }
    let certificate = try certificate(
      subject, key: key, issuer: subject, signer: key, validity: validity, extensions: try serverExtensions(names))
    return TestServerIdentity(chain: [certificate], key: key)
  }

  private static func serverExtensions(_ names: [String]) throws -> Certificate.Extensions {
    let names = names.map { name -> GeneralName in
      switch IPAddress(literal: name) {
      case .v4(let address):
        .ipAddress(ASN1OctetString(contentBytes: [24, 16, 8, 0].map { UInt8(address.bits >> $0 & 255) }[...]))
      case .v6: .ipAddress(ASN1OctetString(contentBytes: bytes(ofIPv6: name)[...]))
      case nil: .dnsName(name)
      }
    }
    return try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      if !names.isEmpty { SubjectAlternativeNames(names) }
    }
  }

  private static func bytes(ofIPv6 text: String) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    inet_pton(AF_INET6, text, &bytes)
    return bytes
  }

  private static func certificate(
    _ subject: DistinguishedName, key: P256.Signing.PrivateKey, issuer: DistinguishedName,
    signer: P256.Signing.PrivateKey, validity: Range<Date>, extensions: Certificate.Extensions
  ) throws -> Certificate {
    try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
      notValidBefore: validity.lowerBound, notValidAfter: validity.upperBound, issuer: issuer, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: .init(signer))
  }
}

/// What a TLS server shows: its certificate, those between it and the root, its key.
struct TestServerIdentity: Sendable {
  let chain: [Certificate]
  let key: P256.Signing.PrivateKey

  var pem: String {
    get throws { try chain[0].serializeAsPEM().pemString }
  }

  /// Its TLS, at most of version `newest`; `wantsClient` asks the client for a certificate.
  func context(newest: TLSVersion? = nil, wantsClient: Bool = false) throws -> NIOSSLContext {
    let chain = try chain.map {
      NIOSSLCertificateSource.certificate(
        try NIOSSLCertificate(bytes: Array($0.serializeAsPEM().pemString.utf8), format: .pem))
    }
    let key = try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv1
    configuration.maximumTLSVersion = newest
    if wantsClient { configuration.certificateVerification = .noHostnameVerification }
    return try NIOSSLContext(configuration: configuration)
  }
}

extension Range<Date> {
  static var now: Self { days(-1, 90) }

  /// From so many days from now to so many.
  static func days(_ from: Double, _ to: Double) -> Self {
    let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
    return now.addingTimeInterval(from * 86400)..<now.addingTimeInterval(to * 86400)
  }
}
