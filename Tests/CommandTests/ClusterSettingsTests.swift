import BuildEngine
import Detached
import FlatFiles
import Foundation
import Testing

@testable import acr_console

@Suite("Settings of builds in a cluster")
struct ClusterSettingsTests {
  private static let table = """
    theme = "light"
    [kubernetes]
    context = "corp"
    namespace = "builds"
    image = "registry.corp.example/buildah:1"
    node_selector = ["pool=build", "disk="]
    seccomp_profile = "profiles/userns.json"
    user_namespaces = true
    patience_seconds = 60

    """

  @Test("each is shown with its value and where it comes from; what isn't set is kubectl's or the engine's")
  func shown() async throws {
    let sandbox = try Sandbox()
    func settings() async throws -> [String: [String: Any]] {
      let shown = try await sandbox.run("settings show --format json")
      #expect(shown.status == 0 && (shown.object["Problems"] as? [Any])?.isEmpty == true, "\(shown.output)")
      let all = try #require(shown.object["Settings"] as? [[String: Any]])
      return Dictionary(uniqueKeysWithValues: all.map { ($0["Name"] as? String ?? "", $0) })
    }
    let before = try await settings()
    #expect(before["kubernetes.context"]?["Value"] is NSNull)
    #expect(before["kubernetes.image"]?["Value"] as? String == KubernetesSettings.upstreamImage)
    #expect(before["kubernetes.patience_seconds"]?["Source"] as? String == "BUILT_IN")
    try sandbox.write(Self.table, to: "\(sandbox.configuration)/settings.toml")
    let after = try await settings()
    #expect(after["kubernetes.context"]?["Value"] as? String == "corp")
    #expect(after["kubernetes.namespace"]?["Line"] as? Int == 4)
    #expect(after["kubernetes.node_selector"]?["Value"] as? [String] == ["pool=build", "disk="])
    #expect(after["kubernetes.user_namespaces"]?["Value"] as? Bool == true)
    #expect(after["kubernetes.patience_seconds"]?["Value"] as? Int == 60)
    #expect(after["kubernetes.patience_seconds"]?["Default"] as? String == "300")
    for (language, words) in [("en", "The context of your kubeconfig"), ("zh", "kubeconfig 上下文")] {
      let text = try await sandbox.run("settings show --language \(language)").output
      #expect(text.contains("    context\n        ") && text.contains(words), "\(text)")
      let page = try await sandbox.run("man --language \(language)").output
      #expect(page.contains("patience_seconds") && page.contains(words))
    }
  }

  @Test(
    "what is wrong with one is named with its line",
    arguments: [
      ("kubernetes = true", 1, "“kubernetes” must be a table"),
      ("[kubernetes]\ncluster = \"corp\"", 2, "there is no setting “kubernetes.cluster”; there are context, namespace"),
      ("[kubernetes]\n\nnamespace = \"Team A\"", 3, "“kubernetes.namespace” must be a namespace's name"),
      ("[kubernetes]\nnamespace = \"-x\"", 2, "“kubernetes.namespace” must be"),
      ("[kubernetes]\nimage = \"a b\"", 2, "“kubernetes.image” must be an image's name"),
      ("[kubernetes]\nimage = \"\"", 2, "“kubernetes.image” must be"),
      ("[kubernetes]\ncontext = 5", 2, "“kubernetes.context” must be a context's name"),
      ("[kubernetes]\nnode_selector = [\"pool\"]", 2, "“kubernetes.node_selector” must be a list of \"LABEL=VALUE\""),
      ("[kubernetes]\nseccomp_profile = \"../x.json\"", 2, "“kubernetes.seccomp_profile” must be a file's path"),
      ("[kubernetes]\nuser_namespaces = \"yes\"", 2, "“kubernetes.user_namespaces” must be true or false"),
      ("kubernetes.patience_seconds = 1", 1, "“kubernetes.patience_seconds” must be a number from 10 to 86400"),
    ])
  func wrong(text: String, line: Int, words: String) async throws {
    let (file, said) = try await Sandbox().complaints(ofSettings: text)
    #expect(said.contains("\(file):\(line): \(words)"), "\(said)")
  }

  @Test(
    "the runner gets what kubectl and credential helpers need of the environment, and no runner of a training workspace does"
  )
  func environment() async throws {
    let cloud = [
      "KUBECONFIG": "/k", "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": ".corp.example", "AWS_PROFILE": "build",
      "ALIBABA_CLOUD_PROFILE": "build", "KUBERNETES_SERVICE_HOST": "10.0.0.1",
      "DBUS_SESSION_BUS_ADDRESS": "unix:path=/bus",
    ]
    let always = ["HOME": "/h", "PATH": "/bin"]
    let others = ["ACR_CONSOLE_GITLAB_TOKEN": "glpat-PLANTED", "ACR_CONSOLE_REGISTRY_PASSWORD": "PLANTED", "X": "y"]
    let all = cloud.merging(always) { $1 }.merging(others) { $1 }
    let own = try #require(Invocation.ownSurroundings.runner as? RunnerProcess)
    #expect(own.environment(of: all) == cloud.merging(always) { $1 })
    let training = try await TrainingGround().sandbox
    let practice = try Invocation.surroundings(of: Store(opening: training.workspace)).runner as? RunnerProcess
    #expect(practice?.environment(of: all) == always)
  }
}
