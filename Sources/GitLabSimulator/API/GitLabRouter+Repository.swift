import FoundationEssentials
import HTTPTypes
import Hummingbird

extension GitLabRouter {
  func addRepository() {
    let repository = "projects/:id/repository"
    on("\(repository)/branches") { call in
      let project = try call.readableProject()
      let word = call.text("search")?.lowercased()
      return try call.page(project.branches.filter { word.map($0.name.lowercased().contains) ?? true }) {
        .branch($0, of: project, at: call.url)
      }
    }
    on("\(repository)/branches/:name") { call in
      let project = try call.readableProject()
      guard let branch = project.branches.first(where: { $0.name == call.part("name") }) else {
        throw APIFault.notFound("Branch")
      }
      return Response(.branch(branch, of: project, at: call.url))
    }
    on("\(repository)/tags") { call in
      let project = try call.readableProject()
      let word = call.text("search")?.lowercased()
      return try call.page(project.tags.filter { word.map($0.name.lowercased().contains) ?? true }) {
        .tag($0, of: project, at: call.url)
      }
    }
    on("\(repository)/tags/:name") { call in
      let project = try call.readableProject()
      guard let tag = project.tags.first(where: { $0.name == call.part("name") }) else {
        throw APIFault.notFound("Tag")
      }
      return Response(.tag(tag, of: project, at: call.url))
    }
    on("\(repository)/files/:path/raw", scopes: ["read_repository"]) { call in
      let file = try call.file(ref: call.text("ref"))
      var response = Response(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.content)))
      for (name, value) in file.headers { response.headers[name] = value }
      return response
    }
    on("\(repository)/files/:path", scopes: ["read_repository"]) { call in
      guard let ref = call.text("ref") else { throw APIFault.badParameter("ref is missing") }
      guard !ref.isEmpty else { throw APIFault.badParameter("ref is empty") }
      let file = try call.file(ref: ref)
      return Response([
        "file_name": .string(file.name), "file_path": .string(file.path), "size": .number(file.content.count),
        "encoding": "base64", "ref": .string(file.ref), "commit_id": .string(file.commit),
        "last_commit_id": .string(file.commit), "execute_filemode": false,
        "content": .string(Data(file.content).base64EncodedString()),
      ])
    }
  }
}

/// A file of a repository, as a request found it.
private struct FoundFile {
  let path: String
  let ref: String
  let commit: String
  let content: [UInt8]

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  var headers: [(String, String)] {
    [
      ("X-Gitlab-Commit-Id", commit), ("X-Gitlab-Encoding", "base64"), ("X-Gitlab-Execute-Filemode", "false"),
      ("X-Gitlab-File-Name", name), ("X-Gitlab-File-Path", path), ("X-Gitlab-Last-Commit-Id", commit),
      ("X-Gitlab-Ref", ref), ("X-Gitlab-Size", String(content.count)),
      ("Content-Disposition", "inline; filename=\"\(name)\"; filename*=UTF-8''\(name)"),
    ]
  }
}

extension APICall {
  /// The project that the path names, where the caller may read its code: a guest of a private one may not.
  func readableProject() throws(APIFault) -> SimulatedProject {
    let project = try project()
    guard project.visibility != .private || access(to: project) >= 20 else { throw .forbidden(nil) }
    return project
  }

  fileprivate func file(ref: String?) throws(APIFault) -> FoundFile {
    let project = try readableProject()
    let path = part("path")
    let isHead = ref == nil || ref == "HEAD"
    let name = isHead ? project.defaultBranch ?? "" : ref ?? ""
    guard let commit = project.commit(named: name) else { throw .notFound("Commit") }
    guard let content = project.trees[commit]?[path] else { throw .notFound("File") }
    return FoundFile(path: path, ref: ref ?? "HEAD", commit: commit, content: content)
  }
}

extension JSON {
  static func branch(_ branch: SimulatedBranch, of project: SimulatedProject, at url: String) -> JSON {
    [
      "name": .string(branch.name), "commit": commit(branch.commit, of: project, at: url), "merged": false,
      "protected": .bool(branch.protected), "developers_can_push": .bool(!branch.protected),
      "developers_can_merge": .bool(!branch.protected), "can_push": true,
      "default": .bool(branch.name == project.defaultBranch),
      "web_url": "\(url)/\(project.path)/-/tree/\(branch.name)",
    ]
  }

  static func tag(_ tag: SimulatedTag, of project: SimulatedProject, at url: String) -> JSON {
    [
      "name": .string(tag.name), "message": .string(tag.message), "target": .string(tag.commit.id),
      "commit": commit(tag.commit, of: project, at: url), "release": nil, "protected": false,
      "created_at": .string(tag.commit.createdAt),
    ]
  }

  private static func commit(_ commit: SimulatedCommit, of project: SimulatedProject, at url: String) -> JSON {
    [
      "id": .string(commit.id), "short_id": .string(String(commit.id.prefix(8))),
      "created_at": .string(commit.createdAt), "parent_ids": [], "title": .string(commit.title),
      "message": .string(commit.title), "author_name": .string(commit.author),
      "author_email": .string(commit.email), "authored_date": .string(commit.createdAt),
      "committer_name": .string(commit.author), "committer_email": .string(commit.email),
      "committed_date": .string(commit.createdAt), "trailers": [:],
      "web_url": "\(url)/\(project.path)/-/commit/\(commit.id)",
    ]
  }
}
