import Testing

/// The real program in a terminal: a lesson from the first start to its debrief, by keys alone.
@Suite("Lessons by keys") struct LessonConsoleTests {
  @Test(
    "the first start offers lessons; the first one is passed by keys, the coach beside the page",
    arguments: ["en", "zh"])
  func first(language: String) async throws {
    let isChinese = language == "zh"
    let sandbox = try Sandbox()
    let terminal = try TmuxTerminal(
      [Sandbox.program, "--language", language], environment: sandbox.environment(), width: 120, height: 40)
    try await terminal.shows(isChinese ? "欢迎" : "Welcome").press("Enter")
    try await terminal.shows(isChinese ? "按 g t 查看课程" : "g t has lessons").press("g", "t")
    try await terminal.shows("0/3", isChinese ? "○ 未开始" : "○ new").press("Enter")
    try await terminal.shows(isChinese ? "需要：build-prod" : "needs a link of").press("F4")
    try await terminal.shows(isChinese ? "还有 2 条" : "2 more").press("s", "m", "c")
    // The coach stands beside the dialog.
    try await terminal.shows(isChinese ? "还有 2 条" : "2 more", "(192.168.10.20)").press("F3", "C-s")
    try await terminal.shows("link-local-").press("Escape")
    try await terminal.shows("✓ " + (isChinese ? "检查路径" : "Check the path")).press("b").shows("Token").press("F3")
    try await terminal.shows("http://gitlab.corp.example:").press("C-s")
    try await terminal.shows(isChinese ? "完成：" : "Done: ", "100.104.0.0/16").press("F6")
    try await terminal.hides(isChinese ? "完成：" : "Done: ").press("g", "t").shows("3/3")
    try terminal.press("C-c")
    #expect(try await terminal.ended() == 0)
    let row = try #require(try await sandbox.run("train report --format json").array.first)
    #expect(row["Status"] as? String == "DONE" && row["Hints"] as? Int == 1 && row["WrongTries"] as? Int == 0)
  }
}
