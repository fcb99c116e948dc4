import Foundation
import GitLab
import SecureBuild
import Synchronization
import Testing

@testable import Training

/// Builds on a push, practised: the real git, the training GitLab with its webhooks, the listener and the watch.
@Suite("A push in a training workspace", .serialized, .enabled(if: Git.isInstalled, "git is missing"))
struct PushPracticeTests {
  private final class Notes: Sendable {
    let port = Mutex<Int?>(nil)
    let events = Mutex<[WatchEvent]>([])

    var hasBegun: Bool {
      events.withLock { $0.contains { if case .began = $0 { true } else { false } } }
    }
    var queued: [BuildRequest] {
      events.withLock { $0.compactMap { if case .queued(let request) = $0 { request } else { nil } } }
    }
  }

  @Test("reaches the watch by the webhook, and is in the queue once")
  func byWebhook() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let repository = try await trainee.boundRepository(in: workspace, rule: #"release-(?<imageTag>\w+)"#)
    // So long that only a webhook can be the reason for a second look.
    let watch = try BuildWatch(workspace, every: .seconds(3600))
    let listener = HookListener(at: "127.0.0.1", port: 0, secret: try workspace.webhookSecret())
    let notes = Notes()
    let watching = Task { try await watch.run { event in notes.events.withLock { $0.append(event) } } }
    let listening = Task {
      try await listener.run(listening: { port in notes.port.withLock { $0 = port } }, telling: watch.hear)
    }
    defer {
      watching.cancel()
      listening.cancel()
    }
    #expect(try await eventually { notes.hasBegun && notes.port.withLock { $0 != nil } })
    let port = try #require(notes.port.withLock { $0 })
    let hook = try await workspace.addWebhook(for: repository, url: "http://127.0.0.1:\(port)/gitlab")
    #expect(hook.pushEvents && hook.tagPushEvents)
    // A second one of the same address takes the first one's place.
    _ = try await workspace.addWebhook(for: repository, url: "http://127.0.0.1:\(port)/gitlab")

    let commit = try await trainee.push(to: "release-v7")
    #expect(try await eventually { !notes.queued.isEmpty })
    let live = try workspace.builds.live()
    #expect(live.map(\.request.imageTag) == ["v7"] && live.map(\.request.commitId) == [commit])
    #expect(live.first?.request.trigger == .push)
    #expect(try await workspace.removeWebhooks(of: repository, url: "http://127.0.0.1:\(port)/gitlab") == 1)
  }

  @Test("reaches the watch by its next look where no webhook tells")
  func byLooking() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    _ = try await trainee.boundRepository(in: workspace, rule: "main")
    let watch = try BuildWatch(workspace, every: .milliseconds(50))
    let notes = Notes()
    let watching = Task { try await watch.run { event in notes.events.withLock { $0.append(event) } } }
    defer { watching.cancel() }
    #expect(try await eventually { notes.hasBegun })
    let commit = try await trainee.push(to: "main")
    #expect(try await eventually { !notes.queued.isEmpty })
    #expect(notes.queued.map(\.commitId) == [commit])
  }

  @Test(
    "a webhook's address must be one that GitLab can post to",
    arguments: ["", "gitlab", "ftp://10.0.0.5/x", "http://", "http://a b/", "http://u:p@10.0.0.5/", "http:///x"])
  func badAddresses(url: String) async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let refusal = await #expect(throws: Refusal.self) { try await workspace.addWebhook(for: "crr-x", url: url) }
    #expect(refusal?.code == .webhookUnusable)
  }

  @Test("a workspace's secret token is made once, for its owner's eyes")
  func secret() throws {
    let trainee = try Trainee()
    let first = try trainee.workspace().webhookSecret()
    #expect(try trainee.workspace().webhookSecret() == first && first.secret.count == 64)
    let path = "\(trainee.store.path)/watch/webhook-secret"
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    #expect(try trainee.store.check() == [])
  }
}

extension Trainee {
  /// Binds the first instance, and makes a repository of platform/hello-web with one rule.
  /// - Returns: its id.
  fileprivate func boundRepository(in workspace: Workspace, rule: String) async throws -> String {
    let link = try workspace.createLink(
      LinkDraft(
        instanceId: facts.instanceId, gitLabIntranetIp: facts.gitLabIntranetIp.description, vpcId: facts.vpcId,
        vSwitchId: facts.vSwitchId))
    _ = try await workspace.bind(
      BindingDraft(
        instanceId: facts.instanceId, linkId: link.id, address: facts.address, username: facts.username,
        token: facts.token))
    let repository = try workspace.createRepository(
      RepositoryDraft(
        instanceId: facts.instanceId, namespaceName: "web", name: "hello", summary: "A page",
        project: "platform/hello-web", projectId: 100, autoBuild: true))
    let tag = rule.contains("imageTag") ? "${imageTag}" : "latest"
    _ = try workspace.createRule(RuleDraft(repoId: repository.id, pushName: rule, imageTag: tag))
    return repository.id
  }

  /// Pushes a new commit of platform/hello-web to a branch, by git.
  /// - Returns: its id.
  fileprivate func push(to branch: String) async throws -> String {
    let git = Git(in: sandbox, token: facts.token.secret)
    let place = try place
    let port = try #require(place.ports["gitlab.corp.example"])
    let folder = sandbox.file("clone")
    try await git.done("clone", "--quiet", "http://\(place.address):\(port)/platform/hello-web.git", folder)
    try await git.done("commit", "--quiet", "--allow-empty", "-m", "Another", at: folder)
    try await git.done("push", "--quiet", "origin", "HEAD:refs/heads/\(branch)", at: folder)
    return try await git.done("rev-parse", "HEAD", at: folder).lines[0]
  }
}
