import FlatFiles
import SecureBuild
import Testing

@testable import Training

/// Lessons by the use cases alone: what counts is the state that they leave.
@Suite("Lessons", .serialized) struct LessonTests {
  private let trainee: Trainee
  private let workspace: Workspace
  private let lessons: Lessons
  private let catalogue = LessonCatalogue()

  init() throws {
    trainee = try Trainee()
    workspace = try trainee.workspace()
    lessons = try Lessons(in: workspace)
  }

  private func start(_ id: String) throws { _ = try lessons.start(try catalogue.lesson(id).lesson) }

  private func link(allowing: [String] = []) throws -> Link {
    try workspace.createLink(
      LinkDraft(
        instanceId: .buildProd, gitLabIntranetIp: "192.168.10.20", allowedIps: allowing.map { AllowedIpDraft($0) },
        vpcId: .prod, vSwitchId: .prodBuild))
  }

  private func bind(_ link: Link, _ purpose: TrainingToken.Purpose = .good) async throws {
    _ = try await workspace.bind(
      BindingDraft(
        instanceId: .buildProd, linkId: link.id, address: trainee.facts.address, username: "dev",
        token: trainee.token(purpose).token))
  }

  @Test("a step counts once its conditions hold, with the change that makes them hold")
  func steps() async throws {
    #expect(try lessons.advance() == nil)
    try start("ecs")
    #expect(try lessons.advance()?.reached == 0)
    let link = try link()
    // Noted with the change itself, before anybody looks.
    #expect(
      try workspace.state().state.record(.lesson, "ecs")?.decode(LessonProgress.self).reached.map(\.step) == [
        "link", "path",
      ])
    try await bind(link)
    let done = try #require(try lessons.advance())
    #expect(done.isDone && done.reached == 3 && done.progress?.wrongTries == 0)
    #expect(try lessons.results().map(\.lesson.id) == ["ecs"])
  }

  @Test("tries that fail are counted, those that the lesson wants aside")
  func tries() async throws {
    try start("tokens")
    let link = try link()
    for (purpose, reached) in [(TrainingToken.Purpose.revoked, 0), (.smallScope, 1), (.expired, 2), (.otherUser, 3)] {
      await #expect(throws: Refusal.self) { try await bind(link, purpose) }
      #expect(try lessons.advance()?.reached == reached, "\(purpose)")
    }
    #expect(try lessons.advance()?.progress?.wrongTries == 1)
    try await bind(link)
    #expect(try lessons.advance()?.isDone == true)
  }

  @Test("another token counts as rotated only while the account stays bound, and only where it lasts longer")
  func rotation() async throws {
    try start("rotate")
    let link = try link()
    try await bind(link, .expiresSoon)
    try await bind(link, .expiresSoon)
    #expect(try lessons.advance()?.reached == 1)
    _ = try workspace.unbind(.buildProd)
    try await bind(link)
    #expect(try lessons.advance()?.reached == 1)
    try await bind(link, .expiresSoon)
    try await bind(link)
    #expect(try lessons.advance()?.isDone == true)
  }

  @Test("hints come one level at a time, and the last one stays")
  func hints() throws {
    #expect(throws: Refusal.self) { try lessons.hint() }
    try start("ecs")
    for count in [1, 2, 3, 3] { #expect(try lessons.hint().hints.count == count) }
    #expect(try lessons.advance()?.progress?.hintCount == 3)
  }

  @Test("beginning one puts the world back as it was made, and makes it as the lesson wants it, unseen")
  func world() async throws {
    let before = try inventory()
    try start("inbound-missing")
    let changed = try inventory().filter { before[$0.key] != $0.value }
    #expect(changed.keys.sorted() == ["ecs-security-group sg-bp1gitlab0d5x9r2v7mq1"])
    #expect(changed.values.allSatisfy { $0.contains(#""Source":"training""#) && $0.contains("CONFIRMED") })
    let link = try link()
    _ = try workspace.addToInventory(
      InventoryDraft(.vpc, id: "vpc-own", [.regionId: ["cn-hangzhou"], .cidrBlock: ["10.0.0.0/8"]]))
    #expect(try lessons.rehearseStart(try catalogue.lesson("ecs").lesson).gone.links == [link.id])
    try start("ecs")
    #expect(try inventory() == before)
    #expect(try workspace.links().isEmpty)
    #expect(try lessons.all(catalogue).first { $0.lesson.id == "inbound-missing" }?.progress?.status == .left)
    _ = try lessons.reset()
    #expect(try lessons.advance() == nil && inventory() == before)
  }

  private func inventory() throws -> [String: String] {
    let state = try workspace.state().state
    var all: [String: String] = [:]
    for kind in [RecordKind.vpc, .vSwitch, .ecs, .ecsSecurityGroup, .routeEntry, .routeTable, .dataCentre] {
      for record in try state.records(kind) {
        all["\(kind) \(record.id)"] = String(decoding: record.json, as: UTF8.self)
      }
    }
    return all
  }

  @Test("the journal tells of lessons without telling what they hid")
  func activity() throws {
    try start("inbound-missing")
    _ = try lessons.hint()
    let sentences = try workspace.activity().entries.prefix(2).map(\.sentence.en)
    #expect(sentences == ["Asked for a hint in the lesson “inbound-missing”", "Began the lesson “inbound-missing”"])
  }

  @Test("an own workspace has none")
  func own() throws {
    let path = trainee.sandbox.file("own")
    let own = try Workspace.createOwn(at: path, surroundings: workspace.surroundings)
    #expect(throws: Refusal.self) { try Lessons(in: own) }
  }
}
