import Testing

@testable import BuildEngine

@Suite struct KubectlFaultTests {
  @Test(arguments: [
    #"Error from server (Forbidden): jobs.batch is forbidden: User "lin" cannot create"#,
    "Warning: something\nError from server (Forbidden): error when creating \"STDIN\": secrets is forbidden",
  ])
  func `knows a refusal`(said: String) {
    guard case .refused("Forbidden", let words) = KubectlFault(said: said) else {
      Issue.record("no refusal")
      return
    }
    #expect(words.hasPrefix("Error from server"))
  }

  @Test(arguments: [
    "Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout",
    "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    "Error from server (ServiceUnavailable): the server is currently unable to handle the request",
    "Error from server (InternalError): an error on the server (\"\") has prevented the request from succeeding",
    "error: unexpected EOF", "Get \"http://127.0.0.1:1/api\": dial tcp 127.0.0.1:1: connect: connection refused",
  ])
  func `knows a cluster that may answer later`(said: String) {
    guard case .unreachable = KubectlFault(said: said) else {
      Issue.record("\(KubectlFault(said: said))")
      return
    }
  }

  @Test(arguments: [
    "error: context \"prod\" does not exist",
    "error: no configuration has been provided, try setting KUBERNETES_MASTER",
    "",
  ])
  func `knows what is wrong on this side`(said: String) {
    guard case .failed = KubectlFault(said: said) else {
      Issue.record("\(KubectlFault(said: said))")
      return
    }
  }
}
