import Glibc
import Measuring
import WorkspaceGenerator

/// Measures programs on terminals side by side: each step of a round is done to all of them in turn, so that a change in
/// the machine's speed meets all alike.
struct Benchmark {
  let material: Material
  let subjects: [Subject]
  /// Times that each program is started to measure its start alone.
  var starts = 15
  /// Times that keys are pressed in all.
  var rounds = 3

  static let steps = 200
  static let more = 800
  static let rest = 3

  /// What the pty itself takes to echo a character: nothing can answer sooner.
  private var echo: Subject {
    Subject(name: "echo", command: ["cat"], environment: material.folder.environment, lastWord: "", down: "x", up: "x")
  }

  func run(_ say: (String) -> Void) throws -> [Figures] {
    var figures = (subjects + [echo]).map { Figures(subject: $0.name) }
    say("Warming up: each program once, and nothing measured of it.")
    for subject in subjects { _ = try Self.started(subject) { $0 } }
    say("\(starts) starts of each, in turn.")
    for number in 0..<starts {
      for (index, subject) in subjects.enumerated() {
        try Self.started(subject) { start in
          figures[index].firstScreen.add(start.word)
          figures[index].settled.add(start.last)
        }
      }
      let anew = material.forgetful(subjects[0], number)
      try Self.started(anew) { figures[0].settledAnew.add($0.last) }
    }
    for round in 1...rounds {
      say("Round \(round) of \(rounds): \(Self.steps) × Down, \(Self.more) steps more, \(Self.rest) s at rest.")
      try press(&figures)
    }
    try walkThroughBuilds(&figures)
    return figures
  }

  /// Finds the instance with all the builds, lists them and goes down a thousand.
  private func walkThroughBuilds(_ figures: inout [Figures]) throws {
    let session = try Session(subjects[0])
    defer { session.end() }
    _ = session.start()
    var shown = false
    for key in ["/", GeneratedWorkspace.name(Material.builder), "\r", "\r", "gb"] {
      shown = session.press(key, quiet: 500, patience: 5000, wanted: "team/hello").word != nil
    }
    guard shown else { return }
    for _ in 0..<1000 { _ = session.press(session.subject.down, quiet: 5) }
    figures[0].peakWithBuilds.add(session.peak)
  }

  private static func started<Value>(_ subject: Subject, _ body: (Session.Answer) -> Value) throws -> Value {
    let session = try Session(subject)
    defer { session.end() }
    return body(session.start())
  }

  /// All programs at once, a key to each in turn, then the next.
  private func press(_ figures: inout [Figures]) throws {
    var sessions: [Session] = []
    defer { for session in sessions { session.end() } }
    for subject in subjects + [echo] {
      let session = try Session(subject)
      sessions.append(session)
      _ = session.start()
    }
    let before = sessions.map(\.processorTime)
    for _ in 0..<Self.steps {
      for (index, session) in sessions.enumerated() {
        let answer = session.press(session.subject.down, quiet: 30)
        figures[index].key.add(answer.last)
        if answer.bytes > 0 { figures[index].keyBytes.add(Double(answer.bytes)) } else { figures[index].silent += 1 }
      }
    }
    for step in 0..<Self.more {
      for (index, session) in sessions.enumerated() {
        let isDown = step < (Self.more - Self.steps) / 2
        let answer = session.press(isDown ? session.subject.down : session.subject.up, quiet: 5)
        if answer.bytes == 0 { figures[index].silent += 1 }
      }
    }
    for (index, session) in sessions.enumerated() {
      if let now = session.processorTime, let then = before[index] { figures[index].processorTime.add(now - then) }
    }
    let switches = sessions.map(\.switches)
    // What is measured is that nothing happens meanwhile.
    sleep(UInt32(Self.rest))
    for (index, session) in sessions.enumerated() {
      figures[index].wakeUps.add(Double(session.switches - switches[index]))
      figures[index].peak.add(session.peak)
      if !session.isRunning { figures[index].ended += 1 }
    }
  }
}
