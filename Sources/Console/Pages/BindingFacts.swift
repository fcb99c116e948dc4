import SecureBuild
import TerminalUI

/// All that is known of a GitLab binding, each kind of knowing on a line of its own.
@ScreenActor
struct BindingFacts {
  let app: App
  let source: Result<CodeSource, Refusal>?

  var facts: Facts {
    var facts = Facts(label: app.language == .chinese ? 10 : 12)
    switch source {
    case .success(let source): add(source, to: &facts)
    case .failure(let refusal):
      facts.add(app.text(refusal.message), .statusError, mark: "✗", rank: 0)
      facts.add(app.text(refusal.mend), .text, rank: 1)
    case nil: break
    }
    return facts
  }

  private func add(_ source: CodeSource, to facts: inout Facts) {
    guard let binding = source.binding else {
      facts.add(
        app.text(
          Phrase(
            "No account is bound. First a link (\(app.key(.links))), then the account (\(app.key(.bind))).",
            "尚未绑定账号。请先创建链路（\(app.key(.links))），再绑定账号（\(app.key(.bind))）。")),
        .textMuted, rank: 0)
      return
    }
    func pair(_ en: String, _ zh: String, _ value: String, rank: Int) {
      facts.pair(app.text(Phrase(en, zh)), value, rank: rank)
    }
    pair("Address", "地址", binding.address.isEmpty ? "—" : binding.address, rank: 3)
    let link = binding.linkId.map { " · \($0)" } ?? ""
    pair("Network", "网络类型", app.text(binding.networkType.title) + link, rank: 5)
    addTries(source, binding, to: &facts)
    addConfirmation(binding, to: &facts)
    for note in source.warnings { facts.add(app.text(note.text), .statusWarn, mark: "⚠", rank: 2) }
  }

  private func addTries(_ source: CodeSource, _ binding: Binding, to facts: inout Facts) {
    let now = app.now
    if let passed = binding.lastPassed {
      let at = Moments.withAge(passed.at, at: now)
      facts.add(
        app.text(
          Phrase(
            "Tried and passed \(at.en), from \(passed.place) by \(passed.by): GitLab \(passed.version)",
            "\(at.zh)从 \(passed.place) 由 \(passed.by) 实测通过：GitLab \(passed.version)")
            + expiry(passed)),
        .statusOk, mark: "✓", rank: 1)
    } else if binding.state == .draft {
      let untried = binding.lastFailed == nil ? Phrase(", never tried", "，从未实测") : Phrase(", not bound", "，未绑定")
      facts.add(
        app.text(
          Phrase(
            "A draft\(untried.en)" + (binding.secret == nil ? "; no token is stored." : "; its token is stored."),
            "草稿\(untried.zh)" + (binding.secret == nil ? "，未保存 Token。" : "，Token 已保存。"))),
        .statusUnknown, mark: "○", rank: 1)
    }
    guard let failed = binding.lastFailed else { return }
    let at = Moments.withAge(failed.at, at: now)
    facts.add(
      app.text(
        Phrase(
          "Last try failed at the hop “\(failed.hop.title.en)” (\(failed.code)) \(at.en), from \(failed.place)",
          "最近一次实测失败于“\(failed.hop.title.zh)”（\(failed.code)），\(at.zh)，从 \(failed.place)")),
      source.status == .invalid ? .statusError : .statusWarn, mark: "✗", rank: 0)
  }

  private func expiry(_ passed: Try) -> Phrase {
    guard let day = passed.tokenExpiresOn else { return Phrase("", "") }
    return Phrase("· token expires \(day)", "，Token 有效期至 \(day)")
  }

  private func addConfirmation(_ binding: Binding, to facts: inout Facts) {
    if let confirmed = binding.confirmed {
      let at = Moments.withAge(confirmed.at, at: app.now)
      facts.add(
        app.text(
          Phrase(
            "Confirmed in the vendor's console \(at.en), by \(confirmed.by)", "\(at.zh)由 \(confirmed.by) 在厂商控制台确认")),
        .statusOk, mark: "✓", rank: 4)
    } else if app.isTraining {
      facts.add(
        app.text(Phrase("Training data: nothing of this is at the vendor's.", "演练数据：与厂商侧无关。")), .textMuted,
        mark: "·", rank: 4)
    } else {
      facts.add(
        app.text(
          Phrase(
            "Not confirmed in the vendor's console yet (\(app.key(.confirm)) notes it).",
            "尚未在厂商控制台确认（按 \(app.key(.confirm)) 记录）。")), .textMuted,
        mark: "○", rank: 4)
    }
  }
}
