import FlatFiles
import Foundation
import TerminalUI
import Testing

@testable import Console
@testable import SecureBuild

/// The path check as a picture, and the ways to it.
@Suite("The path as a picture", .serialized)
struct PathScreenTests {
  /// GitLab's group lets builds in, Maven's doesn't, and nobody knows who has npm's address.
  private static func inventory(_ workspace: Workspace) throws {
    try Worlds.bound(workspace)
    func put(_ kind: RecordKind, _ id: String, _ text: String) throws {
      let json = try #require(JSONValue(text: text))
      _ = try workspace.store.commit(by: "lin@bastion", as: "import", at: "2026-11-24T20:20:00.000Z") { transaction in
        try transaction.put(kind, id, json: json)
      }
    }
    for (name, ip, source) in [("gitlab", 20, "100.104.0.0/16"), ("maven", 30, "192.168.0.0/16")] {
      try put(
        .ecs, "i-\(name)",
        #"{"InstanceId":"i-\#(name)","VpcAttributes":{"VpcId":"\#(Worlds.vpc)","PrivateIpAddress":{"IpAddress":["192.168.10.\#(ip)"]}},"SecurityGroupIds":{"SecurityGroupId":["sg-\#(name)"]}}"#
      )
      try put(
        .ecsSecurityGroup, "sg-\(name)",
        #"{"SecurityGroupId":"sg-\#(name)","Permissions":{"Permission":[{"Direction":"ingress","IpProtocol":"TCP","PortRange":"1/65535","SourceCidrIp":"\#(source)","Policy":"Accept","Priority":"1"}]}}"#
      )
    }
    try put(
      .dataCentre, "idc-1",
      #"{"IdcId":"idc-1","CidrBlocks":["10.200.0.0/16","100.104.8.0/24"],"VbrIds":["vbr-1"],"Routes":[{"DestinationCidrBlock":"0.0.0.0/0","NextHop":"isp"}]}"#
    )
  }

  @ScreenActor
  private func story(_ variant: GoldenScreenTests.Variant) async throws -> Story {
    let story = try Story(.own, size: variant.size, language: variant.language, prepare: Self.inventory)
    story.settle()
    story.press(.enter)
    return story
  }

