import Foundation
import Testing

/// What is built and from what: namespaces, repositories, rules.
@Suite("Namespaces, repositories and build rules", .timeLimit(.minutes(3)))
struct RepositoryCommandTests {
  static let namespace = ["NamespaceId", "InstanceId", "NamespaceName", "Known", "At", "By"]
  static let repository = [
    "RepoId", "RepoNamespaceName", "RepoName", "RepoType", "InstanceId", "Summary", "Detail", "CodeRepoType",
    "CodeRepoId", "CodeRepoNamespaceName", "CodeRepoName", "AutoBuild", "DisableCacheBuild", "Known", "At", "By",
  ]
  static let rule = [
    "BuildRuleId", "RepoId", "InstanceId", "PushType", "PushName", "DockerfileLocation", "DockerfileName", "ImageTag",
    "TagTime", "TagCommitId", "BuildArgs", "Platforms", "BuildNow", "WhyNot", "Known", "At", "By",
  ]

  @Test("objects and lists have the documented members, in order")
  func members() async throws {
    let plan = try await RulePlan()
    let expected = [
      ("namespace list", Self.namespace), ("namespace list --instance INSTANCE", Self.namespace),
      ("namespace create --instance INSTANCE other", Self.namespace),
      ("namespace delete --instance INSTANCE other --yes", Self.namespace), ("repository list", Self.repository),
      ("repository list --instance INSTANCE", Self.repository), ("repository show REPOSITORY", Self.repository),
      ("repository edit REPOSITORY --summary New", Self.repository), ("rule list", Self.rule),
      ("rule list --instance INSTANCE", Self.rule), ("rule list --repository REPOSITORY", Self.rule),
      ("rule show RULE", Self.rule), ("rule edit RULE --image-tag v2", Self.rule),
      ("rule delete RULE --yes", Self.rule),
      ("repository delete REPOSITORY --yes", Self.repository),
    ]
    for (line, members) in expected {
      let outcome = try await plan.run(line + " --format json")
      #expect(outcome.status == 0 && outcome.error.isEmpty, "\(line): \(outcome.error)")
      #expect(outcome.memberNames == members, "\(line)")
      #expect(outcome.output.hasPrefix("[") == line.contains(" list"), "\(line)")
    }
  }

  @Test("a repository has what was given, by the vendor's names, and its namespace is made with it")
  func create() async throws {
    let plan = try await RulePlan()
    let made = try await plan.run(
      "repository create --instance INSTANCE --namespace shop --name cart --type public --summary Cart --detail Long --project shop/back/cart --auto-build --no-cache --format json"
    ).object
    let texts = [
      "RepoNamespaceName": "shop", "RepoName": "cart", "RepoType": "PUBLIC", "Summary": "Cart", "Detail": "Long",
      "CodeRepoType": "GITLAB", "CodeRepoNamespaceName": "shop/back", "CodeRepoName": "cart", "Known": "PLANNED",
    ]
    for (member, value) in texts { #expect(made[member] as? String == value, "\(member)") }
    #expect(made["AutoBuild"] as? Bool == true && made["DisableCacheBuild"] as? Bool == true)
    let names = try await plan.run("namespace list --format json").array.compactMap { $0["NamespaceName"] as? String }
    #expect(names.contains("shop"))
    let bare = try await plan.run("repository show REPOSITORY --format json").object
    #expect(
      bare["CodeRepoType"] is NSNull && bare["CodeRepoName"] is NSNull && bare["RepoType"] as? String == "PRIVATE")
  }

