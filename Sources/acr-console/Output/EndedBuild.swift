import SecureBuild

/// A build that was waited for and isn't a success: how the command ends by it.
struct EndedBuild: Error {
  let record: BuildRecord

  /// 1 for one that failed, whatever it failed by; 130 for one that was cancelled.
  var exitStatus: Int32 { record.status == .cancel ? Code.cancelled.exitStatus : 1 }

  /// Says why: for people in lines, for scripts as an object.
  func report(_ output: Output) {
    guard let failure = record.failure else { return }
    if output.format == .json {
      return output.report(object: failure.json(output.language))
    }
    // The record that was just shown says it.
    if StandardStream.output.isTerminal { return }
    let place = failure.stage.map { ", \($0.title(output.language))" } ?? ""
    output.say(
      Phrase("\(failure.message.en) [\(failure.code)\(place)]", "\(failure.message.zh) [\(failure.code)\(place)]"))
    output.say(Phrase("→ \(failure.mend.en)", "→ \(failure.mend.zh)"))
  }
}

extension Refusal {
  /// Ctrl-C while a build is followed: it ends the looking, never the build.
  static func stoppedFollowing(_ id: String) -> Refusal {
    Refusal(
      .cancelled,
      message: Phrase("No longer following build \(id), which goes on.", "已停止跟踪构建 \(id)，构建仍在进行。"),
      mend: Phrase(
        "Follow it again with `acr-console build log \(id) --follow`, or cancel it with `acr-console build cancel \(id)`.",
        "可用 `acr-console build log \(id) --follow` 继续跟踪，或用 `acr-console build cancel \(id)` 取消。"))
  }
}
