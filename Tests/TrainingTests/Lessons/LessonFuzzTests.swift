import Foundation
import Mutation
import SecureBuild
import Testing

@testable import Training

/// `FUZZ_COUNT` and `FUZZ_SEED` let it run for long, or again.
@Suite(.timeLimit(.minutes(10))) struct LessonFuzzTests {
  @Test("A lesson that nobody meant so is refused with line and column, or sound")
  func lessons() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 300)
    let files = try ["ecs", "idc-overlap", "service-role"].map { try #require(LessonCatalogue.text(of: $0)) }
    var sound = 0
    for seed in plan.seeds {
      var mutator = Mutator(seed: seed)
      let text = String(decoding: mutator.mutate(Array(files[Int(seed % 3)].utf8)), as: UTF8.self)
      let file = LessonFile(text)
      if file.lesson != nil { sound += 1 }
      #expect((file.lesson == nil) != file.problems.isEmpty, "seed \(seed)")
      for problem in file.problems {
        #expect(problem.line > 0 && problem.column > 0 && !problem.message.zh.isEmpty, "seed \(seed): \(problem)")
      }
    }
    print(plan.line("lessons"), "\(sound) sound")
    #expect(sound > 0 && sound < plan.seeds.count)
  }
}
