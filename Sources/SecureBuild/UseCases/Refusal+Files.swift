import FlatFiles
import Glibc

extension Refusal {
  /// What the store says of files that can't be used as they are.
  init(damage: Damage) {
    let place = [damage.line, damage.column].prefix { $0 > 0 }.reduce(damage.file) { "\($0):\($1)" }
    let flaw = damage.flaw.phrase
    self.init(
      .workspaceDamaged, message: Phrase("\(place): \(flaw.en).", "\(place)：\(flaw.zh)。"),
      mend: damage.isOfRecord
        ? Phrase(
          "A person edited it: put that in by hand (the file is JSON, a line a record). `acr-console workspace check` names all such lines.",
          "该记录曾被手工修改：请手动补上（文件为 JSON，每行一条记录）。`acr-console workspace check` 列出所有此类行。")
        : Phrase(
          "Nothing is written while this stands. `acr-console workspace check` names all of it, `acr-console workspace repair` keeps what can be read; or restore a copy.",
          "修复前不会写入任何内容。`acr-console workspace check` 列出全部问题，`acr-console workspace repair` 保留可读内容；也可恢复备份。"))
  }

  /// What a repair can't do without.
  init(unrepairable damage: Damage) {
    self.init(
      .workspaceDamaged, message: Refusal(damage: damage).message,
      mend: Phrase(
        "Repair can't do without it; nothing was changed. Put that file back from a copy, or make a new workspace in another folder (`acr-console workspace init --workspace`) and keep this one.",
        "缺少该内容无法修复，未作任何修改。请从备份恢复该文件，或在其他目录新建工作区（`acr-console workspace init --workspace`）并保留此目录。"))
  }

  /// What is wrong with a file that should be an exported workspace.
  public init(document error: StoreError) {
    guard case .damaged(let damage) = error else {
      self.init(error)
      return
    }
    self.init(.invalidDocument, message: Refusal(damage: damage).message, mend: Self.wholeDocument)
  }

  /// What is wrong with a record that came with an exported workspace; its place is that in a snapshot made of it.
  init(ofDocument record: Damage) {
    let kind = record.file.split(separator: "/").last?.split(separator: ".").first ?? ""
    let flaw = record.flaw.phrase
    self.init(
      .invalidDocument,
      message: Phrase(
        "Record \(record.line) of “\(kind)” in the document: \(flaw.en).",
        "文档中 “\(kind)” 的第 \(record.line) 条记录：\(flaw.zh)。"), mend: Self.wholeDocument)
  }

  /// A document of a workspace of a kind that there isn't.
  public init(ofDocument kind: String) {
    self.init(
      .invalidDocument,
      message: Phrase(
        "The document's kind of workspace is “\(kind)”: neither training nor own.",
        "文档的工作区类型为“\(kind)”：既不是 training 也不是 own。"), mend: Self.wholeDocument)
  }

  private static let wholeDocument = Phrase(
    "Nothing was made. Give a file that `acr-console workspace export` wrote, whole.",
    "未创建任何内容。请提供 `acr-console workspace export` 输出的完整文件。")

  init(secret id: SecretID, at path: String, _ flaw: SecretFlaw) {
    let (message, mend): (Phrase, Phrase) =
      switch flaw {
      case .mode(let mode):
        (
          Phrase(
            "Others can read or write the token in \(path) (mode \(String(mode, radix: 8))): it isn't used.",
            "其他用户可读写 \(path) 中的 Token（权限 \(String(mode, radix: 8))），不予使用。"),
          Phrase(
            "\(flaw.mend(of: id, at: path).en), and make a new token if somebody may have read it.",
            "\(flaw.mend(of: id, at: path).zh)；若可能已被他人读取，请更换 Token。")
        )
      case .owner(let user):
        (
          Phrase("\(path) belongs to another user (\(user)): its token isn't used.", "\(path) 属于其他用户（\(user)），不予使用。"),
          Phrase(
            "\(flaw.mend(of: id, at: path).en), or bind again with a token.",
            "\(flaw.mend(of: id, at: path).zh)，或用 Token 重新绑定。")
        )
      case .notARegularFile:
        (
          Phrase("\(path) isn't what it should be: its token isn't used.", "\(path) 不是普通文件或目录，不予使用。"),
          Phrase(
            "\(flaw.mend(of: id, at: path).en), and bind again with a token.",
            "\(flaw.mend(of: id, at: path).zh)，并用 Token 重新绑定。")
        )
      }
    self.init(.secretUnusable, field: .token, message: message, mend: mend)
  }

  static let secretMissing = Refusal(
    .secretUnusable, field: .token,
    message: Phrase("The stored token is gone from the workspace.", "工作区中保存的 Token 已不存在。"),
    mend: Phrase("Enter the token again.", "请重新输入 Token。"))
}

extension SecretFlaw {
  /// What mends it, where it is that of the secret's file or of the folder, whichever the path leads to.
  public func mend(of id: SecretID, at path: String) -> Phrase {
    switch self {
    case .mode:
      let mode = path.hasSuffix(id.text) ? "600" : "700"
      return Phrase("Run `chmod \(mode) \(path)`", "请执行 `chmod \(mode) \(path)`")
    case .owner:
      return Phrase(
        "As root, run `chown \(geteuid()) \(path)`", "请以 root 身份执行 `chown \(geteuid()) \(path)`")
    case .notARegularFile: return Phrase("Remove it", "请将其删除")
    }
  }
}

extension Damage {
  /// Whether it is of a record that is JSON and lacks what its kind needs: the store has nothing against it, so that no
  /// repair mends it.
  public var isOfRecord: Bool {
    guard file.hasPrefix("snapshot."), file.hasSuffix(".jsonl"), case .member(let name) = flaw else { return false }
    return !["id", "value", "revision"].contains(name)
  }
}

extension Damage.Flaw {
  /// What is wrong, to follow the place.
  public var phrase: Phrase {
    switch self {
    case .notJSON(let expected): Phrase("not JSON (\(expected) expected)", "不是有效的 JSON（此处应为 \(expected)）")
    case .member(let name):
      name.isEmpty
        ? Phrase("a member is missing or of the wrong kind", "缺少成员或类型不对")
        : Phrase("\(name) is missing or of the wrong kind", "缺少 \(name) 或其类型不对")
    case .checksum: Phrase("the line was changed after it was written (checksum)", "该行写入后被改动（校验和不符）")
    case .sequence(let expected):
      Phrase("lines are missing or out of order (number \(expected) expected)", "有行缺失或顺序不对（应为第 \(expected) 号）")
    case .duplicate(let id): Phrase("\(id) is there twice", "\(id) 重复出现")
    case .missing: Phrase("the file is missing", "文件缺失")
    case .notARegularFile: Phrase("not a regular file", "不是普通文件")
    case .notAFolder: Phrase("not a folder", "不是目录")
    case .tooLarge: Phrase("larger than any file of a workspace (2 GiB)", "大于工作区文件的上限（2 GiB）")
    case .shorter: Phrase("the file is shorter than what was read from it before", "文件比先前读取时短")
    case .differsFromManifest: Phrase("the file was edited since it was written", "文件写入后被修改过")
    }
  }
}
