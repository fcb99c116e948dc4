import Foundation
import Testing

@Suite("Lessons by commands at a terminal") struct LessonCommandTests {
  @Test("each is passed by two ways, and not by a wrong one", arguments: LessonWays.all.indices)
  func ways(index: Int) async throws { try await goThrough(LessonWays.all[index]) }

  @Test(
    "the one that builds too", .enabled(if: BuildMachine.canBuild, "\(BuildMachine.obstacle ?? "")"),
    .timeLimit(.minutes(4)))
  func building() async throws { try await goThrough(LessonWays.building) }

  private func goThrough(_ lesson: LessonWays) async throws {
    let learner = try await Learner()
    for (number, way) in lesson.ways.enumerated() {
      try await learner.start(lesson.lesson)
      try await way(learner)
      let left = try await learner.status()
      #expect(left["Status"] as? String == "DONE", "\(lesson.lesson), way \(number + 1): \(left)")
      #expect((left["Debrief"] as? [String: Any])?["VendorPath"] is String)
    }
    try await learner.start(lesson.lesson)
    try await lesson.wrong(learner)
    #expect(try await learner.step() == lesson.stays, "\(lesson.lesson)")
    let results = try await learner.run("train report").array
    #expect(results.count == 1 && results[0]["Attempt"] as? Int == 3 && results[0]["Status"] as? String == "RUNNING")
  }

  @Test("every lesson that comes with the program has its ways here, but for those that need a build")
  func all() async throws {
    let listed = try await Learner().run("train list").array
    let builds = Set(listed.filter { $0["NeedsBuild"] as? Bool == true }.compactMap { $0["LessonId"] as? String })
    let ids = Set(listed.compactMap { $0["LessonId"] as? String })
    #expect(ids.subtracting(builds) == Set(LessonWays.all.map(\.lesson)) && builds == [LessonWays.building.lesson])
  }

  @Test("hints, what would go, and the report of a class as JSON, table and CSV")
  func report() async throws {
    let learner = try await Learner()
    let sandbox = learner.ground.sandbox
    #expect(
      try await sandbox.run("train status --format json").output.trimmingCharacters(in: .whitespacesAndNewlines)
        == "null")
    #expect(try await sandbox.run("train hint --format json").code == "NoSuchLesson")
    try await learner.start("ecs")
    #expect((try await learner.run("train hint").object["GivenHints"] as? [String])?.count == 1)
    try await learner.bind(over: try await learner.link(), "expired")
    let refused = try await sandbox.run("train start ecs --format json")
    #expect(refused.status == 64 && refused.code == "ConfirmationNeeded", "\(refused.error)")
    #expect(try await sandbox.run("train start ecs --dry-run").error.contains("Would go: the links link-local-"))
    let row = try #require(try await sandbox.run("train report \(sandbox.workspace) --format json").array.first)
    #expect(row["Hints"] as? Int == 1 && row["WrongTries"] as? Int == 1 && row["StepsReached"] as? Int == 2)
    let csv = try await sandbox.run("train report --format csv")
    #expect(
      csv.output.hasPrefix("Workspace,By,Lesson,Status,Attempt,Steps,Minutes,Hints,Wrong tries\r\n"), "\(csv.output)")
    #expect(csv.output.split(separator: "\r\n").count == 2)
    #expect(try await sandbox.run("instance list --format csv").status == 64)
    #expect(try await sandbox.run("train reset --yes").status == 0)
    #expect(try await learner.run("train report").array.first?["Status"] as? String == "LEFT")
  }

  @Test("a trainer's own lesson is checked, begun from its file and followed without it")
  func own() async throws {
    let learner = try await Learner()
    let sandbox = learner.ground.sandbox
    let printed = try await sandbox.run("train print maven").output
    let file = "\(sandbox.folder)/mine.yaml"
    try sandbox.write(printed.replacing("lesson: maven", with: "lesson: mine"), to: file)
    #expect(try await sandbox.run("train check \(file)").status == 0)
    try await learner.start(file)
    try FileManager.default.removeItem(atPath: file)
    #expect(try await learner.step() == "allow")
    try sandbox.write(printed.replacing("minutes: 10", with: "minutes: soon"), to: file)
    let faulty = try await sandbox.run("train check \(file) --language en")
    #expect(
      faulty.status == 1 && faulty.error.contains("mine.yaml:9:10: Here must be a number of minutes"), "\(faulty.error)"
    )
    try sandbox.write(printed.replacing("allows: [192.168.10.30]", with: "allow: [192.168.10.30]"), to: file)
    let problems = try await sandbox.run("train check \(file) --format json")
    #expect((problems.object["Problems"] as? [[String: Any]])?.first?["Line"] as? Int == 17, "\(problems.output)")
  }
}
