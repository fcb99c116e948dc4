import FoundationEssentials
import Hummingbird

extension GitLabRouter {
  /// Webhooks, for maintainers alone.
  func addHooks() {
    let gitLab = gitLab
    on("projects/:id/hooks") { call in
      let project = try call.maintainedProject()
      return try call.page(try gitLab.hooks(of: project)) { .hook($0, of: project) }
    }
    on("projects/:id/hooks", body: .post) { call, body in
      let project = try call.maintainedProject()
      guard let wanted = try? JSONDecoder().decode(HookRequest.self, from: Data(body.readableBytesView)) else {
        throw APIFault.badParameter("url is missing")
      }
      guard wanted.url.hasPrefix("http://") || wanted.url.hasPrefix("https://") else {
        return Response(
          ["message": ["url": ["is blocked: Only allowed schemes are http, https"]]], status: .unprocessableContent)
      }
      let hook = try gitLab.updateHooks(of: project) { hooks in
        let hook = SimulatedHook(
          id: (hooks.map(\.id).max() ?? project.id * 100) + 1, url: wanted.url, secret: wanted.token ?? "",
          pushEvents: wanted.pushEvents ?? true, tagPushEvents: wanted.tagPushEvents ?? false,
          verifiesTLS: wanted.verifiesTLS ?? true, createdAt: project.createdAt)
        hooks.append(hook)
        return hook
      }
      return Response(.hook(hook, of: project), status: .created)
    }
    on("projects/:id/hooks/:hook", body: .delete) { call, _ in
      let project = try call.maintainedProject()
      let id = Int(call.part("hook"))
      let wasThere = try gitLab.updateHooks(of: project) { hooks in
        defer { hooks.removeAll { $0.id == id } }
        return hooks.contains { $0.id == id }
      }
      guard wasThere else { throw APIFault.notFound(nil) }
      return Response(status: .noContent)
    }
  }
}

/// The parameters of a new hook. Its secret token is taken and never told again.
private struct HookRequest: Decodable {
  let url: String
  let token: String?
  let pushEvents: Bool?
  let tagPushEvents: Bool?
  let verifiesTLS: Bool?

  enum CodingKeys: String, CodingKey {
    case url, token
    case pushEvents = "push_events"
    case tagPushEvents = "tag_push_events"
    case verifiesTLS = "enable_ssl_verification"
  }
}

extension APICall {
  fileprivate func maintainedProject() throws(APIFault) -> SimulatedProject {
    _ = try signedIn()
    let project = try project()
    guard access(to: project) >= 40 else { throw .forbidden(nil) }
    return project
  }
}

extension JSON {
  fileprivate static func hook(_ hook: SimulatedHook, of project: SimulatedProject) -> JSON {
    [
      "id": .number(hook.id), "url": .string(hook.url), "created_at": .string(hook.createdAt),
      "push_events": .bool(hook.pushEvents), "tag_push_events": .bool(hook.tagPushEvents),
      "merge_requests_events": false, "repository_update_events": false,
      "enable_ssl_verification": .bool(hook.verifiesTLS), "project_id": .number(project.id),
      "alert_status": "executable",
    ]
  }
}
