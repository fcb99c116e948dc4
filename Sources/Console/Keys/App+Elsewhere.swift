import SecureBuild

extension Command {
  /// Whether a person may look for it where it isn't: not what moves, opens or answers, nor what begins a workspace.
  var isSoughtElsewhere: Bool {
    switch self {
    case .open, .accept, .refuse, .practise, .beginOwn: false
    default: movement == nil
    }
  }
}

extension App {
  /// Why something can't be done on this page, with where it can.
  func whyNotHere(_ command: Command) -> Phrase {
    switch command {
    case .lessonHint, .coach:
      let key = key(.goLessons)
      return isTraining
        ? Phrase("No lesson runs: \(key) has them.", "没有进行中的课程：按 \(key) 查看课程。")
        : Phrase("Lessons are for training workspaces.", "课程仅用于演练工作区。")
    case .simulatedVendor: return Phrase("Only in a training workspace.", "仅限演练工作区。")
    case .resume: return Phrase("No form was left half filled.", "没有未填完的表单。")
    case _ where page.scope.commands.contains(command):
      return Phrase("There is nothing here now to do it with.", "此处目前没有可操作的内容。")
    case _ where Scope.list.contains(command): return Phrase("Only in lists.", "仅限列表。")
    default:
      let places = Scope.allCases.filter { $0.own.contains(command) }.compactMap(named)
      return Phrase(
        "Only in \(places.map(\.en).joined(separator: ", ")).", "仅限\(places.map(\.zh).joined(separator: "、"))。")
    }
  }

  /// A place by its name, with the key that leads there.
  private func named(_ scope: Scope) -> Phrase? {
    guard let title = scope.title else { return nil }
    guard let way = scope.way else { return title }
    return Phrase("\(title.en) (\(key(way)))", "\(title.zh)（\(key(way))）")
  }
}
