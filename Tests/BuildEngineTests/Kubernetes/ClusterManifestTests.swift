import Foundation
import SecureBuild
import Testing

@testable import BuildEngine

@Suite struct ClusterManifestTests {
  /// Every object of a build.
  private func objects(of build: ClusterBuild) -> [ManifestNode] {
    [build.job(isSuspended: build.isFollowed), build.secret, build.configuration].map { $0 }
      + (build.policies + [build.configuration]).map { $0.owned(byJob: build.names.name, "0f2c-uid") }
  }

  // Needs kubernetes-validate: python3 -m venv .venv && .venv/bin/pip install kubernetes-validate
  @Test(.enabled(if: PythonScript.canValidate, "kubernetes-validate is missing from .venv"))
  func `kubernetes-validate accepts every manifest of every kind of build`() async throws {
    var lines: [String] = []
    for (name, build) in try TestBuild.table {
      for object in objects(of: build) {
        let line = ["name": name, "json": object.json, "yaml": object.yaml]
        lines.append(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
      }
    }
    let script = """
      import json, sys, yaml, kubernetes_validate
      count = 0
      for line in sys.stdin:
          given = json.loads(line)
          plain, readable = json.loads(given["json"]), yaml.safe_load(given["yaml"])
          if plain != readable:
              print(given["name"], plain["kind"], "YAML says otherwise than JSON:", plain, readable)
          for version in ("1.30", kubernetes_validate.latest_version()):
              try:
                  kubernetes_validate.validate(plain, version, strict=True)
                  count += 1
              except Exception as error:
                  print(given["name"], plain["kind"], version, error)
      print("accepted", count)
      """
    let answer = try await PythonScript.run(script, input: lines.joined(separator: "\n"))
    #expect(answer.text == "accepted \(lines.count * 2)\n", "\(answer.text) \(answer.errorText)")
  }

  @Test func `a stage is let out to its own addresses and to nothing else, and nothing is let in`() throws {
    let build = TestBuild.build(try TestBuild.plan())
    let policies = build.policies
    #expect(policies.count == 5)
    let wanted: [String: [ManifestNode]] = [
      build.names.name: [],
      "\(build.names.name)-clone": [rule("10.0.0.16/32", 443)],
      "\(build.names.name)-images": [rule("10.0.0.48/32", 443)],
      "\(build.names.name)-build": [rule("10.0.0.16/32", 443), rule("10.0.0.99/32", nil)],
      "\(build.names.name)-push": [rule("10.0.0.32/32", 5000)],
    ]
    for policy in policies {
      let name = try #require(policy["metadata"]?["name"]?.text)
      #expect(policy["spec"]?["policyTypes"] == ["Ingress", "Egress"])
      #expect(policy["spec"]?["ingress"] == [])
      #expect(policy["spec"]?["egress"]?.items == wanted[name], "\(name)")
      let labels = policy["spec"]?["podSelector"]?["matchLabels"]
      #expect(labels?[ClusterNames.buildLabel] == .text(build.names.label))
      let stage = name == build.names.name ? nil : name.split(separator: "-").last.map(String.init)
      #expect(labels?[ClusterNames.stageLabel]?.text == stage)
    }
  }

  private func rule(_ cidr: String, _ port: Int?) -> ManifestNode {
    let rule: ManifestNode = ["to": [["ipBlock": ["cidr": .text(cidr)]]]]
    return rule.adding("ports", port.map { [["protocol": "TCP", "port": .number($0)]] })
  }

  @Test func `where nobody switches, one policy lets out to what the stages need together`() throws {
    let policies = TestBuild.build(try TestBuild.plan(), isFollowed: false).policies
    #expect(policies.count == 1)
    #expect(
      policies[0]["spec"]?["egress"]?.items == [
        rule("10.0.0.16/32", 443), rule("10.0.0.48/32", 443), rule("10.0.0.99/32", nil), rule("10.0.0.32/32", 5000),
      ])
    #expect(policies[0]["spec"]?["podSelector"]?["matchLabels"]?[ClusterNames.stageLabel] == nil)
  }

  @Test func `network type Internet has no policy and a resolver`() throws {
    let build = TestBuild.build(try TestBuild.plan(network: .open))
    #expect(build.policies.isEmpty)
    #expect(build.pod["dnsPolicy"] == nil)
    #expect(build.files.keys.filter { $0.hasPrefix("refused-") }.isEmpty)
  }

