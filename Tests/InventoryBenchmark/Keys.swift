import FlatFiles
import FoundationEssentials
import Glibc
import Measuring

/// A person's way through the console, nnn's Down between each two keys, so that a change in the machine's speed meets
/// both. What it came to is looked at, so that no key is measured that went elsewhere.
struct Keys {
  let console: Session
  let nnn: Session
  var figures: Figures

  static let steps = 200
  private static let erase = "\u{7f}"

  init(_ folder: BenchmarkFolder, program: String, _ figures: Figures) throws {
    console = try Session(folder.console(program))
    nnn = try Session(folder.nnn)
    self.figures = figures
    for session in [console, nnn] {
      guard session.start().word != nil else {
        throw ProgramRun.Fault(description: "\(session.subject.name) showed no first screen.")
      }
    }
  }

  func end() {
    console.end()
    nnn.end()
  }

  /// Goes all the way, and leaves a link.
  mutating func run() throws {
    press("g")
    let opened = console.press("n", quiet: 200, patience: 10_000, wanted: GeneratedAnswers.vpc)
    guard opened.word != nil else { throw Self.lost("the list of networks") }
    figures.networks.add(opened.last)
    for _ in 0..<Self.steps { try press(console.subject.down, into: \.down, "Down in the list of networks") }
    press("/")
    try type(GeneratedAnswers.vSwitch, into: \.filter, "the filter of the list of networks")
    press("\r")
    press(console.subject.down)
    // The one that was looked for is selected: it goes to the clipboard.
    let copied = Data(GeneratedAnswers.vSwitch.utf8).base64EncodedString()
    guard console.press("y", quiet: 100, patience: 2000, wanted: copied).word != nil else {
      throw Self.lost("the vSwitch that was filtered for")
    }
    for key in ["\u{1b}", "g", "i"] { press(key) }
    let overview = console.press("\r", quiet: 400, patience: 10_000)
    guard overview.last != nil else { throw Self.lost("an instance's overview") }
    figures.overview.add(overview.last)
    for key in ["m", "c"] { press(key) }
    for key in GeneratedAnswers.gitLabIp { press(String(key)) }
    for _ in 0..<3 { press("\t") }
    try type(GeneratedAnswers.vpc, into: \.vpcPicker, "the VPC picker")
    for key in ["\r", "\t"] { press(key) }
    try type(GeneratedAnswers.vSwitch, into: \.vSwitchPicker, "the vSwitch picker")
    for key in ["\r", "\u{13}"] { press(key) }
    figures.consolePeak.add(console.peak)
    figures.nnnPeak.add(nnn.peak)
  }

  /// Types the end of an id, erases it, and types it again.
  private mutating func type(_ id: String, into samples: WritableKeyPath<Figures, Samples>, _ place: String) throws {
    let keys = id.drop { $0 != "-" }.dropFirst().map(String.init)
    for key in keys + keys.map({ _ in Self.erase }) + keys { try press(key, into: samples, place) }
  }

  private mutating func press(_ key: String, into samples: WritableKeyPath<Figures, Samples>, _ place: String) throws {
    let answer = console.press(key, quiet: 30, patience: 10_000)
    guard answer.last != nil else { throw Self.lost(place) }
    figures[keyPath: samples].add(answer.last)
    figures.nnn.add(nnn.press(nnn.subject.down, quiet: 30).last)
  }

  /// A key on the way, which isn't measured.
  private func press(_ key: String) { _ = console.press(key, quiet: 200, patience: 3000) }

  private static func lost(_ place: String) -> ProgramRun.Fault {
    ProgramRun.Fault(description: "The console didn't answer as it should: \(place).")
  }
}