  @Test("an edit changes what is given and nothing else")
  func edit() async throws {
    let plan = try await RulePlan()
    let first = try await plan.run("repository edit REPOSITORY --project team/app --auto-build --format json").object
    #expect(first["CodeRepoName"] as? String == "app" && first["AutoBuild"] as? Bool == true)
    #expect(first["Summary"] as? String == "App")
    let second = try await plan.run("repository edit REPOSITORY --no-cache --type PUBLIC --format json").object
    #expect(second["CodeRepoName"] as? String == "app" && second["DisableCacheBuild"] as? Bool == true)
    // Without a project there is nothing to build on a push of.
    let third = try await plan.run("repository edit REPOSITORY --no-project --cache --format json").object
    #expect(third["CodeRepoName"] is NSNull && third["AutoBuild"] as? Bool == false)
    #expect(third["DisableCacheBuild"] as? Bool == false && third["RepoType"] as? String == "PUBLIC")

    let rule = try await plan.run(
      "rule edit RULE --build-arg A=1 --build-arg B=2 --tag-time minute --tag-commit-id --format json"
    ).object
    #expect(rule["BuildArgs"] as? [String] == ["A=1", "B=2"] && rule["TagTime"] as? String == "MINUTE")
    #expect(rule["ImageTag"] as? String == "latest" && rule["TagCommitId"] as? Bool == true)
    let changed = try await plan.run(
      "rule edit RULE --build-arg A=3 --drop-build-arg B --platform linux/arm64 --platform linux/amd64 --tag-time none --no-tag-commit-id --format json"
    ).object
    #expect(changed["BuildArgs"] as? [String] == ["A=3"])
    #expect(
      changed["Platforms"] as? [String] == ["linux/arm64", "linux/amd64"] && changed["TagCommitId"] as? Bool == false)
  }

  static let refusals = [
    ("namespace create --instance INSTANCE team", 1, "NameTaken", "RepoNamespaceName"),
    ("namespace create --instance INSTANCE Team!", 1, "InvalidNamespace", "RepoNamespaceName"),
    ("namespace create --instance nope team", 1, "NoSuchInstance", "InstanceId"),
    ("namespace delete --instance INSTANCE team --yes", 1, "NamespaceInUse", "RepoNamespaceName"),
    ("namespace delete --instance INSTANCE nope --yes", 1, "NoSuchNamespace", "RepoNamespaceName"),
    (
      "repository create --instance INSTANCE --namespace team --name app --summary x", 1, "NameTaken", "RepoName"
    ), ("repository create --instance INSTANCE --namespace team --name A! --summary x", 1, "InvalidName", "RepoName"),
    (
      "repository create --instance INSTANCE --namespace team --name blog --summary x --auto-build", 1, "NoProject",
      "CodeRepo"
    ),
    (
      "repository create --instance INSTANCE --namespace team --name blog --summary x --project app", 1,
      "InvalidProject", "CodeRepo"
    ), ("repository show nope", 1, "NoSuchRepository", "RepoId"),
    ("repository edit nope --summary x", 1, "NoSuchRepository", "RepoId"),
    ("repository delete REPOSITORY --yes", 1, "RepositoryInUse", "RepoId"),
    ("repository edit REPOSITORY", 64, "Usage", ""), ("repository create --instance INSTANCE", 64, "Usage", ""),
    ("repository edit REPOSITORY --project a/b --no-project", 64, "Usage", ""),
    ("repository edit REPOSITORY --type SECRET", 64, "Usage", ""), ("rule show nope", 1, "NoSuchRule", "BuildRuleId"),
    ("rule list --repository nope", 1, "NoSuchRepository", "RepoId"),
    ("rule add --repository nope --push-type GIT_TAG --push-name v1 --image-tag v1", 1, "NoSuchRepository", "RepoId"),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name a..b --image-tag v1", 1, "InvalidPushName",
      "PushName"
    ),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag -x-", 64, "Usage", ""
    ),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag a/b", 1, "InvalidImageTag",
      "ImageTag"
    ),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag v1 --dockerfile-location ../x",
      1, "InvalidDockerfile", "DockerfileLocation"
    ),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag v1 --build-arg A", 1,
      "InvalidBuildArg", "BuildArgs"
    ),
    (
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag v1 --platform vax", 1,
      "InvalidPlatform", "Platforms"
    ), ("rule add --repository REPOSITORY --push-name v1 --image-tag v1", 64, "Usage", ""),
    ("rule edit RULE", 64, "Usage", ""), ("rule delete RULE", 64, "ConfirmationNeeded", ""),
    ("rule check RULE", 1, "NoProject", "CodeRepo"), ("rule check", 64, "Usage", ""),
    ("rule check RULE --repository REPOSITORY", 64, "Usage", ""),
    ("rule check --repository REPOSITORY", 64, "Usage", ""),
    ("build start --rule RULE", 1, "NoProject", "CodeRepo"), ("gitlab projects INSTANCE", 1, "NotBound", "InstanceId"),
    ("instance delete INSTANCE --yes", 1, "InstanceInUse", "InstanceId"),
  ]

  @Test("what is refused says where and what to do, and changes nothing")
  func refused() async throws {
    let plan = try await RulePlan()
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    for (line, status, code, field) in Self.refusals {
      let outcome = try await plan.run(line + " --format json")
      #expect(outcome.status == Int32(status) && outcome.code == code, "\(line): \(outcome.error)")
      #expect(outcome.refusal["Field"] as? String ?? "" == field, "\(line)")
      #expect((outcome.refusal["Mend"] as? String)?.isEmpty == false && outcome.output.isEmpty, "\(line)")
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == before)
  }

  @Test(
    "a dry run checks everything and changes nothing",
    arguments: [
      "namespace create --instance INSTANCE other", "namespace delete --instance INSTANCE spare",
      "repository create --instance INSTANCE --namespace new --name blog --summary x",
      "repository edit REPOSITORY --summary Other", "rule edit RULE --image-tag v9", "rule delete RULE",
      "rule add --repository REPOSITORY --push-type GIT_TAG --push-name v1 --image-tag v1",
    ])
  func rehearsed(_ line: String) async throws {
    let plan = try await RulePlan()
    try await plan.run("namespace create --instance INSTANCE spare")
    let before = plan.sandbox.files()
    let outcome = try await plan.run(line + " --dry-run --format json")
    #expect(outcome.status == 0 && outcome.object["DryRun"] as? Bool == true, "\(outcome.error)")
    #expect(try await plan.run(line + " --dry-run").error.contains("Dry run"))
    #expect(plan.sandbox.files() == before)
  }

  @Test("every list has its headings in both languages, and says it when there is nothing")
  func languages() async throws {
    let plan = try await RulePlan()
    for (line, english, chinese) in [
      ("namespace list", "Name", "名称"), ("repository list", "Code source", "代码源"), ("rule list", "Build now", "立即构建"),
      ("registry show INSTANCE", "Images go to", "镜像推送到"),
    ] {
      #expect(try await plan.run(line).output.contains(english))
      #expect(try await plan.run(line + " --language zh").output.contains(chinese))
    }
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    for line in ["namespace list", "repository list", "rule list", "build list", "image list"] {
      let empty = try await sandbox.run(line)
      #expect(
        empty.status == 0 && empty.output.isEmpty && empty.error.contains("There are no"), "\(line): \(empty.error)")
    }
  }

  @Test("the source of a rule is asked for, before it is there and after")
  func check() async throws {
    let ground = try await BuildGround()
    let fine = try await ground.sandbox.run("rule check \(ground.rule) --format json")
    #expect(fine.status == 0 && fine.error.isEmpty, "\(fine.error)")
    #expect(
      fine.memberNames == [
        "BuildRuleId", "RepoId", "Project", "Ref", "CommitId", "Dockerfile", "Matching", "BaseImages", "Problems",
        "Notes", "Known", "At", "By",
      ])
    #expect(fine.object["Ref"] as? String == "main" && (fine.object["CommitId"] as? String)?.count == 40)
    #expect(fine.object["Known"] as? String == "TRIED")
    let wrong = try await ground.sandbox.run(
      "rule check \(ground.rule) --push-name nope --dockerfile-name Elsewhere --format json")
    #expect(wrong.status == 1 && wrong.code == "NoSuchRef" && wrong.refusal["Field"] as? String == "PushName")
    #expect((wrong.object["Problems"] as? [[String: String]])?.first?["Code"] == "NoSuchRef")
    let missing = try await ground.sandbox.run("rule check \(ground.rule) --dockerfile-name Elsewhere --format json")
    #expect(missing.code == "DockerfileMissing", "\(missing.error)")
    let future = try await ground.sandbox.run([
      "rule", "check", "--repository", ground.repository, "--push-type", "GIT_BRANCH", "--push-name",
      "release-(?<imageTag>\\w*)", "--image-tag", "${imageTag}", "--format", "json",
    ])
    let matching = try #require(future.object["Matching"] as? [[String: String]])
    #expect(matching == [["Name": "release-v1", "ImageTag": "v1"]], "\(future.error)")
    let told = try await ground.sandbox.run("rule check \(ground.rule)")
    #expect(told.output.contains("it can be built"))
  }

  @Test("all projects of GitLab are listed, past its pages, and found by name")
  func projects() async throws {
    let ground = try await BuildGround()
    let all = try await ground.sandbox.run("gitlab projects \(ground.instance) --format json")
    #expect(all.memberNames == ["CodeRepoId", "CodeRepoNamespaceName", "CodeRepoName", "DefaultBranch"])
    #expect(all.array.count > 100 && Set(all.array.compactMap { $0["CodeRepoId"] as? Int }).count == all.array.count)
    let some = try await ground.sandbox.run("gitlab projects \(ground.instance) --limit 7 --format json")
    #expect(some.array.count == 7)
    let found = try await ground.sandbox.run("gitlab projects \(ground.instance) --search hello --format json")
    #expect(found.array.map { $0["CodeRepoName"] as? String } == ["hello-web"])
    #expect(found.array.first?["CodeRepoNamespaceName"] as? String == "platform")
  }
}