  @Test("From the code source: the broken hop stands out, the mend beside it", arguments: Golden.variants)
  func codeSource(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try await story(variant)
      story.type("sP")
      await story.see("sg-gitlab")
      Golden.check(story.screen, "path", variant)
      story.press(.end)
      await story.see("npm 192.168.10.31")
      Golden.check(story.screen, "path-end", variant)
      story.press(.escape)
      await story.see("GitLab")
    }
  }

  @Test("The managed group beside the real one: what is missing, differs or isn't planned", arguments: Golden.variants)
  func realGroup(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try Story(.own, size: variant.size, language: variant.language) { workspace in
        try Self.inventory(workspace)
        let lines = [
          ("192.168.10.20/32", "ALL", "-1/-1"), ("192.168.10.30/32", "TCP", "443/443"), ("10.0.0.9/32", "ALL", "-1/-1"),
        ]
        let rules = lines.map { peer, ipProtocol, ports in
          #"{"Direction":"egress","IpProtocol":"\#(ipProtocol)","PortRange":"\#(ports)","DestCidrIp":"\#(peer)","Policy":"Accept","Priority":"1"}"#
        }
        let json = try #require(
          JSONValue(
            text:
              #"{"SecurityGroupId":"sg-bp1managed","VpcId":"\#(Worlds.vpc)","ServiceManaged":true,"Permissions":{"Permission":[\#(rules.joined(separator: ","))]},"Local":{"Known":"CONFIRMED","At":"2026-11-24T20:20:00.000Z","By":"lin@bastion"}}"#
          ))
        _ = try workspace.store.commit(by: "lin@bastion", as: "import", at: "2026-11-24T20:20:00.000Z") {
          try $0.put(.ecsSecurityGroup, "sg-bp1managed", json: json)
        }
      }
      story.settle()
      story.press(.enter, .character("g"), .character("s"))
      Golden.check(story.screen, "security-group-real", variant)
      if variant.language == .chinese { #expect(story.text.contains("○ 规划中：绑定")) }
      for mark in ["≠", "✗", "+", "10.0.0.9/32"] { #expect(story.text.contains(mark), "\(mark)") }
    }
  }

  /// Read back from a machine in the vSwitch that found GitLab silent.
  private static func probed(_ workspace: Workspace) throws {
    try inventory(workspace)
    let text = """
      acr-console-probe\t1
      instance\t\(Worlds.instance)
      link\t\(Worlds.link)
      host\tecs-1
      source\t192.168.10.7
      time\t2026-11-24T18:15:00Z
      try\t192.168.10.20\t80\tname\tpassed\t3\t192.168.10.20
      try\t192.168.10.20\t80\tconnect\ttimeout\t5001\t
      end\t8

      """
    _ = try workspace.readProbe(try ProbeOutput(reading: Array(text.utf8), name: "probe.txt"))
  }

  @Test(
    "What was tried from elsewhere stands below a computed path, and changes nothing of it", arguments: Golden.variants)
  func tried(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try Story(.own, size: variant.size, language: variant.language, prepare: Self.probed)
      story.settle()
      story.press(.enter)
      story.type("sP")
      await story.see("sg-gitlab")
      story.press(.end)
      await story.see("100.104.0.0/16")
      for _ in 0..<12 where !story.text.contains("ecs-1 (192.168.10.7)") { story.press(.pageUp) }
      #expect(story.text.contains("ecs-1 (192.168.10.7)"))
      Golden.check(story.screen, "path-tried", variant)
    }
  }

  @Test(
    "In a narrow window a hop's name has a line of its own, and the sentence below it the width",
    arguments: SmallWindowTests.variants)
  func narrow(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try await story(variant)
      let isEnglish = variant.language == .english
      story.type("sP")
      await story.see(isEnglish ? "✓ Managed group" : "✓ 托管安全组")
      let row = try #require(story.screen.firstIndex { $0.contains(isEnglish ? "✓ Managed group" : "✓ 托管安全组") })
      let next = story.screen[row + 1]
      #expect(next.contains(isEnglish ? "│   The link lets out to" : "│   链路放行 192.168.10.20。"), "\(next)")
    }
  }

  @Test("When a name was tried is said as on every page", arguments: Language.allCases)
  func whenTried(_ language: Language) async throws {
    try await onScreen {
      let story = try Story(.own, size: Size(width: 120, height: 40), language: language) { workspace in
        try Worlds.withLink(workspace)
        var binding = Binding(
          instanceId: Worlds.instance, networkType: .intranet, linkId: Worlds.link,
          address: "http://git.corp.example", username: "dev", secret: nil, state: .bound, at: FixedClock().now(),
          by: "lin@bastion")
        binding.lastPassed = Try(
          at: try #require(Timestamp("2026-11-24T20:08:49.587Z")), by: "lin@bastion", from: "vm",
          endpoint: "192.168.10.20:80", resolvedBy: .resolver, version: "17.11.2", userState: "active", isBot: false,
          notes: [])
        let known = binding
        _ = try workspace.store.commit(by: "lin@bastion", as: "gitlab bind", at: "2026-11-24T20:08:49.587Z") {
          try $0.put(.binding, Worlds.instance, known)
        }
      }
      story.settle()
      story.press(.enter)
      story.type("sP")
      await story.see(language == .english ? "(6 min ago)." : "依据：从")
      #expect(!story.text.contains("20:08:49"))
    }
  }

  @Test("What can't be read is said at its field, with no picture over it")
  func wrongField() async throws {
    try await onScreen {
      let story = try await story((Size(width: 80, height: 24), .english))
      story.type("mc")
      story.type("10.210")
      story.press(.tab, .tab, .tab, .tab, .tab, .right, .enter)
      await story.see("“10.210” is not an IPv4 address.")
      #expect(!story.text.contains("Path check"))
    }
  }

  @Test("Before a link is made, also where it can't be: into a data centre", arguments: Golden.variants)
  func draft(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try await story(variant)
      story.type("mc")
      story.type("10.200.0.8")
      story.press(.tab, .tab, .tab)
      story.press(.enter, .enter)
      story.press(.tab, .enter, .enter)
      story.press(.tab, .right, .enter)
      await story.see("100.104.8.0/24")
      Golden.check(story.screen, "path-draft", variant)
      story.press(.escape)
      // What was typed is still there.
      await story.see("10.200.0.8")
    }
  }

  @Test("The run-book, line by line: a person's word ticks a line, and is taken back", arguments: Golden.variants)
  func runBook(_ variant: GoldenScreenTests.Variant) async throws {
    try await onScreen {
      let story = try await story(variant)
      story.type("sP")
      await story.see("sg-gitlab")
      story.type("b")
      await story.see(variant.language == .english ? "○ to do" : "○ 待办")
      let isEnglish = variant.language == .english
      // The second line is one that no rule can tell.
      story.press(.down, .character(" "))
      await story.see(isEnglish ? "✓ confirmed" : "✓ 已确认")
      Golden.check(story.screen, "dialog-run-book", variant)
      story.press(.character(" "))
      await story.see(isEnglish ? "Taken back." : "已撤回。")
      #expect(!story.text.contains(isEnglish ? "✓ confirmed" : "✓ 已确认"))
      story.press(.escape)
      await story.see(isEnglish ? "Path check" : "路径检查")
    }
  }

  @Test("Each row of a run-book shows what sets it apart, and the selected line its whole address")
  func runBookRows() async throws {
    try await onScreen {
      let story = try await story((Size(width: 80, height: 24), .english))
      story.type("sP")
      await story.see("sg-gitlab")
      story.type("b")
      await story.see("○ to do")
      for row in [
        "GitLab  Managed group: The link", "GitLab  Network ACL: 192.168.10.20", "Maven   ECS security groups: The",
      ] {
        #expect(story.text.contains(row), "\(row)")
      }
      #expect(!story.text.contains("GitLab 192.168.10.20:80, "))
      for _ in 0..<4 { story.press(.down) }
      #expect(story.text.contains("GitLab 192.168.10.20:80, Managed group: The link lets out"))
    }
  }

  @Test("The run-book goes to a file, which is replaced only after a question")
  func runBookFile() async throws {
    let file = FileManager.default.temporaryDirectory.path + "/run-book-\(UUID().uuidString).md"
    defer { try? FileManager.default.removeItem(atPath: file) }
    func content() -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
    try await onScreen {
      let story = try await story((Size(width: 80, height: 24), .english))
      @ScreenActor func ask(for path: String) async {
        story.type("w")
        await story.see("runbook-\(Worlds.instance).md")
        story.press(.control("u"))
        story.type(path)
        story.press(.enter, .enter)
      }
      story.type("sP")
      await story.see("sg-gitlab")
      await ask(for: "/nowhere/at/all.md")
      await story.see("No such file")
      story.press(.escape)
      story.type("y")
      await ask(for: file)
      await story.see("The run-book is in")
      #expect(content().hasPrefix("# Run-book: build-prod"))
      try Data("mine".utf8).write(to: URL(filePath: file))
      await ask(for: file)
      await story.see("Replace    ▸ Cancel ◂")
      story.type("n")
      #expect(content() == "mine")
      story.press(.enter)
      await story.see("Replace    ▸ Cancel ◂")
      story.type("y")
      await story.see("The run-book is in")
      #expect(content().hasPrefix("# Run-book: build-prod"))
    }
  }

  @Test("A link that isn't made yet has no run-book, and it says so")
  func noRunBook() async throws {
    try await onScreen {
      let story = try await story((Size(width: 80, height: 24), .english))
      story.type("mc")
      story.type("10.200.0.8")
      story.press(.tab, .tab, .tab)
      story.press(.enter, .enter)
      story.press(.tab, .enter, .enter)
      story.press(.tab, .right, .enter)
      await story.see("100.104.8.0/24")
      story.type("w")
      await story.see("A run-book is of a link that is made.")
    }
  }
}
