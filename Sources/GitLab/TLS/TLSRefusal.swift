import NIOSSL

/// Why a handshake was refused, as far as the library tells: which is little, hence `ChainReading`.
enum TLSRefusal: Error, Sendable, Equatable {
  /// The chain is good, the certificate is for other names.
  case wrongHost
  /// The other side ended the connection before it had answered.
  case closed
  /// Anything else; the library's own words.
  case library(String)

  init(_ error: any Error) {
    switch error {
    case let refusal as TLSRefusal: self = refusal
    case let error as NIOSSLExtraError where error == .failedToValidateHostname: self = .wrongHost
    default: self = .library(Self.reason(in: "\(error)"))
    }
  }

  var words: String {
    switch self {
    case .wrongHost: "certificate for another host"
    case .closed: "connection closed during the handshake"
    case .library(let words): words
    }
  }

  /// BoringSSL's reason in an error's description (`…:OPENSSL_internal:NO_SHARED_CIPHER at …`), as words.
  private static func reason(in description: String) -> String {
    guard let mark = description.firstRange(of: "OPENSSL_internal:") else {
      return description.contains("EOF during handshake") ? TLSRefusal.closed.words : String(description.prefix(120))
    }
    let reason = description[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return reason.lowercased().replacing("_", with: " ")
  }
}
