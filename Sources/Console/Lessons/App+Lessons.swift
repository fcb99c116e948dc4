import SecureBuild
import TerminalUI
import Training

/// The coach beside the page: follows the lesson that runs in a training workspace.
extension App {
  /// Looks how far the lesson is, in a task: it reads the builds too. Called whenever the state or the builds are others.
  func followLesson() {
    guard isTraining, let workspace else {
      lesson = nil
      return
    }
    guard !isFollowing else {
      mustFollowAgain = true
      return
    }
    isFollowing = true
    Task.detached(executorPreference: Workers.shared) { [weak self] in
      let outcome = Result { () throws(Refusal) in try Lessons(in: workspace).advance() }
      await self?.followed(outcome, in: workspace.path)
    }
  }

  private func followed(_ outcome: Result<LessonStatus?, Refusal>, in path: String) {
    isFollowing = false
    if case .success(let status) = outcome, path == workspace?.path { follow(status) }
    if mustFollowAgain {
      mustFollowAgain = false
      followLesson()
    }
  }

  private func follow(_ status: LessonStatus?) {
    let before = lesson
    // What was done before this console began is no news.
    lesson = status?.isRunning == true || before?.lesson.id == status?.lesson.id ? status : nil
    guard let status, let before, before.lesson.id == status.lesson.id,
      before.progress?.attempt == status.progress?.attempt, status.reached > before.reached
    else { return }
    let step = status.lesson.steps[status.reached - 1]
    if status.isDone {
      isCoachAway = false
      say(Phrase("Lesson done: \(status.lesson.title.en).", "课程完成：\(status.lesson.title.zh)。"))
    } else {
      say(Phrase("Step done: \(step.title.en).", "步骤完成：\(step.title.zh)。"))
    }
  }

  /// The coach's own keys, in dialogs too; none where no lesson is shown.
  var coachActions: [Action] {
    guard let lesson else { return [] }
    let away = isCoachAway
    // A hint that nobody sees would be counted all the same.
    let noRoom = whyNoCoach
    let noStep = lesson.step == nil ? Phrase("No step waits for anything.", "没有待完成的步骤。") : nil
    return [
      Action(.lessonHint, "next hint", "下一条提示", whyNot: noRoom ?? noStep, isHinted: false) { [unowned self] in
        hint()
      },
      Action(
        .coach, away ? "show the coach" : "put the coach away", away ? "显示教练" : "收起教练", whyNot: noRoom,
        isHinted: false
      ) { [unowned self] in
        if lesson.isDone { self.lesson = nil } else { isCoachAway.toggle() }
      },
    ]
  }

  /// Why the window shows no coach; nil where it can.
  private var whyNoCoach: Phrase? {
    let rows = CoachPanel.lowest
    guard display.size.height < rows else { return nil }
    return Phrase(
      "There is no room for the coach: make the window \(rows) rows or higher. `acr-console train status` shows the step, too.",
      "窗口太矮，无法显示教练：请放大到至少 \(rows) 行。也可用 `acr-console train status` 查看当前步骤。")
  }

  private func hint() {
    guard let workspace else { return }
    isCoachAway = false
    perform(Phrase("Asking for a hint", "正在获取提示"), cancellable: false) {
      try Lessons(in: workspace).hint()
    } then: { [weak self] outcome in
      switch outcome {
      case .success(let status): self?.lesson = status
      case .failure(let refusal): self?.say(refusal)
      }
    }
  }

  /// Begins a lesson, once it was said what goes.
  func begin(_ lesson: Lesson) {
    guard let workspace else { return }
    perform(Phrase("Looking at the lesson", "正在查看课程"), cancellable: false) {
      try Lessons(in: workspace).rehearseStart(lesson).gone
    } then: { [weak self] outcome in
      switch outcome {
      case .success(let gone): self?.confirm(lesson, gone)
      case .failure(let refusal): self?.say(refusal)
      }
    }
  }

  private func confirm(_ lesson: Lesson, _ gone: LessonStart.Gone) {
    guard !gone.isNothing else { return start(lesson) }
    open(
      ConfirmDialog(
        app: self, title: Phrase("Begin a lesson", "开始课程"),
        question: Phrase(
          "The lesson begins anew: links and account of its instance go, and the training networks are as they were made. Begin?",
          "课程将重新开始：其实例的链路和账号会被移除，演练网络恢复为初始状态。是否开始？"),
        action: Phrase("Begin", "开始")
      ) { [self] in start(lesson) })
  }

  private func start(_ lesson: Lesson) {
    guard let workspace else { return }
    let text = launch.lessons.text(of: lesson)
    perform(Phrase("Beginning the lesson", "正在开始课程"), cancellable: false) {
      try Lessons(in: workspace).start(lesson, text: text)
    } then: { [weak self] outcome in
      guard let self else { return }
      switch outcome {
      case .success(let started):
        isCoachAway = false
        self.lesson = started.status
        showLatest()
        if let region = try? reading?.instance(lesson.instanceId).regionId { self.region = region }
        go(to: .overview(instance: lesson.instanceId))
      case .failure(let refusal): say(refusal)
      }
    }
  }
}
