// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
// `LIBFUZZER=1` asks for a program that no ordinary build has.
let wantsFuzzer = Context.environment["LIBFUZZER"] != nil
let watched: [SwiftSetting] = wantsFuzzer ? [.unsafeFlags(["-sanitize=fuzzer"])] : []

let package = Package(
  name: "acr-console",
  products: [.executable(name: "acr-console", targets: ["acr-console"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // The screen: knows terminals, never instances.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(name: "CTerminal"),
    .target(
      name: "TerminalUI", dependencies: ["CNcurses", "CTerminal", "TOMLKit"],
      swiftSettings: strict),
    .target(
      name: "Themes", path: "themes",
      resources: [
        .embedInCode("dark.toml"), .embedInCode("light.toml"),
        .embedInCode("high-contrast.toml"), .embedInCode("console.toml"),
      ], swiftSettings: strict),

    // The store: knows records as kinds, ids and JSON.
    .target(
      name: "FlatFiles",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict + watched),

    // The domain: model, rules, use cases and the ports that adapters fulfil.
    .target(
      name: "SecureBuild", dependencies: ["FlatFiles"],
      resources: [.embedInCode("Rules/zones.tsv")],
      swiftSettings: strict),

    // Programs that outlive the one that starts them: the runner of builds, the training GitLab.
    .target(name: "Detached", dependencies: ["CTerminal", "FlatFiles", "SecureBuild"], swiftSettings: strict),

    // Adapters of the domain's ports.
    .target(
      name: "GitLab",
      dependencies: [
        "SecureBuild",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ], swiftSettings: strict),
    .target(
      name: "BuildEngine",
      dependencies: [
        "SecureBuild",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ], resources: [.embedInCode("Box/seccomp.json"), .embedInCode("Kubernetes/build.sh")],
      swiftSettings: strict),
    .target(
      name: "GitLabSimulator",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ], swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: [
        "SecureBuild", "GitLabSimulator", "Detached", "Yams",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      resources: [
        .embedInCode("Lessons/ecs.yaml"), .embedInCode("Lessons/slb.yaml"), .embedInCode("Lessons/idc.yaml"),
        .embedInCode("Lessons/zone.yaml"), .embedInCode("Lessons/inbound-missing.yaml"),
        .embedInCode("Lessons/inbound-shadowed.yaml"), .embedInCode("Lessons/idc-overlap.yaml"),
        .embedInCode("Lessons/tokens.yaml"), .embedInCode("Lessons/service-role.yaml"),
        .embedInCode("Lessons/maven.yaml"), .embedInCode("Lessons/rotate.yaml"),
        .embedInCode("Lessons/image.yaml"),
      ], swiftSettings: strict),

    // The console: pages and dialogs, and the commands beside them.
    .target(
      name: "Console", dependencies: ["TerminalUI", "FlatFiles", "SecureBuild", "Training", "Themes", "TOMLKit"],
      resources: [.embedInCode("Demo/flow.demo"), .embedInCode("Demo/path.demo")],
      swiftSettings: strict),
    .executableTarget(
      name: "acr-console",
      dependencies: [
        "Console", "Training", "GitLab", "BuildEngine", "GitLabSimulator", "SecureBuild", "Themes", "FlatFiles",
        "TerminalUI", "CTerminal", "Detached",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict,
      // Nobody looks its functions up by name, and at each start the runtime would search all their names for its own.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(platforms: [.linux]))]),

    // Big workspaces for tests, and `Tests/measure store`.
    .target(
      name: "WorkspaceGenerator", dependencies: ["FlatFiles"], path: "Tests/WorkspaceGenerator",
      swiftSettings: strict),
    .executableTarget(
      name: "store-benchmark", dependencies: ["FlatFiles", "WorkspaceGenerator"],
      path: "Tests/StoreBenchmark", swiftSettings: strict),

    // A disk of memory that can be cut off, or made to fail, at every operation.
    .target(
      name: "RecordedDisk", dependencies: ["FlatFiles"], path: "Tests/RecordedDisk", swiftSettings: strict),

    // Files as nobody meant them: what comes from outside is fed such in tests.
    .target(name: "Mutation", path: "Tests/Mutation", swiftSettings: strict),

    // Programs on terminals of their own, and `Tests/measure screen`.
    .target(name: "Spawning", path: "Tests/Spawning", swiftSettings: strict),
    .target(name: "Measuring", dependencies: ["Spawning"], path: "Tests/Measuring", swiftSettings: strict),
    .executableTarget(
      name: "screen-benchmark",
      dependencies: ["FlatFiles", "Measuring", "SecureBuild", "Spawning", "WorkspaceGenerator"],
      path: "Tests/ScreenBenchmark", swiftSettings: strict),

    // An inventory as large as one gets: `Tests/measure inventory`.
    .executableTarget(
      name: "inventory-benchmark", dependencies: ["FlatFiles", "Measuring", "Spawning"],
      path: "Tests/InventoryBenchmark", swiftSettings: strict),

    // `Tests/measure build`.
    .executableTarget(
      name: "build-benchmark", dependencies: ["FlatFiles", "Spawning"], path: "Tests/BuildBenchmark",
      swiftSettings: strict),

    // What every place that shows text from outside is fed in tests.
    .target(name: "HostileText", dependencies: ["TerminalUI"], path: "Tests/HostileText", swiftSettings: strict),

    // A screen whose state never rests, for tests of the loop.
    .executableTarget(
      name: "screen-flood", dependencies: ["TerminalUI", "Themes"], path: "Tests/ScreenFlood", swiftSettings: strict),

    // Builds that do as a script says, and a runner of such as a process of its own.
    .target(name: "ScriptedBuilds", dependencies: ["SecureBuild"], path: "Tests/ScriptedBuilds", swiftSettings: strict),
    .executableTarget(
      name: "scripted-runner", dependencies: ["Detached", "ScriptedBuilds", "SecureBuild"],
      path: "Tests/ScriptedRunner", swiftSettings: strict),

    .testTarget(
      name: "TerminalUITests", dependencies: ["HostileText", "Mutation", "TerminalUI", "Themes"], swiftSettings: strict),
    .testTarget(
      name: "FlatFilesTests",
      dependencies: ["FlatFiles", "Mutation", "RecordedDisk", "WorkspaceGenerator", "store-benchmark"],
      swiftSettings: strict),
    .testTarget(
      name: "SecureBuildTests",
      dependencies: ["FlatFiles", "Mutation", "RecordedDisk", "ScriptedBuilds", "SecureBuild", "Spawning"],
      resources: [.embedInCode("Path/model.py"), .embedInCode("Probe/loopback.py")], swiftSettings: strict),
    .testTarget(
      name: "GitLabTests",
      dependencies: [
        "GitLab", "GitLabSimulator", "SecureBuild",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ], swiftSettings: strict),
    // One build in a process of its own, for tests that put it into namespaces, or kill it.
    .executableTarget(
      name: "build-once", dependencies: ["BuildEngine", "SecureBuild"], path: "Tests/BuildOnce", swiftSettings: strict),
    .testTarget(
      name: "BuildEngineTests",
      dependencies: [
        "BuildEngine", "GitLabSimulator", "SecureBuild", "build-once",
        .product(name: "Hummingbird", package: "hummingbird"),
      ], resources: [.embedInCode("Kubernetes/Support/pod.sh"), .embedInCode("Local/stand-in.py")],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Mutation", "Training", "GitLab", "GitLabSimulator", "SecureBuild",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ], resources: [.embedInCode("Faithfulness/faithfulness.py")], swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console", "FlatFiles", "HostileText", "Mutation", "SecureBuild", "TerminalUI", "Themes", "Training",
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CTerminal", "FlatFiles", "HostileText", "Spawning", "acr-console", "scripted-runner", "screen-flood",
      ], resources: [.embedInCode("Import/samples.py")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

if wantsFuzzer {
  package.targets.append(
    .executableTarget(
      name: "store-fuzzer", dependencies: ["Mutation", "RecordedDisk"], path: "Tests/StoreFuzzer",
      swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}
