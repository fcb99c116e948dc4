import Testing

/// How each lesson can be gone through: two ways that are right, and one that isn't and where it ends.
struct LessonWays: Sendable {
  typealias Way = @Sendable (Learner) async throws -> Void

  let lesson: String
  let ways: [Way]
  let wrong: Way
  /// The step at which the wrong way stays.
  let stays: String

  static let all: [LessonWays] = [
    LessonWays(
      lesson: "ecs",
      ways: [
        { learner in
          let link = try await learner.link()
          try await learner.bind(over: link)
        },
        { learner in
          // The other vSwitch, an address more, and a project's token.
          let link = try await learner.link(in: .prodOfGitLab, allowing: ["192.168.10.30=Maven"])
          try await learner.bind(over: link, "bot", as: "project_100_bot_4f1c2a")
        },
      ],
      wrong: { learner in
        // To another host: the link is made, and leads to no GitLab of this lesson.
        try await learner.link(to: "192.168.10.32")
      }, stays: "link"),
    LessonWays(
      lesson: "slb",
      ways: [
        { learner in
          let link = try await learner.link(Learner.retailProd, to: "172.16.0.80", in: .shanghai)
          try await learner.bind(Learner.retailProd, over: link, at: "git.retail.example")
        },
        { learner in
          // With the token that expires soon.
          let link = try await learner.link(Learner.retailProd, to: "172.16.0.80", in: .shanghai)
          try await learner.bind(Learner.retailProd, over: link, at: "git.retail.example", "expiresSoon")
        },
      ],
      wrong: { learner in
        let link = try await learner.link(Learner.retailProd, to: "172.16.0.80", in: .shanghai)
        // A token of another GitLab.
        _ = try await learner.run(
          "gitlab bind --instance \(Learner.retailProd) --link \(link ?? "") --address http://git.retail.example --username dev --ask-token",
          typing: try learner.ground.fact("Token"))
      }, stays: "account"),
    LessonWays(
      lesson: "idc",
      ways: [
        { learner in
          let link = try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
          try await learner.must(returnRoute)
          try await learner.must(routesOfNorth)
          try await learner.bind(Learner.dataProd, over: link, at: "git.idc.example")
        },
        { learner in
          // The data centre first, wider than need be; then the VBR, then the link.
          try await learner.must(
            "network edit idc idc-north --route 0.0.0.0/0=\(Ids.vbr)")
          try await learner.must(
            "network add route --route-table \(Ids.vbrTable) --destination 100.64.0.0/10 --next-hop-type RouterInterface --next-hop-id ri-2zevbr"
          )
          let link = try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
          try await learner.bind(Learner.dataProd, over: link, at: "git.idc.example")
        },
      ],
      wrong: { learner in
        try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
        // One of the two alone.
        try await learner.must(returnRoute)
      }, stays: "routes"),
    LessonWays(
      lesson: "zone",
      ways: [
        { learner in
          let made = try await learner.must(vSwitch("cn-hangzhou-h", "192.168.0.0/24"))
          try await learner.linkAndBind(in: made)
        },
        { learner in
          let made = try await learner.must(vSwitch("cn-hangzhou-k", "192.168.128.0/20"))
          try await learner.linkAndBind(in: made)
        },
      ],
      wrong: { learner in try await learner.link(in: .prodOld) }, stays: "vswitch"),
    LessonWays(
      lesson: "inbound-missing",
      ways: [
        { learner in
          let link = try await learner.link()
          try await learner.must(letIn(Ids.gitLabGroup, "100.104.0.0/16"))
          try await learner.bind(over: link)
        },
        { learner in
          // Everybody, which is legal too.
          try await learner.must(letIn(Ids.gitLabGroup, "0.0.0.0/0"))
          let link = try await learner.link()
          try await learner.bind(over: link)
        },
      ],
      wrong: { learner in
        try await learner.link()
        try await learner.must(letIn(Ids.gitLabGroup, "100.104.0.0/17"))
      }, stays: "rule"),
    LessonWays(
      lesson: "inbound-shadowed",
      ways: [
        { learner in
          let link = try await learner.link()
          try await learner.must("network delete sgr-bp1w7n3c5x9k1vq28ht --yes")
          try await learner.bind(over: link)
        },
        { learner in
          let link = try await learner.link()
          try await learner.must("network edit security-group-rule \(Ids.gitLabGroup)/1 --priority 1")
          try await learner.bind(over: link)
        },
      ],
      wrong: { learner in
        try await learner.link()
        // Still behind the deny.
        try await learner.must("network edit security-group-rule \(Ids.gitLabGroup)/1 --priority 15")
      }, stays: "rule"),
    LessonWays(
      lesson: "idc-overlap",
      ways: [
        { learner in
          let link = try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
          try await learner.must("network edit idc idc-north --cidr 10.200.0.0/16 --cidr 10.201.0.0/20")
          try await learner.bind(Learner.dataProd, over: link, at: "git.idc.example")
        },
        { learner in
          try await learner.must("network edit idc idc-north --cidr 10.200.0.0/16")
          let link = try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
          try await learner.bind(Learner.dataProd, over: link, at: "git.idc.example")
        },
      ],
      wrong: { learner in
        try await learner.link(Learner.dataProd, to: "10.200.0.8", in: .beijing)
        try await learner.must("network edit idc idc-north --cidr 10.200.0.0/16 --cidr 100.104.128.0/20")
      }, stays: "overlap"),
    LessonWays(
      lesson: "tokens",
      ways: [
        { learner in
          let link = try await learner.link()
          for purpose in ["smallScope", "expired", "otherUser", "good"] {
            try await learner.bind(over: link, purpose)
          }
        },
        { learner in
          // In another order.
          let link = try await learner.link()
          for purpose in ["otherUser", "expired", "smallScope", "good"] {
            try await learner.bind(over: link, purpose)
          }
        },
      ],
      wrong: { learner in
        let link = try await learner.link()
        for purpose in ["smallScope", "revoked", "good"] { try await learner.bind(over: link, purpose) }
      }, stays: "expired"),
    LessonWays(
      lesson: "service-role",
      ways: [
        { learner in
          // As it says what to do.
          #expect(try await learner.link() == nil)
          try await learner.must("train vendor --service-role authorised")
          let link = try await learner.link()
          try await learner.bind(over: link)
        },
        { learner in
          try await learner.must("train vendor --service-role authorised --group-quota 100")
          let link = try await learner.link(in: .prodOfGitLab)
          try await learner.bind(over: link)
        },
      ],
      wrong: { learner in
        #expect(try await learner.link() == nil)
        // The quota was never the matter.
        try await learner.must("train vendor --group-quota none")
      }, stays: "role"),
    LessonWays(
      lesson: "maven",
      ways: [
        { learner in
          try await learner.link(allowing: ["192.168.10.30=Maven"])
          try await learner.must(letIn(Ids.mavenGroup, "100.104.0.0/16"))
        },
        { learner in
          // The address into the link afterwards; the host into another group.
          let link = try await learner.link()
          try await learner.must("link edit --link \(link ?? "") --allow 192.168.10.30=Maven")
          try await learner.must("network edit ecs i-bp1maven3r9u4e6t1ya8z --security-group \(Ids.gitLabGroup)")
        },
      ],
      wrong: { learner in
        try await learner.link(allowing: ["192.168.10.30=Maven"])
        // To GitLab's group, which it isn't in.
        try await learner.must(letIn(Ids.gitLabGroup, "100.104.0.0/16", "8081/8081"))
      }, stays: "inbound"),
    LessonWays(
      lesson: "rotate",
      ways: [
        { learner in
          let link = try await learner.link()
          for purpose in ["expiresSoon", "good"] { try await learner.bind(over: link, purpose) }
        },
        { learner in
          // One that fails in between changes nothing.
          let link = try await learner.link()
          for purpose in ["expiresSoon", "expired", "good"] { try await learner.bind(over: link, purpose) }
        },
      ],
      wrong: { learner in
        let link = try await learner.link()
        try await learner.bind(over: link, "expiresSoon")
        try await learner.must("gitlab unbind \(Learner.buildProd) --yes")
        try await learner.bind(over: link)
      }, stays: "rotated"),
  ]

