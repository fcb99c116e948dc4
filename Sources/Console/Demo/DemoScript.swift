import SecureBuild

/// A demo: what is pressed, typed and said, in order. How it is written is told in `Commands.docc`.
public struct DemoScript: Sendable, Equatable {
  public let name: String
  public let title: Phrase
  let steps: [DemoStep]

  /// How many captions it has: what arrows step by.
  public var scenes: Int { steps.count { if case .say = $0.act { true } else { false } } }

  /// How long it takes at its own pace where nothing is waited for, in seconds.
  public func seconds(in language: Language) -> Int {
    let pauses = steps.flatMap { DemoBeat.beats(of: $0, language) { _ in "123456789012345678901234567890" } }
    return Int(pauses.reduce(.zero) { $0 + $1.pause } / .seconds(1))
  }
}

extension DemoScript {
  /// The demos in the program.
  public static let shipped: [DemoScript] = [
    ("flow", PackageResources.flow_demo), ("path", PackageResources.path_demo),
  ].compactMap { name, bytes in read(String(decoding: bytes, as: UTF8.self), name: name).script }

  /// Reads a script.
  /// - Returns: the script, or all that is wrong with it in the order of its lines.
  public static func read(_ text: String, name: String) -> (script: DemoScript?, faults: [DemoFault]) {
    var reader = DemoReader()
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      reader.take(line, number: index + 1)
    }
    reader.end()
    guard let title = reader.title, reader.faults.isEmpty else { return (nil, reader.faults) }
    return (DemoScript(name: name, title: title, steps: reader.steps), [])
  }
}
