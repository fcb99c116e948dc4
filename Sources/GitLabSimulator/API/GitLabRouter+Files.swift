import FoundationEssentials
import HTTPTypes
import Hummingbird

extension GitLabRouter {
  /// Files and folders at a commit.
  func addFiles() {
    let repository = "projects/:id/repository"
    on("\(repository)/tree", scopes: ["read_repository"]) { call in
      let project = try call.readableProject()
      let commit: RepositoryCommit
      do {
        commit = try await call.commit(call.text("ref"), of: project)
      } catch APIFault.notFound {
        throw APIFault.notFound("Tree")
      }
      let folder = (call.text("path") ?? "").split(separator: "/").joined(separator: "/")
      guard let entries = try await call.repository(of: project).tree(folder, at: commit.id) else {
        throw APIFault.notFound("invalid revision or path")
      }
      // Folders first, as GitLab lists them.
      let sorted = entries.filter { $0.mode == .folder } + entries.filter { $0.mode != .folder }
      return try call.page(sorted) { .entry($0, of: folder) }
    }
    on("\(repository)/files/:path/raw", scopes: ["read_repository"]) { call in
      let file = try await call.file(ref: call.text("ref"))
      var response = Response(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.content)))
      for (name, value) in file.headers { response.headers[name] = value }
      return response
    }
    on("\(repository)/files/:path", scopes: ["read_repository"]) { call in
      guard let ref = call.text("ref") else { throw APIFault.badParameter("ref is missing") }
      guard !ref.isEmpty else { throw APIFault.badParameter("ref is empty") }
      let file = try await call.file(ref: ref)
      return Response([
        "file_name": .string(file.name), "file_path": .string(file.path), "size": .number(file.content.count),
        "encoding": "base64", "ref": .string(file.ref), "blob_id": .string(file.id), "commit_id": .string(file.commit),
        "last_commit_id": .string(file.commit), "execute_filemode": .bool(file.isExecutable),
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
  let id: String
  let isExecutable: Bool
  let content: [UInt8]

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  var headers: [(String, String)] {
    [
      ("X-Gitlab-Blob-Id", id), ("X-Gitlab-Commit-Id", commit), ("X-Gitlab-Encoding", "base64"),
      ("X-Gitlab-Execute-Filemode", String(isExecutable)), ("X-Gitlab-File-Name", name),
      ("X-Gitlab-File-Path", path), ("X-Gitlab-Last-Commit-Id", commit), ("X-Gitlab-Ref", ref),
      ("X-Gitlab-Size", String(content.count)),
      ("Content-Disposition", "inline; filename=\"\(name)\"; filename*=UTF-8''\(name)"),
    ]
  }
}

extension APICall {
  fileprivate func file(ref: String?) async throws -> FoundFile {
    let project = try readableProject()
    let path = part("path")
    let commit = try await commit(ref, of: project)
    guard let file = try await repository(of: project).file(path, at: commit.id) else {
      throw APIFault.notFound("File")
    }
    return FoundFile(
      path: path, ref: ref ?? "HEAD", commit: commit.id, id: file.id, isExecutable: file.mode == .file(.executable),
      content: file.content)
  }
}

extension JSON {
  fileprivate static func entry(_ entry: RepositoryEntry, of folder: String) -> JSON {
    [
      "id": .string(entry.id), "name": .string(entry.path), "type": .string(entry.mode.type),
      "path": .string(folder.isEmpty ? entry.path : "\(folder)/\(entry.path)"), "mode": .string(entry.mode.digits),
    ]
  }

  /// A moment as GitLab writes it: `2026-03-16T02:00:00.000+00:00`.
  static func time(_ seconds: Int) -> String {
    let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    return "\(whole.dropLast()).000+00:00"
  }
}