  @Test func `only the Secret holds the secrets, and only the containers that need one see it`() throws {
    for (name, build) in try TestBuild.table {
      let secrets = [TestBuild.token, TestBuild.password].flatMap { [$0, Base64.encoded($0)] }
      let others = [build.job(isSuspended: false), build.configuration] + build.policies
      for object in others {
        #expect(!secrets.contains { object.json.contains($0) || object.yaml.contains($0) }, "\(name)")
      }
      #expect(build.secret["data"]?["token"]?.text == Base64.encoded(TestBuild.token))
      let containers = (build.pod["initContainers"]?.items ?? []) + (build.pod["containers"]?.items ?? [])
      let seen = containers.reduce(into: [String: [String]]()) { seen, container in
        let mounts = container["volumeMounts"]?.items.compactMap { $0["name"]?.text } ?? []
        seen[container["name"]?.text ?? ""] = mounts.filter { ["token", "login", "push"].contains($0) }
        #expect(container["env"] == nil)
      }
      #expect(seen["clone"] == ["token"])
      #expect(seen["build"] == [])
      #expect(seen["push"] == ["push", "login"])
      if !build.baseImages.isEmpty { #expect(seen["images"] == ["login"]) }
    }
  }

  @Test func `the pod is no root, has no account of the cluster and no way to more`() throws {
    let pod = TestBuild.build(try TestBuild.plan()).pod
    #expect(pod["automountServiceAccountToken"] == false)
    #expect(pod["enableServiceLinks"] == false)
    #expect(pod["securityContext"]?["runAsNonRoot"] == true)
    #expect(pod["dnsPolicy"] == "None")
    for key in ["hostNetwork", "hostPID", "hostIPC", "hostUsers"] { #expect(pod[key] == nil) }
    for container in (pod["initContainers"]?.items ?? []) + (pod["containers"]?.items ?? []) {
      let security = container["securityContext"]
      #expect(security?["privileged"] == nil)
      #expect(security?["readOnlyRootFilesystem"] == true)
      #expect(security?["capabilities"]?["drop"] == ["ALL"])
      let isClone = container["name"] == "clone"
      #expect(security?["capabilities"]?["add"] == (isClone ? nil : ["SETUID", "SETGID"]))
      #expect(security?["allowPrivilegeEscalation"] == .flag(!isClone))
      #expect(container["resources"]?["limits"]?["memory"] == "4Gi")
    }
  }

  @Test func `an export names what the cluster must have and how the secret is made, and holds none`() throws {
    let build = TestBuild.build(
      try TestBuild.plan(), settings: KubernetesSettings(namespace: "builds"), isFollowed: false)
    for language in [Language.english, .chinese] {
      let text = ClusterExport(build: build, language: language).text
      #expect(text.contains("kubectl create secret generic \(build.names.name) --namespace=builds --from-file=token="))
      for requirement in ClusterRequirement.all {
        #expect(text.contains(requirement.text(language).prefix(12)))
      }
      #expect(!text.contains("kind: Secret"))
      #expect(text.components(separatedBy: "\n---\n").count == 4)
    }
  }

  @Test(arguments: [
    (
      "build-local-20261125T031938-7f3a9c", "acr-build-local-20261125t031938-7f3a9c",
      "build-local-20261125T031938-7f3a9c"
    ),
    ("b", "acr-b", "b"),
  ])
  func `names are the build's id where they can be`(id: String, name: String, label: String) {
    #expect(ClusterNames(build: id).name == name)
    #expect(ClusterNames(build: id).label == label)
  }

  @Test(arguments: ["", "-", "7", "a/b", "中文", String(repeating: "x", count: 300), "a.", "A b\n"])
  func `whatever a build's id is, its names are legal and its own`(id: String) {
    let names = ClusterNames(build: id)
    #expect(names.name.wholeMatch(of: /[a-z]([-a-z0-9]*[a-z0-9])?/) != nil && names.name.count <= 48)
    #expect(names.label.wholeMatch(of: /[A-Za-z]([-A-Za-z0-9_.]*[A-Za-z0-9])?/) != nil && names.label.count <= 63)
    #expect(names != ClusterNames(build: id + "x"))
  }
}
