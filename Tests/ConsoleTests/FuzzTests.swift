import Foundation
import Mutation
import Testing

@testable import Console

/// Files that nobody meant so: never a crash, never a hang, every fault with its place. `FUZZ_COUNT` and `FUZZ_SEED` let
/// it run for long, or again.
@Suite("Spoilt files of the console", .timeLimit(.minutes(10)))
struct FuzzTests {
  private static let settings = """
    # mine
    language = "zh"
    theme = "light"
    mouse = false
    escape_delay_ms = 50

    [keys]
    check = ["F5", "R"]
    go-activity = "g l"

    [build]
    jobs = 2
    memory_mib = 2048

    [kubernetes]
    namespace = "builds"
    """

  @Test("Settings are read, each fault named with its line, and the file left as it is")
  func settingsFile() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 400)
    let path = NSTemporaryDirectory() + "settings-\(UUID().uuidString).toml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.settings.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(SettingsFile(reading: path).problems == [])
    var faulty = 0
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let spoilt = Data(mutator.mutate(Array(Self.settings.utf8)))
      try spoilt.write(to: URL(filePath: path))
      let file = SettingsFile(reading: path)
      let lines = spoilt.count { $0 == 0x0A } + 1
      let problems = file.problems(among: ["dark"])
      for problem in problems {
        #expect((1...lines).contains(problem.line), "seed \(seed): \(problem)")
        #expect(problem.sentence.en.hasPrefix("\(path):\(problem.line): "))
      }
      if !file.problems.isEmpty { faulty += 1 }
      #expect(try Data(contentsOf: URL(filePath: path)) == spoilt)
    }
    print(plan.line("settings"), "\(faulty) faulty")
    #expect(faulty > 0 && faulty < plan.seeds.count)
  }

  @Test("A demo's script is refused with line and column, or sound")
  func demos() {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 400)
    var sound = 0
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let text = String(decoding: mutator.mutate(Console.PackageResources.path_demo), as: UTF8.self)
      let (script, faults) = DemoScript.read(text, name: "fuzz")
      if let script {
        sound += 1
        #expect(!script.steps.isEmpty && faults.isEmpty && script.seconds(in: .english) >= 0)
      } else {
        #expect(!faults.isEmpty && faults.allSatisfy { $0.line > 0 && $0.column > 0 }, "seed \(seed): \(faults)")
      }
    }
    print(plan.line("scripts of demos"), "\(sound) sound")
    #expect(sound > 0 && sound < plan.seeds.count)
  }
}
