import FlatFiles
import SecureBuild

extension Finding {
  /// What it is, by a stable word.
  private var kind: String {
    switch self {
    case .damage: "DAMAGE"
    case .edited: "EDITED"
    case .tornTail: "TORN_TAIL"
    case .leftover: "LEFTOVER"
    case .setAside: "SET_ASIDE"
    case .unsafeSecret: "UNSAFE_SECRET"
    }
  }

  private var place: FilePlace {
    switch self {
    case .damage(let damage), .edited(let damage): FilePlace(damage)
    case .tornTail(let file, _), .leftover(let file), .setAside(let file): FilePlace(file)
    case .unsafeSecret(let id, let path, _): FilePlace(path.hasSuffix(id.text) ? "secrets/\(id)" : "secrets")
    }
  }

  private var text: Phrase {
    switch self {
    case .damage(let damage), .edited(let damage): damage.flaw.phrase
    case .tornTail(_, let bytes):
      Phrase(
        "an unfinished last line of \(bytes) bytes, as a crash leaves it; the next change sets it aside",
        "末行不完整（\(bytes) 字节），系崩溃所致；下次修改时会另存")
    case .leftover: Phrase("left by an interruption; the next change removes it", "中断留下的文件，下次修改时会清除")
    case .setAside: Phrase("kept from an earlier crash, repair or older format", "此前崩溃、修复或旧格式留存的文件")
    case .unsafeSecret(let id, let path, let flaw):
      Phrase(
        "\(flaw.phrase.en). \(flaw.mend(of: id, at: path).en)", "\(flaw.phrase.zh)。\(flaw.mend(of: id, at: path).zh)")
    }
  }

  var sentence: Phrase { place.sentence(text) }

  func json(_ language: Language) -> JSONText {
    (["Kind": .string(kind), "Damage": .bool(isDamage)] as JSONText).adding(place.json(text, language))
  }
}

extension SecretFlaw {
  fileprivate var phrase: Phrase {
    switch self {
    case .mode(let mode):
      Phrase("others can read or write it (mode \(String(mode, radix: 8)))", "其他用户可读写（权限 \(String(mode, radix: 8))）")
    case .owner(let user): Phrase("it belongs to another user (\(user))", "属于其他用户（\(user)）")
    case .notARegularFile: Phrase("neither a regular file nor a folder", "不是普通文件或目录")
    }
  }
}
