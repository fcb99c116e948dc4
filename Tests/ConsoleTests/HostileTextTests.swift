import FlatFiles
import Foundation
import HostileText
import SecureBuild
import TerminalUI
import Testing

@testable import Console

/// Whatever names, labels and answers hold: no page and no dialog shows more of it than text.
@Suite("Hostile text in the console", .timeLimit(.minutes(3)))
struct HostileTextTests {
  /// Writes it wherever a person or a file of the vendor's could have: past the rules that would refuse it.
  private static func infect(_ workspace: Workspace, with text: String) throws {
    let store = try Store(opening: workspace.path)
    _ = try store.commit(by: "mallory\(text)@host", as: "import \(text)", at: "2026-11-24T20:16:00.000Z") {
      transaction in
      func each<Value: Codable>(_ kind: RecordKind, _ change: (inout Value) -> Void) throws {
        for record in try transaction.records(kind) {
          var value = try JSONDecoder().decode(Value.self, from: Data(record.json))
          change(&value)
          try transaction.put(kind, record.id, value)
        }
      }
      try each(.instance) { (instance: inout Instance) in
        instance.name += text
        instance.by += text
      }
      try each(.vpc) { (vpc: inout Vpc) in vpc.name += text }
      try each(.vSwitch) { (vSwitch: inout VSwitch) in vSwitch.name += text }
      try each(.link) { (link: inout Link) in
        link.by += text
        link.allowedIps = link.allowedIps.map { AllowedIp(ip: $0.ip, label: $0.label + text) }
        link.hosts = link.hosts.map { HostEntry(name: $0.name + text, ip: $0.ip) }
      }
      try each(.repository) { (repository: inout Repository) in
        repository.name += text
        repository.summary += text
        repository.detail += text
        repository.source?.name += text
        repository.by += text
      }
      try each(.buildRule) { (rule: inout BuildRule) in
        rule.pushName += text
        rule.imageTag += text
        rule.dockerfileName += text
        rule.buildArgs.append("A=" + text)
        rule.by += text
      }
      try each(.binding) { (binding: inout Binding) in
        binding.username += text
        binding.by += text
      }
    }
  }

  @ScreenActor
  private func look(_ story: Story, _ place: String, _ location: SourceLocation = #_sourceLocation) {
    for size in [Size(width: 40, height: 12), Size(width: 80, height: 24)] {
      story.resize(to: size)
      #expect(story.canvas.flaws.isEmpty, "\(place) \(size)", sourceLocation: location)
    }
  }

  @Test("in pages and dialogs", arguments: HostileText.corpus)
  func everywhere(hostile: HostileText) async throws {
    try await onScreen {
      let story = try Story { workspace in
        try Worlds.withLink(workspace)
        try Self.infect(workspace, with: hostile.text)
      }
      story.settle()
      let app = story.app
      for place in [
        Place.instances, .networks, .activity, .workspace, .overview(instance: Worlds.instance),
        .codeSource(instance: Worlds.instance), .securityGroup(instance: Worlds.instance),
      ] {
        app.go(to: place)
        look(story, "\(place)")
      }
      let link = try #require(app.reading?.links(of: Worlds.instance).first)
      let dialogs: [any Dialog] = [
        LinksDialog(app: app, instance: Worlds.instance), LinkDialog(app: app, editing: link),
        LinkDialog(app: app, creatingFor: Worlds.instance), BindDialog(app: app, instance: Worlds.instance),
        InstanceDialog(app: app), RegionDialog(app: app), HelpDialog(app: app, of: app.page), ThemeDialog(app: app),
        ConfirmDialog(
          app: app, title: Phrase("Delete \(hostile.text)", hostile.text), question: Phrase(hostile.text, hostile.text),
          action: Phrase(hostile.text, hostile.text)
        ) {},
      ]
      for dialog in dialogs {
        app.open(dialog)
        look(story, "\(type(of: dialog))")
        story.paste(hostile.text)
        look(story, "\(type(of: dialog)) with it pasted")
        app.close(dialog)
      }
      story.press(.character(":"))
      story.paste(hostile.text)
      look(story, "palette")
      story.press(.escape, .escape)
      app.say(Phrase(hostile.text, hostile.text), isError: true)
      look(story, "toast")
    }
  }

