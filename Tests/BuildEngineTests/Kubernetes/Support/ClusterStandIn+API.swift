import Hummingbird
import NIOCore

@testable import BuildEngine

extension ClusterStandIn {
  /// The resources that there are: group and version, plural, kind, verbs.
  static let resources: [(group: String, plural: String, kind: String)] = [
    ("v1", "secrets", "Secret"), ("v1", "configmaps", "ConfigMap"), ("v1", "pods", "Pod"), ("v1", "events", "Event"),
    ("batch/v1", "jobs", "Job"), ("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy"),
    ("authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
  ]

  func answer(_ call: Request, _ request: Hummingbird.Request) async throws -> Response {
    state.withLock { $0.requests.append(call) }
    let parts = call.path.split(separator: "/").map(String.init)
    switch parts {
    case ["version"]: return json(["major": "1", "minor": "33", "gitVersion": "v1.33.0"])
    case ["api"]: return json(["kind": "APIVersions", "versions": ["v1"]])
    case ["apis"]: return json(Self.groups)
    case ["api", "v1"]: return json(Self.list(of: "v1"))
    case ["apis", parts[safe: 1] ?? "", parts[safe: 2] ?? ""] where parts.count == 3:
      return json(Self.list(of: "\(parts[1])/\(parts[2])"))
    default: break
    }
    let query = Self.query(call.query)
    if parts.count == 7, parts[6] == "log" { return try await log(of: parts[5], query) }
    // `/api/v1/namespaces/NS/pods/NAME`, `/apis/batch/v1/namespaces/NS/jobs/NAME`
    let rest = Array(parts.dropFirst(parts.first == "api" ? 2 : 3))
    let path = rest.first == "namespaces" ? Array(rest.dropFirst(2)) : rest
    guard let plural = path.first, let kind = Self.resources.first(where: { $0.plural == plural })?.kind else {
      return failure(.notFound, "NotFound", "the server could not find the requested resource")
    }
    switch (call.method, path.count) {
    case ("POST", 1): return create(call.body, kind: kind, plural: plural)
    case ("GET", 1):
      if query["watch"] == "true" { return try await watch(kind, query) }
      return look(kind, query)
    case ("GET", 2): return object(kind, path[1]).map { json($0) } ?? missing(plural, path[1])
    case ("PATCH", 2): return patch(call.body, kind: kind, name: path[1], plural: plural)
    case ("DELETE", 2): return remove(kind, path[1], plural)
    default: return failure(.methodNotAllowed, "MethodNotAllowed", "not here")
    }
  }

  // MARK: Objects

  private func create(_ body: String, kind: String, plural: String) -> Response {
    guard let given = ManifestNode(json: Array(body.utf8)) else { return failure(.badRequest, "BadRequest", "no JSON") }
    return state.withLock { state in
      if kind == "SelfSubjectAccessReview" {
        let wanted = given["spec"]?["resourceAttributes"]?["resource"]?.text ?? ""
        return json(given.setting("status", ["allowed": .flag(!state.behaviour.forbidden.contains(wanted))]), .created)
      }
      if state.behaviour.forbidden.contains(plural) {
        return failure(
          .forbidden, "Forbidden",
          #"\#(plural) is forbidden: User "lin" cannot create resource "\#(plural)" in the namespace "builds""#)
      }
      let name = given["metadata"]?["name"]?.text ?? ""
      guard state.objects["\(kind)/\(name)"] == nil else {
        return failure(.conflict, "AlreadyExists", #"\#(plural) "\#(name)" already exists"#)
      }
      state.serial += 1
      var kept = given.setting(
        "metadata",
        (given["metadata"] ?? [:]).setting("uid", "uid-\(String(state.serial))").setting("namespace", "builds"))
      if kind == "NetworkPolicy", state.behaviour.widensPolicies {
        kept = kept.setting("spec", (kept["spec"] ?? [:]).setting("egress", [[:]]))
      }
      state.objects["\(kind)/\(name)"] = kept
      Self.reconcile(&state)
      return json(kept, .created)
    }
  }

  private func object(_ kind: String, _ name: String) -> ManifestNode? {
    state.withLock { state in state.objects["\(kind)/\(name)"].map { Self.live($0, state) } }
  }

  private func look(_ kind: String, _ query: [String: String]) -> Response {
    state.withLock { state in
      if kind == "Job" || kind == "Pod", state.behaviour.silentLooks > 0 {
        state.behaviour.silentLooks -= 1
        return failure(
          .serviceUnavailable, "ServiceUnavailable", "the server is currently unable to handle the request")
      }
      Self.reconcile(&state)
      let items: [ManifestNode] =
        kind == "Event"
        ? Self.events(state)
        : state.objects.sorted { $0.key < $1.key }.filter { $0.key.hasPrefix("\(kind)/") }.map { $0.value }
          .filter { Self.matches($0, query) }.map { Self.live($0, state) }
      let resource = Self.resources.first { $0.kind == kind }
      return json([
        "apiVersion": .text(resource?.group ?? "v1"), "kind": .text(kind + "List"),
        "metadata": ["resourceVersion": "1"], "items": .list(items),
      ])
    }
  }

  private func patch(_ body: String, kind: String, name: String, plural: String) -> Response {
    state.withLock { state in
      guard let kept = state.objects["\(kind)/\(name)"], let change = ManifestNode(json: Array(body.utf8)) else {
        return missing(plural, name)
      }
      state.objects["\(kind)/\(name)"] = kept.merging(change)
      Self.reconcile(&state)
      return json(state.objects["\(kind)/\(name)"].map { Self.live($0, state) } ?? kept)
    }
  }

  private func remove(_ kind: String, _ name: String, _ plural: String) -> Response {
    state.withLock { state in
      guard state.objects["\(kind)/\(name)"] != nil else { return missing(plural, name) }
      Self.drop("\(kind)/\(name)", &state)
      return json(["kind": "Status", "apiVersion": "v1", "status": "Success"])
    }
  }

  /// Tells at once what was deleted, for a client that waits for that.
  private func watch(_ kind: String, _ query: [String: String]) async throws -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody { writer in try await writer.finish(nil) })
  }

  // MARK: Answers

  func json(_ node: ManifestNode, _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: node.json)))
  }

  private func missing(_ plural: String, _ name: String) -> Response {
    failure(.notFound, "NotFound", #"\#(plural) "\#(name)" not found"#)
  }

  private func failure(_ status: HTTPResponse.Status, _ reason: String, _ message: String) -> Response {
    json(
      [
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": .text(reason), "message": .text(message),
        "code": .number(status.code),
      ], status)
  }

  // MARK: Discovery

  private static var groups: ManifestNode {
    let names = Set(resources.map(\.group)).filter { $0.contains("/") }.sorted()
    return [
      "kind": "APIGroupList", "apiVersion": "v1",
      "groups": .list(
        names.map { group in
          let version: ManifestNode = ["groupVersion": .text(group), "version": "v1"]
          return [
            "name": .text(String(group.prefix { $0 != "/" })), "versions": [version], "preferredVersion": version,
          ]
        }),
    ]
  }

  private static func list(of group: String) -> ManifestNode {
    [
      "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .text(group),
      "resources": .list(
        resources.filter { $0.group == group }.map { resource in
          [
            "name": .text(resource.plural), "singularName": .text(resource.kind.lowercased()),
            "namespaced": .flag(resource.kind != "SelfSubjectAccessReview"), "kind": .text(resource.kind),
            "verbs": ["create", "delete", "get", "list", "patch", "watch"],
          ]
        }),
    ]
  }

  // MARK: Reading requests

  private static func query(_ text: String) -> [String: String] {
    text.split(separator: "&").reduce(into: [:]) { query, pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingURLPercentEncoding() }
      query[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
  }

  private static func matches(_ object: ManifestNode, _ query: [String: String]) -> Bool {
    if let selector = query["labelSelector"], let mark = selector.firstIndex(of: "=") {
      let label = object["metadata"]?["labels"]?[String(selector[..<mark])]?.text
      if label != String(selector[selector.index(after: mark)...]) { return false }
    }
    if let selector = query["fieldSelector"], selector.hasPrefix("metadata.name=") {
      return object["metadata"]?["name"]?.text == String(selector.dropFirst("metadata.name=".count))
    }
    return true
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension String {
  fileprivate func removingURLPercentEncoding() -> String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.first {
      let digits = rest.dropFirst().prefix(2)
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ManifestNode {
  /// The map with a key's value set.
  func setting(_ key: String, _ value: ManifestNode) -> ManifestNode {
    guard case .map(let entries) = self else { return [:] }
    return .map(entries.filter { $0.key != key } + [Entry(key: key, value: value)])
  }

  /// The map as a merge patch changes it.
  func merging(_ change: ManifestNode) -> ManifestNode {
    guard case .map(let changes) = change, case .map = self else { return change }
    return changes.reduce(self) { node, entry in
      node.setting(entry.key, node[entry.key]?.merging(entry.value) ?? entry.value)
    }
  }
}
