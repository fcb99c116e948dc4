import FlatFiles
import SecureBuild
import Training

/// What a look at all files of a workspace found.
struct WorkspaceHealth {
  let path: String
  let findings: [Finding]
  /// Tokens and passwords that are gone.
  private let missing: [Phrase]
  /// No damage: what a credential helper can't be asked, and what it may still have.
  private let ofHelper: [Phrase]
  /// No damage: the built-in table is in force.
  private let zonesFault: ZoneTableFault?

  /// - Throws: `Refusal` where there is no workspace, or it can't be looked at.
  init(of path: String, waiting: LockWait) throws {
    self.path = path
    zonesFault = ZoneTable.inForce(at: path).fault
    let ofFiles: [Finding]
    do { ofFiles = try Store.check(at: path, waiting: waiting) } catch { throw Refusal(error) }
    guard !ofFiles.contains(where: \.isDamage) else {
      (findings, missing, ofHelper) = (ofFiles, [], [])
      return
    }
    let workspace = try Workspace.open(at: path, waiting: waiting, surroundings: Invocation.surroundings)
    findings =
      ofFiles
      + (try workspace.unreadableRecords() + workspace.unreadableLessons()).map { Finding.damage($0) }
    guard !findings.contains(where: \.isDamage) else {
      (missing, ofHelper) = ([], [])
      return
    }
    let fault = try workspace.helperFault()
    missing =
      try workspace.instancesWithoutStoredToken(asksHelper: fault == nil).map(Self.tokenGone(of:))
      + workspace.instancesWithoutStoredPassword(asksHelper: fault == nil).map(Self.passwordGone(of:))
    ofHelper =
      (fault.map { [$0.message + $0.mend] } ?? [])
      + (try workspace.secretsLeftBehind().map { $0.sentence + $0.mend })
  }

  private var damages: Int { findings.count(where: \.isDamage) + missing.count }
  private var isSound: Bool { damages == 0 }

  /// What a damaged workspace ends the command by.
  var refusal: Refusal? {
    refusal(
      mend: isRepairable
        ? Phrase(
          "Restore a copy, mend what is named above, or run `acr-console workspace repair`: it keeps what can be read, and all that it replaces.",
          "请恢复备份、按上述位置修正，或执行 `acr-console workspace repair`：保留可读内容，被替换的文件也会另存。")
        : Phrase(
          "Mend what is named above by hand, or restore a copy: `acr-console workspace repair` can't know it.",
          "请按上述位置手动修正，或恢复备份：`acr-console workspace repair` 无法修复此类问题。"))
  }

  /// The same, once a repair has done what it can.
  var refusalOfRepaired: Refusal? {
    refusal(
      mend: Phrase(
        "No repair can know it. `acr-console workspace check` names it: mend it by hand, or restore a copy.",
        "此类问题无法自动修复。`acr-console workspace check` 列出具体位置：请手动修正，或恢复备份。"))
  }

  private func refusal(mend: Phrase) -> Refusal? {
    guard !isSound else { return nil }
    let count = damages
    return Refusal(
      .workspaceDamaged,
      message: Phrase(
        "The workspace in \(path) is damaged in \(count == 1 ? "one place" : "\(count) places").",
        "\(path) 中的工作区已损坏：\(count) 处。"), mend: mend)
  }

  private var isRepairable: Bool {
    findings.contains { if case .damage(let damage) = $0 { !damage.isOfRecord } else { false } }
  }

  private static func tokenGone(of instance: String) -> Phrase {
    Phrase(
      "the token of the binding of \(instance) is gone: bind again or unbind", "实例 \(instance) 绑定所用的 Token 已丢失：请重新绑定或解绑"
    )
  }

  private static func passwordGone(of instance: String) -> Phrase {
    Phrase(
      "the password of the registry of \(instance) is gone: set the registry again",
      "实例 \(instance) 的镜像服务密码已丢失：请重新设置镜像服务")
  }

  private static func gone(_ sentence: Phrase, _ language: Language) -> JSONText {
    [
      "Kind": .string("MISSING_SECRET"), "Damage": .bool(true), "File": .string("secrets"), "Line": .number(0),
      "Column": .number(0), "Message": .string(sentence(language)),
    ]
  }

  private static func told(_ sentence: Phrase, _ language: Language) -> JSONText {
    [
      "Kind": .string("CREDENTIAL_HELPER"), "Damage": .bool(false), "File": .string("secrets"), "Line": .number(0),
      "Column": .number(0), "Message": .string(sentence(language)),
    ]
  }

  private static func wrong(_ fault: ZoneTableFault, _ language: Language) -> JSONText {
    [
      "Kind": .string("ZONE_TABLE"), "Damage": .bool(false), "File": .string(ZoneTableFault.file),
      "Line": .number(fault.line), "Column": .number(fault.column), "Message": .string(fault.sentence(language)),
    ]
  }

  /// Everything that was found, a sentence each.
  var sentences: [Phrase] {
    findings.map { finding in Phrase(finding.sentence(.english), finding.sentence(.chinese)) }
      + missing + ofHelper + (zonesFault.map { [$0.sentence] } ?? [])
  }

  func print(to output: Output) throws {
    guard output.format == .table else {
      return try output.print([
        "Path": .string(path), "Sound": .bool(isSound),
        "Findings": .array(
          findings.map { $0.json(output.language) } + missing.map { Self.gone($0, output.language) }
            + ofHelper.map { Self.told($0, output.language) }
            + (zonesFault.map { [Self.wrong($0, output.language)] } ?? [])),
      ])
    }
    let verdict = isSound ? Phrase("sound", "完好") : Phrase("damaged", "已损坏")
    try StandardStream.output.write(TextTable.text([[path, verdict(output.language)]]))
    for sentence in missing + ofHelper {
      try StandardStream.output.write("  secrets: " + sentence(output.language) + "\n")
    }
    for finding in findings { try StandardStream.output.write("  " + finding.sentence(output.language) + "\n") }
    if let zonesFault { try StandardStream.output.write("  " + zonesFault.sentence(output.language) + "\n") }
  }
}
