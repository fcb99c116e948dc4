/// Follows the stages of a Dockerfile: what each begins with and copies from, with arguments filled in.
struct DockerfileStages {
  private(set) var needs = DockerfileNeeds()
  private let file: Dockerfile
  private let given: [String: String]
  private let platform: BuildPlatform
  private var stages: [Stage] = []
  /// Arguments before the first `FROM`.
  private var global: [String: String]
  /// Arguments of the stage that is read; nil for one that is declared and has no value.
  private var local: [String: String?] = [:]
  private var declared: Set<String> = []

  private struct Stage {
    let name: String?
    /// Earlier stages that it comes from.
    var stages: Set<Int> = []
    var images: [BaseImageUse] = []
  }

  init(_ file: Dockerfile, arguments: [String], platform: BuildPlatform) {
    self.file = file
    self.platform = platform
    var given: [String: String] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      given[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    self.given = given
    global = [:]
  }

  mutating func read() {
    for instruction in file.instructions where !instruction.isTrigger {
      switch instruction.keyword {
      case "FROM": from(instruction)
      case "ARG": argument(instruction)
      case "COPY", "ADD":
        if let flag = instruction.flag("from") { copy(flag, isMount: false) }
      case "RUN":
        for flag in instruction.flags where flag.name == "mount" {
          let options = DockerfileMount(flag.value ?? "").options
          if let source = options["from"] {
            copy(DockerfileInstruction.Flag(name: "from", value: source, at: flag.at), isMount: true)
          }
        }
      default: break
      }
    }
    collect()
    for name in given.keys.sorted() where !declared.contains(name) && !Self.predefined.contains(name) {
      note(
        DockerfilePosition(line: 1, column: 1),
        Phrase(
          "The rule gives \(name), and no ARG of the Dockerfile has that name.",
          "规则给出了 \(name)，但 Dockerfile 中没有同名的 ARG。"),
        Phrase("Write ARG \(name), or leave the argument out of the rule.", "请添加 ARG \(name)，或从规则中去掉该参数。"))
    }
  }

  private static let predefined: Set<String> = [
    "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy",
    "ALL_PROXY", "all_proxy", "SOURCE_DATE_EPOCH",
  ]

  // MARK: Arguments

  private mutating func argument(_ instruction: DockerfileInstruction) {
    for word in instruction.words {
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      declared.insert(name)
      let fallback = parts.count > 1 ? expanded(String(parts[1]), at: word.at, in: scope).text : nil
      if stages.isEmpty {
        // Declared again without a value, it keeps the one it has.
        if let value = given[name] ?? fallback ?? platform.builtIn(name) { global[name] = value }
      } else {
        local[name] = .some(given[name] ?? fallback ?? global[name] ?? platform.builtIn(name))
      }
    }
  }

  /// - Parameter scope: the arguments that hold there.
  private mutating func expanded(_ text: String, at place: DockerfilePosition, in scope: [String: String])
    -> DockerfileExpansion.Result
  {
    let expansion = DockerfileExpansion(escape: file.escape) { scope[$0] }
    let result = expansion.expand(text)
    if result.isBroken {
      needs.problems.append(
        DockerfileProblem(
          .wrong, at: place, Phrase("A brace or a quote isn't closed in “\(text)”.", "“\(text)”中的括号或引号未闭合。"),
          mend: Phrase("Close it.", "请补全。")))
    }
    return result
  }

  /// The arguments of the stage that is read; those before the first `FROM` where none is.
  private var scope: [String: String] { stages.isEmpty ? global : local.compactMapValues(\.self) }

  // MARK: Stages

  private mutating func from(_ instruction: DockerfileInstruction) {
    guard let word = instruction.words.first else { return }
    local = [:]
    let name = instruction.words.count == 3 ? instruction.words[2].text : nil
    var stage = Stage(name: name)
    defer { stages.append(stage) }
    if let name, stages.contains(where: { $0.name?.lowercased() == name.lowercased() }) {
      note(
        instruction.words[2].at, Phrase("Two stages are called \(name).", "有两个名为 \(name) 的阶段。"),
        Phrase("Give each its own name: the vendor's builder may refuse it.", "请分别命名：厂商的构建器可能会拒绝。"))
    }
    guard let image = filled(word, inStage: false) else { return }
    let wanted = platformWanted(by: instruction)
    if let index = reference(image, word, isFilled: image != word.text) {
      stage.stages.insert(index)
    } else if image.lowercased() != "scratch" {
      stage.images.append(BaseImageUse(name: image, platform: wanted, lines: [word.at.line], spellings: [word.text]))
    }
  }

  private mutating func platformWanted(by instruction: DockerfileInstruction) -> String? {
    guard let flag = instruction.flag("platform"), let value = flag.value else { return nil }
    // Here these two need no ARG.
    var scope = global
    for name in ["BUILDPLATFORM", "TARGETPLATFORM"] where scope[name] == nil { scope[name] = platform.builtIn(name) }
    let platform = expanded(value, at: flag.at, in: scope).text
    return platform.isEmpty || platform == self.platform.rawValue ? nil : platform
  }

  /// A word's value; nil where it is wrong, which is told.
  private mutating func filled(_ word: DockerfileInstruction.Word, inStage: Bool) -> String? {
    let result = expanded(word.text, at: word.at, in: inStage ? scope : global)
    guard !result.isBroken else { return nil }
    for modifier in result.modifiers { lacksModifier(modifier, at: word.at) }
    if let name = result.undefined.first {
      needs.problems.append(undefined(name, in: word, inStage: inStage))
      return nil
    }
    guard !result.text.isEmpty else {
      needs.problems.append(
        DockerfileProblem(
          .wrong, at: word.at, Phrase("“\(word.text)” comes to nothing.", "“\(word.text)”展开后为空。"),
          mend: Phrase("Give its ARG a default, or the rule a build argument.", "请为对应 ARG 设默认值，或在规则中填写构建参数。")))
      return nil
    }
    return result.text
  }

  private func undefined(_ name: String, in word: DockerfileInstruction.Word, inStage: Bool) -> DockerfileProblem {
    let isBuiltIn = platform.builtIn(name) != nil
    let place =
      inStage ? Phrase("in this stage, before it", "本阶段中、该行之前") : Phrase("before the first FROM", "第一个 FROM 之前")
    return DockerfileProblem(
      isBuiltIn ? .lacking : .wrong, at: word.at,
      Phrase("“\(word.text)” needs \(name), which isn't set there.", "“\(word.text)”用到的 \(name) 在此处未定义。"),
      mend: isBuiltIn
        ? Phrase("Write ARG \(name) \(place.en).", "请在\(place.zh)写 ARG \(name)。")
        : Phrase(
          "Write ARG \(name)=… \(place.en), or ARG \(name) there and \(name)=… among the rule's build arguments.",
          "请在\(place.zh)写 ARG \(name)=…，或在该处写 ARG \(name) 并在规则的构建参数中填写 \(name)=…。"))
  }

  private mutating func lacksModifier(_ modifier: String, at place: DockerfilePosition) {
    needs.problems.append(DockerfileLacks.modifier(modifier, at: place))
  }

  /// The stage that a name means; nil where it is none's.
  private mutating func reference(_ name: String, _ word: DockerfileInstruction.Word, isFilled: Bool) -> Int? {
    guard let index = stages.lastIndex(where: { $0.name?.lowercased() == name.lowercased() }) else { return nil }
    let written = stages[index].name ?? ""
    if written != name {
      needs.problems.append(
        DockerfileProblem(
          .lacking, at: word.at,
          Phrase(
            "The stage is called \(written), and here \(name): buildah tells them apart.",
            "阶段名为 \(written)，此处写作 \(name)：buildah 区分大小写。"),
          mend: Phrase("Write \(written).", "请写作 \(written)。")))
    }
    if isFilled {
      needs.problems.append(
        DockerfileProblem(
          .lacking, at: word.at,
          Phrase(
            "“\(word.text)” means the stage \(written): buildah takes no variable for a stage.",
            "“\(word.text)”指阶段 \(written)：buildah 不支持用变量引用阶段。"),
          mend: Phrase("Write \(written).", "请直接写 \(written)。")))
    }
    return index
  }

  // MARK: COPY --from

  private mutating func copy(_ flag: DockerfileInstruction.Flag, isMount: Bool) {
    guard !stages.isEmpty else { return }
    let current = stages.count - 1
    let word = DockerfileInstruction.Word(text: flag.value ?? "", at: flag.at)
    guard let source = filled(word, inStage: true) else { return }
    if source != word.text {
      note(
        flag.at, Phrase("The vendor's builder takes no variable here.", "厂商的构建器在此处不支持变量。"),
        Phrase("Name a stage FROM it, and copy from that stage.", "请用 FROM 为其命名一个阶段，再从该阶段复制。"))
    }
    if let number = Int(source), number >= 0 {
      guard number < current else {
        return wrongStage(flag.at, source)
      }
      if isMount {
        needs.problems.append(
          DockerfileProblem(
            .lacking, at: flag.at, Phrase("buildah mounts from no stage by its number.", "buildah 的挂载不支持用编号引用阶段。"),
            mend: Phrase("Name that stage with AS, and mount from the name.", "请用 AS 为该阶段命名，并以名称引用。")))
      }
      stages[current].stages.insert(number)
      return
    }
    let own = stages.removeLast()
    let index = reference(source, word, isFilled: source != word.text)
    stages.append(own)
    if let index {
      stages[current].stages.insert(index)
    } else if own.name?.lowercased() == source.lowercased() || later(source) {
      wrongStage(flag.at, source)
    } else if source.lowercased() != "scratch" {
      stages[current].images.append(
        BaseImageUse(name: source, platform: nil, lines: [flag.at.line], spellings: [word.text]))
    }
  }

  /// Whether a stage of that name comes only afterwards.
  private func later(_ name: String) -> Bool {
    file.instructions.contains { instruction in
      instruction.keyword == "FROM" && instruction.words.count == 3
        && instruction.words[2].text.lowercased() == name.lowercased()
    }
  }

  private mutating func wrongStage(_ place: DockerfilePosition, _ name: String) {
    needs.problems.append(
      DockerfileProblem(
        .wrong, at: place, Phrase("\(name) is no earlier stage.", "\(name) 不是前面的阶段。"),
        mend: Phrase("A stage copies only from stages above it: move that one up.", "阶段只能从其上方的阶段复制，请将对应阶段上移。")))
  }

  // MARK: The end

  /// The images of the last stage and of all that it comes from.
  private mutating func collect() {
    var wanted: Set<Int> = []
    var next = stages.isEmpty ? [] : [stages.count - 1]
    while let index = next.popLast() {
      guard wanted.insert(index).inserted else { continue }
      next += stages[index].stages
    }
    for index in wanted.sorted() {
      for image in stages[index].images {
        if let known = needs.baseImages.firstIndex(where: { $0.name == image.name && $0.platform == image.platform }) {
          needs.baseImages[known].lines += image.lines
          let spellings = needs.baseImages[known].spellings
          needs.baseImages[known].spellings += image.spellings.filter { !spellings.contains($0) }
        } else {
          needs.baseImages.append(image)
        }
      }
    }
  }

  private mutating func note(_ place: DockerfilePosition, _ message: Phrase, _ mend: Phrase) {
    needs.notes.append(DockerfileProblem(.note, at: place, message, mend: mend))
  }
}
