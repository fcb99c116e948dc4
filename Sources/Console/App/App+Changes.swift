import SecureBuild
import TerminalUI

extension App {
  /// What a change came to: says it, and shows the state that it left.
  func done<Value>(_ outcome: Result<Value, Refusal>, _ sentence: (Value) -> Phrase) {
    switch outcome {
    case .success(let value):
      showLatest()
      say(sentence(value))
    case .failure(let refusal): say(refusal)
    }
  }

  /// Says a refusal: what happened and the mend.
  func say(_ refusal: Refusal) { say(refusal.message + refusal.mend, isError: refusal.code != .cancelled) }

  func copy(_ text: String) {
    display.copy(text)
    say(Phrase("Copied \(text).", "已复制 \(text)。"))
  }

  func createWorkspace(_ kind: WorkspaceKind) {
    let (create, path) = (launch.create, path)
    perform(Phrase("Making the workspace", "正在创建工作区"), cancellable: false) {
      try create(path, kind)
    } then: { [weak self] outcome in
      guard let self else { return }
      show(outcome)
      if kind == .training, case .success = outcome {
        let key = key(.goLessons)
        say(Phrase("New here? \(key) has lessons; the first takes ten minutes.", "初次使用？按 \(key) 查看课程，第一课约需十分钟。"))
      }
    }
  }
}

extension App {
  /// Why this instance takes no link and no binding; nil when it does.
  func whyNoLink(_ instance: String) -> Refusal? {
    do throws(Refusal) {
      return try reading?.problems(of: LinkDraft(instanceId: instance)).first { $0.field == .instanceId }
    } catch {
      return error
    }
  }

  /// Whether a try at this instance's GitLab runs now (绑定中): shown, never stored.
  func bindingRuns(for instance: String) -> Bool { tryingInstance == instance }
}
