import SecureBuild
import TerminalUI
import Training

extension App {
  /// Why there is no other language to switch to: this one is always English then.
  var whyNoOtherLanguage: Phrase? { launch.whyNoChinese }

  /// Until the end of the program, and says once how to keep it for longer.
  func switchLanguage() {
    language = language == .chinese ? .english : .chinese
    refreshPages()
    guard !hasToldOfLanguage else { return }
    hasToldOfLanguage = true
    adviseKeeping("language", language.rawValue)
  }

  /// Says how to keep a setting for the next start. The file is the user's, with comments of theirs: this program never
  /// writes it.
  func adviseKeeping(_ name: String, _ value: String) {
    let (line, file) = ("\(name) = \"\(value)\"", TopBar.short(launch.settings))
    advise(Phrase("To keep it, put \(line) into \(file).", "如需保留，请在 \(file) 中写入 \(line)。"))
  }

  /// Shows a theme at once; false where its file can't be used.
  @discardableResult
  func use(theme name: String) -> Bool {
    guard let theme = launch.themes.theme(named: name).theme else { return false }
    themeName = name
    display.theme = theme
    return true
  }

  func choose(region: String) {
    self.region = region
    if let workspace { memory.setRegion(region, of: workspace) }
    refreshPages()
  }

  /// `杭州 cn-hangzhou`, or the id alone where the zone table has no such region.
  func regionName(_ id: String) -> String {
    // Every frame asks for the same one twice.
    if let regionNamed, regionNamed.id == id, regionNamed.language == language { return regionNamed.name }
    guard let region = reading?.zones.region(id) else { return text(.orUnknown(id)) }
    let name = "\(text(region.name)) \(id)"
    regionNamed = (id, language, name)
    return name
  }
}

extension App {
  func instanceName(_ id: String) -> String { (try? reading?.instance(id))?.name ?? id }

  /// The values with which the flow succeeds in this training world; nil in an own workspace.
  var training: TrainingFacts? {
    guard isTraining, let workspace else { return nil }
    return try? TrainingWorkspace.facts(of: workspace.store.header)
  }

  /// Now, by the workspace's clock.
  var now: Timestamp { workspace?.surroundings.clock.now() ?? SystemClock().now() }
}