  @Test("in repositories, rules, records and logs", arguments: HostileText.corpus)
  func builds(hostile: HostileText) async throws {
    try await onScreen {
      var ids: [String] = []
      let story = try Story { workspace in
        try Worlds.withRepositories(workspace)
        let build = try PlayedBuild(workspace, rule: Worlds.rule)
        ids.append(build.id)
        try build.playToBuild()
        try build.log("before\n\(hostile.text)\n\u{1b}[31m\(hostile.text)\n")
        try build.tell(
          .image(BuiltImage(digest: "sha256:" + hostile.text, size: 1, references: ["oci:" + hostile.text])))
        try build.tell(
          .refused([
            RefusedConnection(ip: .v6("fd00::9"), port: 443, protocol: hostile.text, count: 1)
          ]))
        let said = Phrase(hostile.text, hostile.text)
        try build.tell(.ended(.fail, BuildFailure(.buildStepFailed, in: .build, message: said, mend: said)))
        build.letGo()
        try Self.infect(workspace, with: hostile.text)
      }
      story.settle()
      let app = story.app
      for place in [
        Place.repositories(instance: Worlds.instance),
        .repository(id: Worlds.repository, instance: Worlds.instance), .builds(instance: Worlds.instance),
        .build(id: ids[0], instance: Worlds.instance),
      ] {
        story.go(to: place)
        await story.until { app.builds?.isLoaded == true }
        if case .build = place { await story.seeWholeLog() }
        look(story, "\(place)")
      }
      story.press(.character("/"))
      story.paste(hostile.text)
      look(story, "search of the log")
      story.press(.escape)
      let rule = try #require(try app.reading?.rule(Worlds.rule))
      let repository = try #require(try app.reading?.repository(Worlds.repository))
      let dialogs: [any Dialog] = [
        RepositoryDialog(app: app, editing: repository), RepositoryDialog(app: app, creatingIn: Worlds.instance),
        RuleDialog(app: app, editing: rule), RuleDialog(app: app, addingTo: Worlds.repository),
        RuleSheet(app: app, rule: Worlds.rule), RegistryDialog(app: app, instance: Worlds.instance),
        ClusterDialog(app: app, rule: rule),
        MissingPartsDialog(
          app: app,
          parts: [
            MissingPart(
              name: hostile.text, why: Phrase(hostile.text, hostile.text), mend: Phrase(hostile.text, hostile.text))
          ]),
      ]
      for dialog in dialogs {
        app.open(dialog)
        look(story, "\(type(of: dialog))")
        story.paste(hostile.text)
        look(story, "\(type(of: dialog)) with it pasted")
        app.close(dialog)
      }
    }
  }

  @Test("in what GitLab answers", arguments: HostileText.corpus)
  func answers(hostile: HostileText) async throws {
    try await onScreen {
      let story = try Story { try Worlds.withLink($0) }
      await story.bind()
      let failures: [GitLabFailure] = [
        .forbidden(hostile.text), .notGitLab(status: 200, contentType: hostile.text),
        .redirected(to: hostile.text, otherHost: true), .broken(hostile.text),
        .insufficientScope(needed: [hostile.text]),
      ]
      for failure in failures {
        story.world.gitLab.fail(by: failure)
        let dialog = CheckDialog(app: story.app, instance: Worlds.instance)
        story.app.open(dialog)
        await story.see("✗")
        look(story, "\(failure)".prefix(12).description)
        await story.until { story.app.work == nil }
        story.app.close(dialog)
        look(story, "page after it")
      }
    }
  }
}
