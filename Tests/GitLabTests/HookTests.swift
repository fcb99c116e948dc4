import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import SecureBuild
import Synchronization
import Testing

@testable import GitLab

/// What a listener is sent, and what it answers.
struct HookCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var method = HTTPMethod.POST
  var path = HookListener.path
  var token: String? = "hook-secret"
  var event: String? = "Push Hook"
  var body = Self.push
  let status: Int
  var isTold = false

  static let push = body(after: String(repeating: "a", count: 40))

  static func body(after: String) -> String {
    #"{"object_kind":"push","ref":"refs/heads/main","after":"\#(after)","project_id":7,"#
      + #""project":{"id":7,"path_with_namespace":"g/s/p"},"commits":[]}"#
  }

  static let all = [
    Self(testDescription: "a push", status: 204, isTold: true),
    Self(testDescription: "a tag", event: "Tag Push Hook", status: 204, isTold: true),
    Self(
      testDescription: "a branch removed", body: body(after: String(repeating: "0", count: 40)), status: 204),
    Self(testDescription: "no token", token: nil, status: 401),
    Self(testDescription: "an empty token", token: "", status: 401),
    Self(testDescription: "another token", token: "hook-secrex", status: 401),
    Self(testDescription: "the token's beginning", token: "hook-secre", status: 401),
    Self(testDescription: "the token and more", token: "hook-secrett", status: 401),
    Self(testDescription: "another event", event: "Job Hook", status: 400),
    Self(testDescription: "no event", event: nil, status: 400),
    Self(testDescription: "no JSON", body: "ref=main", status: 400),
    Self(testDescription: "nothing", body: "", status: 400),
    Self(testDescription: "JSON of another shape", body: #"{"project_id":"7"}"#, status: 400),
    Self(testDescription: "a list", body: "[]", status: 400),
    Self(
      testDescription: "too much", body: #"{"x":""# + String(repeating: "x", count: HookGate.longest) + #""}"#,
      status: 413),
    Self(testDescription: "another place", path: "/", status: 404),
    Self(testDescription: "below it", path: "/gitlab/x", status: 404),
    Self(testDescription: "a question", method: .GET, status: 405),
  ]
}

@Suite("A webhook's listener") struct HookTests {
  private final class Heard: Sendable {
    let words = Mutex<[PushWord]>([])
    let port = Mutex<Int?>(nil)
  }

  /// Runs `body` with a listener's port and what it hears.
  private func listening<Value>(_ body: (Int, Heard) async throws -> Value) async throws -> Value {
    let heard = Heard()
    let listener = HookListener(at: "127.0.0.1", port: 0, secret: try #require(Token("hook-secret")))
    let running = Task {
      try await listener.run(listening: { port in heard.port.withLock { $0 = port } }) { word in
        heard.words.withLock { $0.append(word) }
      }
    }
    try await eventually { heard.port.withLock { $0 != nil } }
    let value = try await body(try #require(heard.port.withLock { $0 }), heard)
    running.cancel()
    _ = await running.result
    return value
  }

  private func send(_ hook: HookCase, to port: Int) async throws -> Int {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(hook.path)")
    request.method = hook.method
    request.headers = ["Content-Type": "application/json"]
    if let token = hook.token { request.headers.add(name: "X-Gitlab-Token", value: token) }
    if let event = hook.event { request.headers.add(name: "X-Gitlab-Event", value: event) }
    if hook.method == .POST { request.body = .bytes(ByteBuffer(string: hook.body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    return Int(response.status.code)
  }

  @Test("takes what GitLab sends with the secret token, and nothing else", arguments: HookCase.all)
  func takes(_ hook: HookCase) async throws {
    try await listening { port, heard in
      let status = try await send(hook, to: port)
      #expect(status == hook.status)
      let words = heard.words.withLock { $0 }
      #expect(words == (hook.isTold ? [PushWord(projectId: 7, project: "g/s/p")] : []))
    }
  }

  @Test("a body that never ends is cut off, and others are answered meanwhile")
  func endlessBody() async throws {
    try await listening { port, heard in
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(HookListener.path)")
      request.method = .POST
      request.headers = ["X-Gitlab-Token": "hook-secret", "X-Gitlab-Event": "Push Hook"]
      let spaces = ByteBuffer(repeating: 0x20, count: 1 << 16)
      // At the pace of a network: one that never pauses takes all turns of this process's own tasks, the listener's too.
      let body = AsyncStream {
        try? await Task.sleep(for: .milliseconds(1))
        return spaces
      }
      request.body = .stream(body, length: .unknown)
      let endless = request
      let flood = Task { try await HTTPClient.shared.execute(endless, timeout: .seconds(30)).status.code }
      let status = try await send(HookCase(testDescription: "", status: 204), to: port)
      #expect(status == 204)
      // The answer, or the connection's end.
      switch await flood.result {
      case .success(let status): #expect(status == 413)
      case .failure(let error): #expect(!(error is CancellationError))
      }
      #expect(heard.words.withLock { $0.count } == 1)
    }
  }

  @Test("a port that is taken is told")
  func takenPort() async throws {
    try await listening { port, _ in
      let second = HookListener(at: "127.0.0.1", port: port, secret: try #require(Token("x")))
      let refusal = await #expect(throws: Refusal.self) { try await second.run { _ in } }
      #expect(refusal?.code == .webhookUnusable && refusal?.message.en.contains("127.0.0.1:\(port)") == true)
    }
  }
}
