import Testing

@testable import SecureBuild

@Suite struct ImageVersions {
  private func rule(_ tag: String, time: TagTime = .none, commit: Bool = false) -> BuildRule {
    BuildRule(
      id: "crbr-1", repoId: "crr-1", instanceId: "cri-1", pushType: .branch, pushName: "x", imageTag: tag, time: time,
      addsCommitId: commit, at: Timestamp(milliseconds: 0), by: "anna")
  }

  @Test(arguments: ["latest", "v1.2.3", "_x", "1", "A-b_c.d", String(repeating: "t", count: 128)])
  func `tags that registries take`(tag: String) throws {
    #expect(try ImageVersion.check(" \(tag) ", groups: nil) == tag)
  }

  @Test(arguments: [
    ".x", "-x", "a/b", "a:b", "a b", "版本", "a+b", String(repeating: "t", count: 129), "${", "$x", "a\u{1b}b",
  ])
  func `tags that they don't`(tag: String) throws {
    let refusal = try #require(refused { _ = try ImageVersion.check(tag, groups: nil) })
    #expect(refusal.code == .invalidImageTag && refusal.field == .imageTag)
  }

  @Test func `groups stand only where the expression has them`() throws {
    #expect(try ImageVersion.check("${imageTag}", groups: ["imageTag"]) == "${imageTag}")
    #expect(try ImageVersion.check("v${a}.${b}-x", groups: ["a", "b"]) == "v${a}.${b}-x")
    #expect(refused { _ = try ImageVersion.check("${imageTag}", groups: nil) }?.message.en.contains("one name") == true)
    #expect(
      refused { _ = try ImageVersion.check("${tag}", groups: ["imageTag"]) }?.message.en.contains("imageTag") == true)
    #expect(refused { _ = try ImageVersion.check("-${a}", groups: ["a"]) }?.code == .invalidImageTag)
    #expect(refused { _ = try ImageVersion.check("", groups: []) }?.code == .missing)
  }

  @Test func `a version carries the push's time in UTC+8 and its commit`() throws {
    let at = try #require(Timestamp("2020-10-15T16:13:59Z"))
    let commit = "1a2b3c4d" + String(repeating: "0", count: 32)
    func tag(_ rule: BuildRule, _ groups: [String: String] = [:]) throws -> String {
      try ImageVersion.tag(rule.imageTag, groups: groups, of: rule, at: at, commit: commit)
    }
    #expect(try tag(rule("latest")) == "latest")
    #expect(try tag(rule("v", time: .day)) == "v-20201016")
    #expect(try tag(rule("v", time: .minute)) == "v-202010160013")
    #expect(try tag(rule("v", commit: true)) == "v-1a2b3c4d")
    #expect(try tag(rule("v", time: .minute, commit: true)) == "v-202010160013-1a2b3c4d")
    #expect(try tag(rule("${imageTag}"), ["imageTag": "v1"]) == "v1")
    #expect(try tag(rule("x${a}y${a}"), ["a": "1"]) == "x1y1")
  }

  @Test func `a version that comes of a push is checked again`() throws {
    func refusal(_ value: String) -> Refusal? {
      refused {
        _ = try ImageVersion.tag(
          "${a}", groups: ["a": value], of: rule("${a}"), at: Timestamp(milliseconds: 0), commit: "")
      }
    }
    for value in ["", "feature/x", "-x", String(repeating: "a", count: 129)] {
      #expect(refusal(value)?.code == .invalidImageTag)
    }
  }
}

@Suite struct RuleFields {
  @Test(arguments: [
    ("", "/"), ("/", "/"), (".", "/"), ("./docker", "/docker"), ("/docker/web/", "/docker/web"), ("a//b", "/a/b"),
    ("目录", "/目录"),
    (" my dir ", "/my dir"),
  ])
  func `a Dockerfile's folder is from the root`(typed: String, folder: String) throws {
    #expect(try DockerfilePlace.location(typed) == folder)
  }

  @Test(arguments: ["..", "/a/../b", "../x", "a\\b", "a\u{0}b", "a\nb"]) func `and doesn't leave it`(typed: String)
    throws
  {
    #expect(refused { _ = try DockerfilePlace.location(typed) }?.field == .dockerfileLocation)
  }

  @Test(arguments: ["a/b", "..", ".", "a\u{1b}", "x\\y"]) func `a Dockerfile's name is a name alone`(typed: String)
    throws
  {
    #expect(refused { _ = try DockerfilePlace.name(typed) }?.field == .dockerfileName)
  }

  @Test func `the path of a Dockerfile`() throws {
    #expect(try DockerfilePlace.name("web.Dockerfile") == "web.Dockerfile")
    #expect(refused { _ = try DockerfilePlace.name("") }?.code == .missing)
    var rule = BuildRule(
      id: "", repoId: "", instanceId: "", pushType: .tag, pushName: "v1", at: Timestamp(milliseconds: 0), by: "")
    #expect(rule.dockerfilePath == "Dockerfile")
    rule.dockerfileLocation = "/docker/web"
    #expect(rule.dockerfilePath == "docker/web/Dockerfile")
  }

  @Test func `build arguments`() throws {
    #expect(try BuildArguments.all(["A=1", " ", "_b2=x y=z", "C="]) == ["A=1", "_b2=x y=z", "C="])
    for wrong in ["A", "=x", "1a=x", "a-b=x", "A=x\ny", "A=" + String(repeating: "x", count: 2050)] {
      #expect(refused { _ = try BuildArguments.all([wrong]) }?.field == .buildArgs)
    }
    #expect(refused { _ = try BuildArguments.all(["A=1", "A=2"]) }?.message.en.contains("twice") == true)
    #expect(try BuildArguments.all((0..<20).map { "A\($0)=1" }).count == 20)
    #expect(refused { _ = try BuildArguments.all((0..<21).map { "A\($0)=1" }) }?.code == .invalidBuildArg)
  }

  @Test func `a token is no build argument, and its refusal doesn't hold it`() throws {
    for typed in ["T=\(World.token)", World.token, "T \(World.token)"] {
      let refusal = try #require(refused { _ = try BuildArguments.all([typed]) })
      if typed.hasPrefix("T=") { #expect(refusal.sentences.allSatisfy { !$0.en.contains(World.token) }) }
    }
  }

  @Test func `platforms are the vendor's, linux-amd64 unless another is said`() throws {
    #expect(try BuildArguments.platforms([]) == [.linuxAmd64])
    #expect(
      try BuildArguments.platforms(["LINUX/ARM64", "linux/arm64", "linux/arm/v7"]) == [.linuxArm64, .linuxArmV7])
    #expect(refused { _ = try BuildArguments.platforms(["windows/amd64"]) }?.field == .platforms)
  }
}
