import NIOSSL
import SecureBuild
import SwiftASN1
import X509

extension Certificate {
  /// The same certificate, to be read rather than used; nil where it can't be.
  init?(_ certificate: NIOSSLCertificate) {
    guard let bytes = try? certificate.toDERBytes(), let read = try? Certificate(derEncoded: bytes) else { return nil }
    self = read
  }

  var isSelfIssued: Bool { issuer == subject }

  /// Whether the key of `issuer` signed it.
  func isSigned(by issuer: Certificate) -> Bool {
    self.issuer == issuer.subject && issuer.publicKey.isValidSignature(signature, for: self)
  }

  /// The names it is for: DNS names and addresses, or where it has none (an old habit) its common name.
  var names: [String] {
    let names = alternativeNames.compactMap { name -> String? in
      switch name {
      case .dnsName(let name): PlainWords.plain(name)
      case .ipAddress(let octets): IPAddress(bytes: octets.bytes)?.description
      default: nil
      }
    }
    return names.isEmpty ? [subject.shortName] : names
  }

  var addresses: [IPAddress] {
    alternativeNames.compactMap { if case .ipAddress(let octets) = $0 { IPAddress(bytes: octets.bytes) } else { nil } }
  }

  private var alternativeNames: [GeneralName] {
    (try? extensions.subjectAlternativeNames).map(Array.init) ?? []
  }
}

extension DistinguishedName {
  /// What a person calls it by: its common name, else its organisation, else all of it.
  var shortName: String {
    let attributes = flatMap { Array($0) }
    for type in [ASN1ObjectIdentifier.RDNAttributeType.commonName, .RDNAttributeType.organizationName] {
      if let value = attributes.first(where: { $0.type == type })?.value, let text = String(value) {
        return PlainWords.plain(text)
      }
    }
    return PlainWords.plain(description)
  }
}