  /// Those that build, where the machine can.
  static let building = LessonWays(
    lesson: "image",
    ways: [
      { learner in
        let (link, rule) = try await learner.prepareFetch()
        #expect(try await learner.build(rule) == "FAIL")
        try await learner.must("link edit --link \(link) --allow 192.168.10.32=wiki")
        #expect(try await learner.build(rule) == "SUCCESS")
      },
      { learner in
        // Another address let out to already.
        let (link, rule) = try await learner.prepareFetch(allowing: ["192.168.10.30=Maven"])
        #expect(try await learner.build(rule) == "FAIL")
        try await learner.must("link edit --link \(link) --allow 192.168.10.30=Maven --allow 192.168.10.32=wiki")
        #expect(try await learner.build(rule) == "SUCCESS")
      },
    ],
    wrong: { learner in
      // Nothing is refused where all is allowed from the start.
      let (_, rule) = try await learner.prepareFetch(allowing: ["192.168.10.32=wiki"])
      #expect(try await learner.build(rule) == "SUCCESS")
    }, stays: "refused")

  private enum Ids {
    static let gitLabGroup = "sg-bp1gitlab0d5x9r2v7mq1"
    static let mavenGroup = "sg-bp1maven0e8t3w6y1kz4c"
    static let vbr = "vbr-2ze7q1w5e9r3t7y2u6i0o"
    static let vbrTable = "vtb-2ze1z5x9c3v7b2n6m0k4j"
  }

