import BuildEngine
import Foundation
import Testing

@Suite("A build as manifests for a cluster", .timeLimit(.minutes(2)))
struct ExportCommandTests {
  /// A rule whose images go to a registry.
  private func ground() async throws -> BuildGround {
    let ground = try await BuildGround()
    let set = try await ground.sandbox.run(
      "registry set --instance \(ground.instance) --address registry.corp.example:5000 --host registry.corp.example=127.0.0.1"
    )
    try #require(set.status == 0, "\(set.error)")
    return ground
  }

  /// The comment above the manifests, in one line.
  private func heading(_ yaml: String) -> String {
    yaml.split(separator: "\n").prefix { $0.hasPrefix("#") }.map { $0.dropFirst().trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ").replacing("- ", with: "")
  }

  @Test("prints Job, ConfigMap and NetworkPolicy, and above them what the cluster must have", arguments: ["en", "zh"])
  func printed(_ language: String) async throws {
    let ground = try await ground()
    let printed = try await ground.sandbox.run("build export kubernetes --rule \(ground.rule) --language \(language)")
    #expect(printed.status == 0, "\(printed.error)")
    let objects = printed.output.split(separator: "---\n").dropFirst()
    let kinds = objects.compactMap { $0.split(separator: "\n").first { $0.hasPrefix("kind: ") }?.dropFirst(6) }
    #expect(kinds == ["NetworkPolicy", "ConfigMap", "Job"])
    let heading = heading(printed.output)
    for need in ClusterRequirement.all {
      let words = language == "en" ? need.text.en : need.text.zh
      #expect(heading.replacing(" ", with: "").contains(words.replacing(" ", with: "")), "\(words)\n\(heading)")
    }
    #expect(heading.contains("kubectl create secret generic") && heading.contains("--from-file=token=TOKEN_FILE"))
    // The allow-list: GitLab and the registry, each at its port.
    for line in ["cidr: \"192.168.10.20/32\"", "cidr: \"127.0.0.1/32\"", "port: 5000", "ingress: []"] {
      #expect(objects.first?.contains(line) == true, "\(line)")
    }
    #expect(!(printed.output + printed.error).contains("glpat-"))
  }

  @Test("as JSON, for a commit and a cluster that options, else the settings, name")
  func chosen() async throws {
    let ground = try await ground()
    let line = "build export kubernetes \(ground.rule) --format json"
    let plain = try await ground.sandbox.run(line)
    #expect(plain.memberNames == ["BuildRuleId", "CommitId", "Manifests"], "\(plain.error)")
    #expect(plain.object["BuildRuleId"] as? String == ground.rule)
    let commit = try #require(plain.object["CommitId"] as? String)
    #expect(commit.utf8.count == 40)
    let manifests = try #require(plain.object["Manifests"] as? String)
    #expect(manifests.contains(KubernetesSettings.upstreamImage) && !manifests.contains("namespace:"))
    try ground.sandbox.write(
      "[kubernetes]\nnamespace = \"builds\"\nimage = \"corp/buildah:1\"\nnode_selector = [\"pool=build\"]\n",
      to: "\(ground.sandbox.configuration)/settings.toml")
    let configured = try await ground.sandbox.run(line)
    let set = try #require(configured.object["Manifests"] as? String, "\(configured)")
    #expect(set.contains("namespace: builds") && set.contains("corp/buildah:1") && set.contains("pool: build"))
    let given = try await ground.sandbox.run("\(line) --namespace other --image mine:2 --commit \(commit)")
    let named = try #require(given.object["Manifests"] as? String, "\(given.error)")
    #expect(named.contains("namespace: other") && named.contains("mine:2") && !named.contains("corp/buildah"))
    #expect(given.object["CommitId"] as? String == commit)
  }

  @Test("is refused where a cluster couldn't do it, with what to do instead")
  func refused() async throws {
    let ground = try await BuildGround()
    let line = "build export kubernetes --rule \(ground.rule) --format json"
    let layout = try await ground.sandbox.run(line)
    #expect(layout.status == 1 && layout.code == "InvalidRegistry" && layout.output.isEmpty)
    #expect((layout.refusal["Mend"] as? String)?.contains("registry set") == true)
    try await ground.sandbox.run("registry set --instance \(ground.instance) --address 127.0.0.1:5000 --plain-http")
    try await ground.sandbox.run("rule edit \(ground.rule) --platform linux/amd64 --platform linux/arm64")
    #expect(try await ground.sandbox.run(line).code == "PlatformUnsupported")
    try await ground.sandbox.run("rule edit \(ground.rule) --platform linux/amd64 --dockerfile-name Nowhere")
    #expect(try await ground.sandbox.run(line).code == "DockerfileMissing")
    #expect(try await ground.sandbox.run("build export kubernetes --rule nope --format json").code == "NoSuchRule")
    #expect(try await ground.sandbox.run("build export kubernetes").status == 64)
  }
}
