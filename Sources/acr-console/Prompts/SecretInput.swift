import SecureBuild

/// A secret that is piped in.
enum SecretInput {
  /// All of standard input.
  /// - Throws: `Refusal` at the secret's field where it can't be read, `CancellationError`.
  static func text(for field: Field) throws -> String {
    do {
      return String(decoding: try GivenFile.read("-", most: 4 << 20), as: UTF8.self)
    } catch let refusal as Refusal {
      let what = field.title
      throw Refusal.usage(
        refusal.message, mend: Phrase("Pipe this into it: \(what.en).", "请通过管道传入：\(what.zh)。"), field: field)
    }
  }
}
