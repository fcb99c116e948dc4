import SecureBuild
import TerminalUI

/// Something that can be done here and now: what hints, help and the palette show, and what a key does.
struct Action {
  let command: Command
  /// What it does here.
  let label: Phrase
  /// Why it can't be done now; nil when it can.
  let whyNot: Phrase?
  /// Whether the line of hints shows it; help and the palette show all.
  let isHinted: Bool
  let perform: @ScreenActor () -> Void

  init(
    _ command: Command, _ en: String, _ zh: String, whyNot: Phrase? = nil, isHinted: Bool = true,
    perform: @escaping @ScreenActor () -> Void
  ) {
    self.command = command
    label = Phrase(en, zh)
    self.whyNot = whyNot
    self.isHinted = isHinted
    self.perform = perform
  }
}

/// A key and what it does here, as hints show it.
struct KeyHint {
  let key: String
  let label: Phrase

  init(_ key: Key, _ en: String, _ zh: String) { self.init(key.description, Phrase(en, zh)) }

  init(_ key: String, _ en: String, _ zh: String) { self.init(key, Phrase(en, zh)) }

  init(_ key: String, _ label: Phrase) {
    self.key = key
    self.label = label
  }
}
