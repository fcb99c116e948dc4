import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

@Suite struct Activities {
  /// What is done, and how the newest entry tells it.
  struct Deed: Sendable, CustomTestStringConvertible {
    let request: String
    let kind: Activity.Kind
    let en: String
    let zh: String
    /// Whether it concerns the world's instance.
    var isOfInstance = true
    let does: @Sendable (World) async throws -> Void

    var testDescription: String { "\(request): \(en)" }
  }

  static let deeds = [
    Deed(
      request: "instance create", kind: .instance, en: "Wrote down the instance test (cri-local-6) in cn-beijing",
      zh: "登记实例 test（cri-local-6，cn-beijing）", isOfInstance: false
    ) { _ = try $0.workspace.createInstance(name: "test", region: "cn-beijing", specification: "basic") },
    Deed(
      request: "instance delete", kind: .instance,
      en: "Removed the instance build-prod (cri-local-2) from the workspace", zh: "从工作区移除实例 build-prod（cri-local-2）"
    ) { _ = try $0.workspace.deleteInstance($0.instance.id) },
    Deed(
      request: "network add vpc", kind: .network, en: "Wrote down the VPC vpc-local-6, 10.0.0.0/8 in cn-beijing",
      zh: "登记专有网络 vpc-local-6，10.0.0.0/8，cn-beijing", isOfInstance: false
    ) { _ = try $0.workspace.addVpc(region: "cn-beijing", cidr: "10.0.0.0/8") },
    Deed(
      request: "network add vswitch", kind: .network,
      en: "Wrote down the vSwitch builds (vsw-local-6), 192.168.12.0/24 in cn-hangzhou-i",
      zh: "登记交换机 builds（vsw-local-6），192.168.12.0/24，cn-hangzhou-i", isOfInstance: false
    ) {
      _ = try $0.workspace.addVSwitch(vpc: $0.vpc.id, zone: "cn-hangzhou-i", cidr: "192.168.12.0/24", name: "builds")
    },
    Deed(
      request: "network delete", kind: .network, en: "Removed the VPC prod (vpc-local-3) with its 2 vSwitches",
      zh: "移除专有网络及其 2 个交换机：prod（vpc-local-3）", isOfInstance: false
    ) { try $0.workspace.deleteNetwork($0.vpc.id) },
    Deed(
      request: "network delete", kind: .network, en: "Removed the vSwitch vsw-local-5", zh: "移除交换机 vsw-local-5",
      isOfInstance: false
    ) { try $0.workspace.deleteNetwork($0.otherZone.id) },
    Deed(
      request: "link create", kind: .link,
      en: "Created the link link-local-6 to 192.168.10.20 for build-prod, allowing 192.168.10.30 (Maven), 10.9.9.9",
      zh: "为 build-prod 创建链路 link-local-6，通往 192.168.10.20，并放行 192.168.10.30（Maven）、10.9.9.9"
    ) {
      _ = try $0.link { $0.allowedIps = [AllowedIpDraft("192.168.10.30=Maven"), AllowedIpDraft("10.9.9.9")] }
    },
    Deed(
      request: "link edit", kind: .link,
      en: "Allowed 192.168.10.30 (Maven) on the link link-local-6 of build-prod",
      zh: "build-prod 的链路 link-local-6：放行 192.168.10.30（Maven）"
    ) {
      let link = try $0.link()
      _ = try $0.workspace.editLink(link.id, LinkChange(allow: [AllowedIpDraft("192.168.10.30=Maven")]))
    },
    Deed(
      request: "link edit", kind: .link,
      en: """
        Changed GitLab's IP from 192.168.10.20 to 192.168.10.21, labelled 10.0.0.1 npm, took the label off 10.0.0.2, \
        stopped allowing 10.0.0.3 (old), set git.corp to 192.168.10.21, dropped the host name old.corp on the link \
        link-local-6 of build-prod
        """,
      zh: """
        build-prod 的链路 link-local-6：GitLab 内网 IP 由 192.168.10.20 改为 192.168.10.21，将 10.0.0.1 标为 npm，\
        去掉 10.0.0.2 的标签，不再放行 10.0.0.3（old），主机名 git.corp 指向 192.168.10.21，移除主机名 old.corp
        """
    ) {
      let link = try $0.link {
        $0.allowedIps = ["10.0.0.1=Maven", "10.0.0.2=Nexus", "10.0.0.3=old"].map { AllowedIpDraft($0) }
        $0.hosts = ["git.corp=192.168.10.20", "old.corp=10.0.0.3"].map { HostEntryDraft($0) }
      }
      _ = try $0.workspace.editLink(
        link.id,
        LinkChange(
          gitLabIntranetIp: "192.168.10.21", allow: [AllowedIpDraft("10.0.0.1=npm"), AllowedIpDraft("10.0.0.2")],
          disallow: ["10.0.0.3"], hosts: [HostEntryDraft("git.corp=192.168.10.21")], dropHosts: ["old.corp"]))
    },
    Deed(
      request: "link delete", kind: .link, en: "Deleted the link link-local-6 to 192.168.10.20 of build-prod",
      zh: "删除 build-prod 的链路 link-local-6（192.168.10.20）"
    ) { _ = try $0.workspace.deleteLink(try $0.link().id) },
    Deed(
      request: "gitlab bind", kind: .codeSource,
      en: "Bound GitLab as @dev at https://gitlab.corp.example for build-prod",
      zh: "为 build-prod 绑定 GitLab 账号 @dev（https://gitlab.corp.example）"
    ) { try await $0.bound() },
    Deed(
      request: "gitlab draft", kind: .codeSource,
      en: "Saved a draft of GitLab as @dev at https://gitlab.corp.example for build-prod, not bound",
      zh: "为 build-prod 保存 GitLab 账号 @dev（https://gitlab.corp.example）的草稿，未绑定"
    ) { _ = try $0.workspace.saveDraft($0.binding(over: try $0.link())) },
    Deed(
      request: "gitlab draft", kind: .codeSource, en: "Saved a draft of GitLab for build-prod, not bound",
      zh: "为 build-prod 保存 GitLab 的草稿，未绑定"
    ) { _ = try $0.workspace.saveDraft(BindingDraft(instanceId: $0.instance.id)) },
    Deed(
      request: "gitlab check", kind: .codeSource, en: "Checked GitLab as @dev for build-prod: every hop passed",
      zh: "检查 build-prod 的 GitLab 账号 @dev：全部通过"
    ) {
      try await $0.bound()
      $0.clock.set("2026-11-24T13:00:00Z")
      _ = try await $0.workspace.check($0.instance.id)
    },
    Deed(
      request: "gitlab check", kind: .codeSource,
      en: "Noted a failed try at the hop TLS (TlsUnknownAuthority) for build-prod",
      zh: "记录 build-prod 的一次失败尝试：TLS（TlsUnknownAuthority）"
    ) { world in
      try await world.bound()
      world.network.set { $0.handshake = .failure(.unknownAuthority(issuer: "Corp CA", selfSigned: true)) }
      _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    },
    Deed(
      request: "gitlab check", kind: .codeSource,
      en: "Noted a failed try at the hop Token (TokenRevoked) for build-prod; the binding is invalid",
      zh: "记录 build-prod 的一次失败尝试：Token 有效性（TokenRevoked），绑定已失效"
    ) { world in
      try await world.bound()
      world.gitLab.set { $0.user = .failure(.revoked) }
      _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    },
    Deed(
      request: "gitlab confirm", kind: .codeSource,
      en: "Noted that the vendor's console says Bound for build-prod", zh: "记录厂商控制台显示 build-prod 已绑定"
    ) {
      try await $0.bound()
      _ = try $0.workspace.confirmBinding(of: $0.instance.id)
    },
    Deed(
      request: "gitlab unbind", kind: .codeSource, en: "Unbound GitLab as @dev from build-prod",
      zh: "解绑 build-prod 的 GitLab 账号 @dev"
    ) {
      try await $0.bound()
      _ = try $0.workspace.unbind($0.instance.id)
    },
    Deed(
      request: "gitlab unbind", kind: .codeSource, en: "Removed the draft of GitLab as @dev from build-prod",
      zh: "移除 build-prod 的 GitLab 账号 @dev 草稿"
    ) {
      _ = try $0.workspace.saveDraft($0.binding(over: nil))
      _ = try $0.workspace.unbind($0.instance.id)
    },
    Deed(
      request: "resolve", kind: .other, en: "“resolve” wrote instance cri-9", zh: "“resolve”：写入实例 cri-9",
      isOfInstance: false
    ) { world in
      _ = try world.workspace.change("resolve") {
        try $0.put(.instance, "cri-9", json: .object(["InstanceId": .string("cri-9")]))
      }
    },
    Deed(
      request: "policy add\u{1b}[2J", kind: .other, en: "“policy add[2J” wrote 2 × rule, removed vSwitch vsw-local-5",
      zh: "“policy add[2J”：写入rule 2 个，移除交换机 vsw-local-5"
    ) { world in
      _ = try world.workspace.change("policy add\u{1b}[2J") {
        for id in ["a", "b"] {
          try $0.put(
            RecordKind("rule"), id,
            json: .object(["InstanceId": .string(world.instance.id), "SecretId": .string("SECRET")]))
        }
        _ = try $0.drop(.vSwitch, world.otherZone.id)
      }
    },
    Deed(
      request: "link create", kind: .link, en: "“link create” wrote link l-1", zh: "“link create”：写入链路 l-1",
      isOfInstance: false
    ) { world in
      // As a newer version may write it.
      _ = try world.workspace.change("link create") {
        try $0.put(.link, "l-1", json: .object(["Lets": .array([.string("out")])]))
      }
    },
  ]

