import SecureBuild
import TerminalUI

/// All that is known of a GitLab binding, each kind of knowing on a line of its own.
@ScreenActor
struct BindingFacts {
  let app: App
  let source: Result<CodeSource, Refusal>?

  func draw(on canvas: inout Canvas, in area: Rect) {
    var lines = Lines(in: area)
    switch source {
    case .success(let source): draw(source, &lines, on: &canvas)
    case .failure(let refusal):
      lines.add(app.text(refusal.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(refusal.mend), .text, on: &canvas)
    case nil: break
    }
  }

  private func draw(_ source: CodeSource, _ lines: inout Lines, on canvas: inout Canvas) {
    guard let binding = source.binding else {
      lines.add(
        app.text(
          Phrase(
            "No account is bound. First a link (\(app.key(.links))), then the account (\(app.key(.bind))).",
            "尚未绑定账号。请先创建链路（\(app.key(.links))），再绑定账号（\(app.key(.bind))）。")),
        .textMuted, on: &canvas)
      return
    }
    let label = app.language == .chinese ? 10 : 12
    func pair(_ en: String, _ zh: String, _ value: String) {
      lines.pair(app.text(Phrase(en, zh)), value, width: label, on: &canvas)
    }
    pair("Address", "地址", binding.address.isEmpty ? "—" : binding.address)
    let link = binding.linkId.map { " · \($0)" } ?? ""
    pair("Network", "网络类型", app.text(binding.networkType.title) + link)
    drawTries(source, binding, &lines, on: &canvas)
    drawConfirmed(binding, &lines, on: &canvas)
    for note in source.warnings { lines.add(app.text(note.text), .statusWarn, mark: "⚠", on: &canvas) }
  }

  private func drawTries(
    _ source: CodeSource, _ binding: Binding, _ lines: inout Lines, on canvas: inout Canvas
  ) {
    let now = app.now
    if let passed = binding.lastPassed {
      let at = Moments.withAge(passed.at, at: now)
      lines.add(
        app.text(
          Phrase(
            "Tried and passed \(at.en), from \(passed.from) by \(passed.by): GitLab \(passed.version)",
            "\(at.zh) 从 \(passed.from) 由 \(passed.by) 实测通过：GitLab \(passed.version)")
            + expiry(passed)),
        .statusOk, mark: "✓", on: &canvas)
    } else if binding.state == .draft {
      let untried = binding.lastFailed == nil ? Phrase(", never tried", "，从未实测") : Phrase("", "")
      lines.add(
        app.text(
          Phrase(
            "A draft\(untried.en)" + (binding.secret == nil ? "; no token is stored." : "; its token is stored."),
            "草稿\(untried.zh)" + (binding.secret == nil ? "，未保存 Token。" : "，Token 已保存。"))),
        .statusUnknown, mark: "○", on: &canvas)
    }
    guard let failed = binding.lastFailed else { return }
    let at = Moments.withAge(failed.at, at: now)
    lines.add(
      app.text(
        Phrase(
          "Last try failed at the hop “\(failed.hop.title.en)” (\(failed.code)) \(at.en), from \(failed.from)",
          "最近一次实测失败于“\(failed.hop.title.zh)”（\(failed.code)），\(at.zh)，从 \(failed.from)")),
      source.status == .invalid ? .statusError : .statusWarn, mark: "✗", on: &canvas)
  }

  private func expiry(_ passed: Try) -> Phrase {
    guard let day = passed.tokenExpiresOn else { return Phrase("", "") }
    return Phrase("· token expires \(day)", "，Token 有效期至 \(day)")
  }

  private func drawConfirmed(_ binding: Binding, _ lines: inout Lines, on canvas: inout Canvas) {
    if let confirmed = binding.confirmed {
      let at = Moments.withAge(confirmed.at, at: app.now)
      lines.add(
        app.text(
          Phrase(
            "Confirmed in the vendor's console \(at.en), by \(confirmed.by)", "\(at.zh) 由 \(confirmed.by) 在厂商控制台确认")),
        .statusOk, mark: "✓", on: &canvas)
    } else if app.isTraining {
      lines.add(
        app.text(Phrase("Training data: nothing of this is at the vendor's.", "演练数据：与厂商侧无关。")), .textMuted,
        mark: "·", on: &canvas)
    } else {
      lines.add(
        app.text(
          Phrase(
            "Not confirmed in the vendor's console yet (\(app.key(.confirm)) notes it).",
            "尚未在厂商控制台确认（按 \(app.key(.confirm)) 记录）。")), .textMuted,
        mark: "○", on: &canvas)
    }
  }
}
