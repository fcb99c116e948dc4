import SecureBuild

/// A secret that is piped in.
enum SecretInput {
  /// All of standard input.
  /// - Throws: `Refusal` at the secret's field where it can't be read.
  static func text(for field: Field) throws(Refusal) -> String {
    do {
      return String(decoding: try SmallFile.read(0), as: UTF8.self)
    } catch {
      let what = field.title
      throw .usage(
        Phrase("Standard input can't be read: \(error.reason).", "无法读取标准输入：\(error.reason)。"),
        mend: Phrase("Pipe this into it: \(what.en).", "请通过管道传入：\(what.zh)。"), field: field)
    }
  }
}
