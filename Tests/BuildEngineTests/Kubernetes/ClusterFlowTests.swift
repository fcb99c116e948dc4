import Foundation
import SecureBuild
import Testing

@testable import BuildEngine

// The real kubectl against a stand-in of the cluster's API. $ACR_TEST_KUBECTL names the folder of another one.
// On Debian: apt-get install kubernetes-client
@Suite(.enabled(if: Programs.find("kubectl") != nil, "kubectl is missing: apt-get install kubernetes-client"))
struct ClusterFlowTests {
  private func fails(_ world: ClusterWorld, _ plan: BuildPlan? = nil) async throws -> BuildFailure {
    let failure = await #expect(throws: BuildFailure.self) {
      try await world.engine.build(try plan ?? ClusterWorld.plan(), telling: world.record)
    }
    return try #require(failure)
  }

  // One build, looked at from three sides: each takes kubectl a dozen calls.
  @Test(.timeLimit(.minutes(2)))
  func `a build goes from stage to stage, each with its own network, the token nowhere but in its Secret`()
    async throws
  {
    try await ClusterStandIn.running(.init(containers: ClusterWorld.good)) { cluster in
      let world = try ClusterWorld(cluster)
      let seen = try await Children.watched {
        try await world.engine.build(try ClusterWorld.plan(), telling: world.record)
      }
      let record = world.record
      #expect(
        record.stages == ["PREPARE SUCCESS", "CLONE SUCCESS", "BASE_IMAGES SUCCESS", "BUILD SUCCESS", "PUSH SUCCESS"])
      #expect(record.events.contains(.commit(TestBuild.commit)))
      #expect(
        record.events.contains(
          .image(
            BuiltImage(
              digest: ClusterWorld.digest, size: 2_166_471, references: ["registry.corp.example:5000/shop/app:v1"]))))
      #expect(record.events.contains { if case .baseImage(let base) = $0 { base.name == "debian:12" } else { false } })
      #expect(record.text.contains("STEP 2/2: RUN true\n\u{1b}[32mdone\u{1b}[0m\nfour\nfive\n"))
      #expect(record.text.contains("allowed: 10.0.0.16:443 (GitLab)"))
      #expect(cluster.present == [])
      // The policies are the last but what belongs to them: none goes while the pod is there.
      let removed = cluster.state.withLock { $0.removed }
      let pod = try #require(removed.firstIndex { $0.hasPrefix("Pod/") })
      let policy = try #require(removed.firstIndex { $0.hasPrefix("NetworkPolicy/") })
      #expect(pod < policy)

      let switched = cluster.requests.filter { $0.method == "PATCH" && $0.path.contains("/pods/") }.compactMap {
        ManifestNode(json: Array($0.body.utf8))?["metadata"]?["labels"]?[ClusterNames.stageLabel]?.text
      }
      #expect(switched == ["images", "build", "push"])
      // Everything else was there before the Job was let make a pod.
      let writes = cluster.requests.filter { $0.method == "POST" || $0.method == "PATCH" }.map(\.path)
      let release = try #require(writes.firstIndex { $0.contains("/jobs/") })
      #expect(writes[..<release].filter { $0.hasSuffix("/networkpolicies") }.count == 5)
      #expect(!writes[release...].contains { $0.hasSuffix("/networkpolicies") })

      #expect(seen.arguments.count > 8)
      for secret in [TestBuild.token, TestBuild.password].flatMap({ [$0, Base64.encoded($0)] }) {
        #expect(!seen.arguments.contains { $0.contains(secret) })
        #expect(!seen.environments.contains { $0.contains(secret) })
        #expect(!record.text.contains(secret))
        let bodies = cluster.requests.filter { $0.body.contains(secret) }.map(\.path)
        #expect(Set(bodies).isSubset(of: ["/api/v1/namespaces/builds/secrets"]))
      }
      #expect(!seen.environments.contains { $0.contains("SECRET_OF_THE_SHELL") })
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a step that fails is told with its words, and nothing is left`() async throws {
    var containers = ClusterWorld.good
    containers["build"] = .init(
      log: ["STEP 1/2: FROM debian:12", "Error: exit status 7"], exit: 1, reason: "Error",
      report: "BuildStepFailed\nThe build failed: Error: exit status 7\n")
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let world = try ClusterWorld(cluster)
      let failure = try await fails(world)
      #expect(failure.code == "BuildStepFailed")
      #expect(failure.stage == .build)
      #expect(failure.message.en == "The build failed: Error: exit status 7")
      #expect(world.record.stages.last == "BUILD FAIL")
      #expect(world.record.text.contains("Error: exit status 7\n"))
      #expect(cluster.present == [])
    }
  }

  @Test(arguments: [
    ("NetworkNotClosed\nThe cluster doesn't keep the network policy: 10.96.0.1:443 answered\n", "NetworkNotClosed"),
    ("CloneFailed\nThe source can't be fetched\n", "CloneFailed"), ("", "ClusterRefused"),
    ("nonsense", "ClusterRefused"),
  ])
  func `what the pod found is told by its code`(report: String, code: String) async throws {
    var containers = ClusterWorld.good
    containers["clone"] = .init(exit: 1, reason: "Error", report: report)
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let world = try ClusterWorld(cluster)
      #expect(try await fails(world).code == code)
      #expect(world.record.stages.last == "CLONE FAIL")
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a container that was killed for memory is told as that`() async throws {
    var containers = ClusterWorld.good
    containers["build"] = .init(exit: 137, reason: "OOMKilled", report: "")
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let failure = try await fails(try ClusterWorld(cluster))
      #expect(failure.code == "OutOfMemory")
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a pod that no node takes is waited for, then told in the cluster's words`() async throws {
    let why = "0/3 nodes are available: 3 Insufficient memory."
    try await ClusterStandIn.running(.init(containers: ClusterWorld.good, unschedulable: why)) { cluster in
      let world = try ClusterWorld(cluster, settings: KubernetesSettings(patience: 2))
      let failure = try await fails(world)
      #expect(failure.code == "ClusterRefused")
      #expect(failure.message.en.contains(why))
      #expect(world.record.text.contains("waiting: Unschedulable: \(why)\n"))
      #expect(world.record.stages == ["PREPARE FAIL"])
      #expect(cluster.present == [])
    }
  }

  @Test(arguments: [
    (ClusterStandIn.Behaviour(waiting: ("ImagePullBackOff", "Back-off pulling image")), "Back-off pulling image"),
    (.init(waiting: ("InvalidImageName", "couldn't parse image name")), "couldn't parse image name"),
    (
      .init(failedCreate: "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\""), "violates PodSecurity"
    ),
  ])
  func `a pod that doesn't come up is told in the cluster's words`(
    behaviour: ClusterStandIn.Behaviour, words: String
  ) async throws {
    try await ClusterStandIn.running(behaviour) { cluster in
      let world = try ClusterWorld(cluster, settings: KubernetesSettings(patience: 2))
      #expect(try await fails(world).message.en.contains(words))
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a pod that used up its disk is told as that`() async throws {
    var containers = ClusterWorld.good
    containers["build"] = .init(hangs: true)
    try await ClusterStandIn.running(.init(containers: containers, evictedIn: "build")) { cluster in
      let failure = try await fails(try ClusterWorld(cluster))
      #expect(failure.code == "OutOfDisk")
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1))) func `silence is ended`() async throws {
    var containers = ClusterWorld.good
    containers["build"] = .init(log: ["STEP 1/2"], hangs: true)
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let failure = try await fails(try ClusterWorld(cluster), try ClusterWorld.plan(BuildLimits(silence: 1)))
      #expect(failure.code == "BuildTimedOut")
      #expect(failure.stage == .build)
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["clone", "images", "build", "push"])
  func `cancelled in any stage, it ends soon and nothing is left`(stage: String) async throws {
    var containers = ClusterWorld.good
    containers[stage] = .init(log: ["begun"], hangs: true)
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let world = try ClusterWorld(cluster)
      let task = Task { try await world.engine.build(try ClusterWorld.plan(), telling: world.record) }
      try await eventually { world.record.text.contains("begun\n") }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(world.record.stages.last?.hasSuffix(" CANCEL") == true)
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a connection that is lost in the log is taken up again, with nothing missing and nothing twice`() async throws {
    var containers = ClusterWorld.good
    containers["build"]?.breaksAfter = 3
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let world = try ClusterWorld(cluster)
      try await world.engine.build(try ClusterWorld.plan(), telling: world.record)
      #expect(
        world.record.text.contains(
          "STEP 1/2: FROM debian:12\nSTEP 2/2: RUN true\n\u{1b}[32mdone\u{1b}[0m\nfour\nfive\n"))
      #expect(world.record.text.components(separatedBy: "STEP 1/2").count == 2)
    }
  }

  @Test(.timeLimit(.minutes(1))) func `an API that is lost for a while is told and waited for`() async throws {
    try await ClusterStandIn.running(.init(containers: ClusterWorld.good, silentLooks: 2)) { cluster in
      let world = try ClusterWorld(cluster)
      try await world.engine.build(try ClusterWorld.plan(), telling: world.record)
      #expect(world.record.text.contains("the cluster's API can't be reached, trying again: "))
      #expect(world.record.stages.last == "PUSH SUCCESS")
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["jobs", "secrets", "networkpolicies"])
  func `what the cluster forbids is told in its words, with the rights to ask for`(resource: String) async throws {
    try await ClusterStandIn.running(.init(containers: ClusterWorld.good, forbidden: [resource])) { cluster in
      let world = try ClusterWorld(cluster)
      let failure = try await fails(world)
      #expect(failure.code == "ClusterRefused")
      #expect(failure.message.en.contains("\(resource) is forbidden: User \"lin\" cannot create"))
      #expect(failure.mend.en.contains("create, list, patch and delete jobs.batch"))
      #expect(cluster.present == [])
      #expect(cluster.state.withLock { $0.removed.filter { $0.hasPrefix("Pod/") } } == [])
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a cluster that lets a policy through wider than it was builds nothing`() async throws {
    try await ClusterStandIn.running(.init(containers: ClusterWorld.good, widensPolicies: true)) { cluster in
      let failure = try await fails(try ClusterWorld(cluster))
      #expect(failure.code == "NetworkNotClosed")
      #expect(cluster.state.withLock { $0.removed.filter { $0.hasPrefix("Pod/") } } == [])
      #expect(cluster.present == [])
    }
  }

  @Test(.timeLimit(.minutes(1))) func `what a dead runner left is removed by the next one`() async throws {
    var containers = ClusterWorld.good
    containers["build"] = .init(log: ["begun"], hangs: true)
    try await ClusterStandIn.running(.init(containers: containers)) { cluster in
      let world = try ClusterWorld(cluster)
      let plan = try ClusterWorld.plan()
      let kubectl = try #require(
        Kubectl(settings: KubernetesSettings(), environment: world.environment))
      let build = TestBuild.build(plan)
      try await ClusterJob(kubectl: kubectl, names: build.names).create(build)
      #expect(cluster.present.count == 9)
      await world.engine.clean(after: plan.request.id, folder: plan.folder)
      #expect(cluster.present == [])
      // And where there is nothing, that is no fault.
      await world.engine.clean(after: plan.request.id, folder: plan.folder)
    }
  }

  @Test(.timeLimit(.minutes(1))) func `says before a build what is missing`() async throws {
    try await ClusterStandIn.running { cluster in
      let world = try ClusterWorld(cluster)
      #expect(await world.engine.missingParts(for: TestBuild.confined) == [])
      cluster.state.withLock { $0.behaviour.forbidden = ["networkpolicies"] }
      let parts = await world.engine.missingParts(for: TestBuild.confined)
      #expect(parts.map(\.name) == ["Kubernetes RBAC"])
      #expect(parts[0].why.en.contains("create networkpolicies.networking.k8s.io, delete networkpolicies"))
      let elsewhere = try ClusterWorld(cluster, settings: KubernetesSettings(context: "prod"))
      #expect(await elsewhere.engine.missingParts(for: TestBuild.confined).map(\.name) == ["Kubernetes"])
    }
  }

  @Test func `what a cluster can't do is said before it is given anything`() async throws {
    try await ClusterStandIn.running { cluster in
      let world = try ClusterWorld(cluster)
      let layout = try await fails(world, try TestBuild.plan(registry: .layout("/nowhere")))
      #expect(layout.code == "InvalidRegistry" && layout.mend.en.contains("registry set"))
      let two = try TestBuild.plan(rule: TestBuild.rule(platforms: [.linuxAmd64, .linuxArm64]))
      #expect(try await fails(world, two).code == "PlatformUnsupported")
      let lines = try TestBuild.plan(rule: TestBuild.rule(args: ["A=x\ny"]))
      #expect(try await fails(world, lines).code == "InvalidBuildArg")
      let missing = try ClusterWorld(cluster, dockerfile: "FROM nowhere:1\n")
      #expect(try await fails(missing).code == "BaseImageMissing")
      #expect(cluster.requests.filter { $0.method != "GET" }.isEmpty)
    }
  }
}

/// Waits for what is to come about, ten seconds at most.
private func eventually(_ condition: () async -> Bool) async throws {
  for _ in 0..<500 {
    if await condition() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  Issue.record("it didn't come about within ten seconds")
}
