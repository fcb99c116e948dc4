import Hummingbird

extension GitLabRouter {
  func addProjects(api: String) {
    on("projects", api: api) { call in try call.projects() }
    on("projects/:id", api: api) { call in
      Response(.project(try call.project(), to: call.caller?.user, at: call.url))
    }
  }
}

extension APICall {
  /// The project that the path names, by id or by `group%2Fname`; 404 for one that the caller may not see.
  func project() throws(APIFault) -> SimulatedProject {
    let name = part("id")
    let found = site.projects.first { String($0.id) == name || $0.path.lowercased() == name.lowercased() }
    guard let found, isVisible(found) else { throw .notFound("Project") }
    return found
  }

  /// The caller's access to a project: 0 for none.
  func access(to project: SimulatedProject) -> Int { caller.flatMap { project.members[$0.user.id] } ?? 0 }

  private func isVisible(_ project: SimulatedProject) -> Bool {
    switch project.visibility {
    case .public: true
    case .internal: caller != nil
    case .private: access(to: project) > 0
    }
  }

  fileprivate func projects() throws(APIFault) -> Response {
    let order = try choice("order_by", of: ["id", "name", "path", "created_at", "updated_at", "last_activity_at"])
    let descending = try choice("sort", of: ["asc", "desc"]) != "asc"
    var found = try filtered()
    if let after = try number("id_after") { found.removeAll { $0.id <= after } }
    if let before = try number("id_before") { found.removeAll { $0.id >= before } }
    found.sort { a, b in
      let (first, second) = descending ? (b, a) : (a, b)
      return switch order {
      case "id": first.id < second.id
      case "name": (first.name, first.id) < (second.name, second.id)
      case "path": (first.path, first.id) < (second.path, second.id)
      default: (first.createdAt, first.id) < (second.createdAt, second.id)
      }
    }
    let simple = try flag("simple") || caller == nil
    let encode: (SimulatedProject) -> JSON = { project in
      simple ? .simple(project, at: url) : .project(project, to: caller?.user, at: url)
    }
    guard try choice("pagination", of: ["legacy", "keyset"]) == "keyset" else { return try page(found, encode) }
    guard order ?? "id" == "id" else { throw .keysetUnavailable }
    if order == nil { found.sort { descending ? $0.id > $1.id : $0.id < $1.id } }
    return try keysetPage(found, descending: descending, encode)
  }

  private func filtered() throws(APIFault) -> [SimulatedProject] {
    let member = try flag("membership")
    let owned = try flag("owned")
    let archived: Bool? = text("archived") == nil ? nil : try flag("archived")
    let level = try number("min_access_level") ?? 0
    let visibility = try choice("visibility", of: ["public", "internal", "private"])
    let namespaces = try flag("search_namespaces")
    let words = (text("search") ?? "").lowercased().split(separator: " ")
    return site.projects.filter { project in
      let access = access(to: project)
      guard isVisible(project), !member || access > 0, !owned || access >= 50, access >= level,
        archived == nil || archived == project.archived, visibility == nil || visibility == project.visibility.rawValue
      else { return false }
      let text = (namespaces ? project.path : project.name).lowercased()
      return words.allSatisfy { text.contains($0) || project.description.lowercased().contains($0) }
    }
  }
}

extension JSON {
  /// What everybody who sees a project is told.
  static func simple(_ project: SimulatedProject, at url: String) -> JSON { .object(members(of: project, at: url)) }

  /// A project with what it means to one user.
  static func project(_ project: SimulatedProject, to user: SimulatedUser?, at url: String) -> JSON {
    guard let user else { return simple(project, at: url) }
    let access: JSON = project.members[user.id].map { ["access_level": .number($0), "notification_level": 3] } ?? nil
    return .object(
      members(of: project, at: url) + [
        ("packages_enabled", true), ("empty_repo", .bool(project.defaultBranch == nil)),
        ("archived", .bool(project.archived)), ("visibility", .string(project.visibility.rawValue)),
        ("owner", nil), ("issues_enabled", true), ("merge_requests_enabled", true), ("wiki_enabled", true),
        ("jobs_enabled", true), ("snippets_enabled", true), ("container_registry_enabled", true),
        ("creator_id", 1), ("import_status", "none"), ("open_issues_count", 0), ("public_jobs", true),
        ("shared_with_groups", []), ("only_allow_merge_if_pipeline_succeeds", false), ("lfs_enabled", true),
        ("request_access_enabled", true), ("permissions", ["project_access": access, "group_access": nil]),
      ])
  }

  private static func members(of project: SimulatedProject, at url: String) -> [(String, JSON)] {
    let host = url.split(separator: "/", maxSplits: 3).dropFirst().first.map(String.init) ?? ""
    let spaced = project.path.replacing("/", with: " / ")
    let namespace = project.namespace
    return [
      ("id", .number(project.id)), ("description", .string(project.description)), ("name", .string(project.name)),
      ("name_with_namespace", .string(spaced)), ("path", .string(project.name)),
      ("path_with_namespace", .string(project.path)), ("created_at", .string(project.createdAt)),
      ("default_branch", .text(project.defaultBranch)), ("tag_list", []), ("topics", []),
      ("ssh_url_to_repo", "git@\(host.prefix { $0 != ":" }):\(project.path).git"),
      ("http_url_to_repo", "\(url)/\(project.path).git"), ("web_url", "\(url)/\(project.path)"),
      ("readme_url", project.defaultBranch.map { "\(url)/\(project.path)/-/blob/\($0)/README.md" } ?? nil),
      ("forks_count", 0), ("avatar_url", nil), ("star_count", 0), ("last_activity_at", .string(project.createdAt)),
      (
        "namespace",
        [
          "id": .number(project.id + 100_000), "name": .string(namespace), "path": .string(namespace),
          "kind": "group", "full_path": .string(namespace), "parent_id": nil, "avatar_url": nil,
          "web_url": "\(url)/groups/\(namespace)",
        ]
      ),
    ]
  }
}
