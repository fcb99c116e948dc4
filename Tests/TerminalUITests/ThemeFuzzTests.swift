import Foundation
import Mutation
import Testing
import Themes

@testable import TerminalUI

/// `FUZZ_COUNT` and `FUZZ_SEED` let it run for long, or again.
@Suite("Spoilt themes", .timeLimit(.minutes(10)))
struct ThemeFuzzTests {
  @Test("A theme that nobody meant so is refused with file and line, or used")
  func themes() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 300)
    let folder = NSTemporaryDirectory() + "themes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/mine.toml"
    var used = 0
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let spoilt = Data(mutator.mutate(Themes.builtIn[Int(seed % UInt64(Themes.builtIn.count))].bytes))
      try spoilt.write(to: URL(filePath: file))
      let (theme, problems) = ThemeCatalogue(builtIn: Themes.builtIn, folder: folder).theme(named: "mine")
      if let theme {
        used += 1
        _ = theme.style(.page)
        #expect(problems.isEmpty)
      } else {
        #expect(!problems.isEmpty, "seed \(seed)")
      }
      let lines = spoilt.count { $0 == 0x0A } + 1
      for problem in problems where problem.file == file {
        #expect((1...lines).contains(problem.line), "seed \(seed): \(problem)")
      }
      #expect(try Data(contentsOf: URL(filePath: file)) == spoilt)
    }
    print(plan.line("themes"), "\(used) used")
    #expect(used > 0 && used < plan.seeds.count)
  }
}