  private static let returnRoute =
    "network add route --route-table \(Ids.vbrTable) --destination 100.104.0.0/16 --next-hop-type RouterInterface --next-hop-id ri-2zevbr"
  private static let routesOfNorth =
    "network edit idc idc-north --route 10.0.0.0/16=\(Ids.vbr) --route 100.104.0.0/16=\(Ids.vbr)"

  private static func letIn(_ group: String, _ range: String, _ ports: String = "1/65535") -> String {
    "network add security-group-rule --security-group \(group) --port-range \(ports) --peer \(range)"
  }

  private static func vSwitch(_ zone: String, _ range: String) -> String {
    "network add vswitch --vpc \(Learner.Network.prod.vpc) --zone \(zone) --cidr \(range) --free-ips 200"
  }
}

extension Learner {
  fileprivate func linkAndBind(in made: [String: Any]) async throws {
    let vSwitch = made["VSwitchId"] as? String ?? ""
    let link = try await link(in: Network(vpc: Network.prod.vpc, vSwitch: vSwitch))
    try await bind(over: link)
  }

  /// A link, the account, and a rule of the project that fetches a page.
  fileprivate func prepareFetch(allowing: [String] = []) async throws -> (link: String, rule: String) {
    let link = try #require(try await link(allowing: allowing))
    #expect(try await bind(over: link) == nil)
    // Anew each time: what an earlier attempt built is in no cache.
    let number = try await run("repository list --instance \(Self.buildProd)").array.count
    let made = try await must(
      "repository create --instance \(Self.buildProd) --namespace team --name fetch-\(number) --type PRIVATE --summary Fetch --project samples/fetch --no-cache"
    )
    let repository = try #require(made["RepoId"] as? String)
    let rule = try await must(
      "rule add --repository \(repository) --push-type GIT_BRANCH --push-name main --image-tag latest")
    return (link, try #require(rule["BuildRuleId"] as? String))
  }

  /// - Returns: the status that it ends in.
  fileprivate func build(_ rule: String) async throws -> String? {
    _ = try await run("build start --rule \(rule) --wait")
    return try await run("build list --instance \(Self.buildProd)").array.first?["BuildStatus"] as? String
  }
}
