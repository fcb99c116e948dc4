import FlatFiles
import FoundationEssentials
import Measuring

/// Measures what a large inventory takes, beside programs that do comparable things, turn by turn.
struct Benchmark {
  let folder: BenchmarkFolder
  let program: String
  let python: String
  let answers: GeneratedAnswers
  let rounds: Int

  /// How many imports are interrupted, at moments spread over the time that one takes.
  static let interrupts = 12

  init(_ folder: BenchmarkFolder, program: String, python: String, rounds: Int) throws {
    self.folder = folder
    self.program = program
    self.python = python
    self.rounds = rounds
    answers = try GeneratedAnswers(in: folder.path + "/answers")
  }

  func run(_ say: (String) -> Void) throws -> Figures {
    var figures = Figures()
    say("Importing, \(rounds) rounds.")
    for _ in 0..<rounds { try importAll(&figures) }
    say("Interrupting \(Self.interrupts) imports.")
    for number in 0..<Self.interrupts { try interrupt(number, &figures) }
    say("Checking a path among them, \(rounds) rounds.")
    try beginAnew()
    _ = try console(["import"] + answers.files)
    for _ in 0..<rounds { try checkPath(&figures) }
    for round in 1...rounds {
      say("Keys, round \(round) of \(rounds).")
      var keys = try Keys(folder, program: program, figures)
      defer { keys.end() }
      try keys.run()
      figures = keys.figures
      try takeLinkAway()
    }
    return figures
  }

  private func importAll(_ figures: inout Figures) throws {
    let reading = "import json, sys\nfor name in sys.argv[1:]: json.load(open(name))"
    figures.python.add(try ProgramRun([python, "-c", reading] + answers.files, folder.environment))
    try beginAnew()
    let first = try console(["import"] + answers.files + ["--format", "json"])
    let all = GeneratedAnswers.instances + GeneratedAnswers.vpcs + GeneratedAnswers.vSwitches
    guard try Self.count("New", of: first) == all else { throw Self.fault("The import didn't bring all \(all).") }
    figures.firstImport.add(first)
    let again = try console(["import"] + answers.files + ["--format", "json"])
    guard try Self.count("Same", of: again) == all else { throw Self.fault("The second import changed something.") }
    figures.again.add(again)
  }

  private func interrupt(_ number: Int, _ figures: inout Figures) throws {
    guard let whole = figures.firstImport.time.median else { return }
    try beginAnew()
    let part = (Double(number) + 0.5) / Double(Self.interrupts)
    let run = try ProgramRun(
      [program, "import"] + answers.files, folder.environment, interruptedAfter: .milliseconds(whole * part),
      endingWith: [0, 130])
    figures.interrupted.add(run.ending)
  }

  private func checkPath(_ figures: inout Figures) throws {
    let list = try console(["instance", "list", "--format", "json"])
    guard case .array(let instances) = try list.json(), instances.count == GeneratedAnswers.instances else {
      throw Self.fault("The list of instances isn't whole.")
    }
    figures.instances.add(list)
    // Nothing is known of what stands at GitLab's address: some hops are unknown, none fails.
    let path = try console([
      "path", "check", "--gitlab-ip", GeneratedAnswers.gitLabIp, "--vpc", GeneratedAnswers.vpc, "--vswitch",
      GeneratedAnswers.vSwitch, "--format", "json",
    ])
    guard case .array(let hops) = try path.json(), hops.contains(where: { $0["Verdict"]?.text == "PASS" }) else {
      throw Self.fault("The path has no hop that passes.")
    }
    figures.path.add(path)
  }

  /// The link that the keys made must be the one that they were pressed for.
  private func takeLinkAway() throws {
    guard case .array(let links) = try console(["link", "list", "--format", "json"]).json(), links.count == 1,
      let id = links[0]["LinkId"]?.text, links[0]["VpcId"]?.text == GeneratedAnswers.vpc,
      links[0]["VSwitchId"]?.text == GeneratedAnswers.vSwitch
    else { throw Self.fault("The keys didn't make the link that they should have.") }
    _ = try console(["link", "delete", id, "--yes"])
  }

  private func beginAnew() throws {
    try? FileManager.default.removeItem(atPath: folder.workspace)
    _ = try console(["workspace", "init", "--own"])
  }

  private func console(_ words: [String]) throws -> ProgramRun {
    try ProgramRun([program] + words, folder.environment)
  }

  /// How many ids stand under a word of all kinds.
  private static func count(_ word: String, of run: ProgramRun) throws -> Int {
    guard case .array(let kinds)? = try run.json()["Changes"] else { return 0 }
    return kinds.reduce(0) { sum, kind in
      if case .array(let ids)? = kind[word] { sum + ids.count } else { sum }
    }
  }

  private static func fault(_ text: String) -> ProgramRun.Fault { ProgramRun.Fault(description: text) }
}