  @Test(arguments: deeds) func `every change is told in a sentence`(_ deed: Deed) async throws {
    let world = try World()
    try await deed.does(world)
    let newest = try #require(try world.other().activity(limit: 1).entries.first)
    #expect(newest.sentence.en == deed.en)
    #expect(newest.sentence.zh == deed.zh)
    #expect(newest.request == deed.request.withoutControls && newest.kind == deed.kind)
    #expect(newest.by == "anna@bastion" && newest.at == world.clock.now())
    #expect(newest.instanceIds.contains(world.instance.id) == deed.isOfInstance)
    for text in [newest.sentence.en, newest.sentence.zh] {
      #expect(!text.contains("glpat") && !text.contains("SECRET") && !text.contains("\u{1b}"))
      #expect(world.secrets.allSatisfy { !text.contains($0) })
    }
  }

  @Test func `a slice goes on where the one before ended, through all generations`() throws {
    let world = try World()
    for number in 0..<4 {
      _ = try world.workspace.addVpc(region: "cn-beijing", cidr: "10.\(number).0.0/16")
      if number % 2 == 0 { try world.workspace.store.compact() }
    }
    var seen: [Int] = []
    var before: Int?
    repeat {
      let slice = try world.workspace.activity(before: before, limit: 3)
      #expect(slice.entries.count <= 3 && slice.unreadable == nil)
      seen += slice.entries.map(\.sequence)
      before = slice.next
    } while before != nil
    #expect(seen == Array((1...9).reversed()))
    #expect(try world.workspace.activity().entries.last?.sentence == Phrase("Made the workspace", "创建工作区"))
    #expect(try world.workspace.activity(limit: 9).next == nil)
    #expect(try world.workspace.activity(before: 1).entries.isEmpty)
  }

  @Test func `an instance's activity has all that was done to it, also to what is gone`() throws {
    let world = try World()
    let other = try world.workspace.createInstance(name: "other", region: "cn-hangzhou", specification: "basic")
    let theirs = try world.workspace.createLink(world.linkDraft { $0.instanceId = other.id })
    let ours = try world.link()
    try world.workspace.store.compact()
    _ = try world.workspace.deleteLink(theirs.id)
    _ = try world.workspace.deleteLink(ours.id)
    _ = try world.workspace.deleteInstance(other.id)
    func told(_ slice: ActivitySlice) -> [String] { slice.entries.map(\.sentence.en) }
    let all = try world.workspace.activity(of: other.id)
    #expect(
      told(all) == [
        "Removed the instance other (\(other.id)) from the workspace",
        "Deleted the link \(theirs.id) to 192.168.10.20 of other",
        "Created the link \(theirs.id) to 192.168.10.20 for other",
        "Wrote down the instance other (\(other.id)) in cn-hangzhou",
      ])
    #expect(all.next == nil)
    // The same, one at a time.
    var one: [Activity] = []
    var before: Int?
    repeat {
      let slice = try world.workspace.activity(of: other.id, before: before, limit: 1)
      one += slice.entries
      before = slice.next
    } while before != nil
    #expect(one == all.entries)
    let links = try world.workspace.activity(of: world.instance.id, kind: .link)
    #expect(links.entries.map(\.request) == ["link delete", "link create"])
    #expect(try world.workspace.activity(of: "cri-none").entries.isEmpty)
  }

  @Test func `a training workspace is told by what it was made with`() throws {
    let world = try World(.training)
    #expect(try world.workspace.activity().entries.last?.kind == .workspace)
    try world.workspace.change("workspace init") { transaction in
      for id in ["a", "b"] { try transaction.put(.instance, id, json: .object(["InstanceId": .string(id)])) }
      try transaction.put(.vpc, "v", json: .object([:]))
    }
    let made = try #require(try world.workspace.activity(limit: 1).entries.first)
    #expect(made.sentence == Phrase("Made the workspace with 2 instances, 1 VPC", "创建工作区，含实例 2 个、专有网络 1 个"))
    #expect(made.instanceIds == ["a", "b"])
  }

  @Test func `where older lines can't be read, the newer ones are there, and why is said`() throws {
    let world = try World()
    try world.workspace.store.compact()
    let old = "\(world.folder)/history/journal.1.jsonl"
    var text = try String(contentsOfFile: old, encoding: .utf8)
    _ = try world.link()
    text.replace("\"did\"", with: "\"???\"")
    try text.write(toFile: old, atomically: true, encoding: .utf8)
    let slice = try world.workspace.activity()
    #expect(slice.entries.map(\.request) == ["link create"])
    #expect(
      slice.unreadable?.code == .workspaceDamaged && slice.unreadable?.message.en.contains("journal.1.jsonl") == true)
    // Who asks for no more than there is isn't told.
    #expect(try world.workspace.activity(limit: 1).unreadable == nil)
    #expect(refused { _ = try world.workspace.activity(before: 3) }?.code == .workspaceDamaged)
  }
}
