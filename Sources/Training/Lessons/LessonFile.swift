import SecureBuild
import Yams

/// A lesson as a trainer writes it: a YAML file, whose form the lessons beside this file show.
///
/// ```yaml
/// lesson: ecs
/// title: {en: …, zh: …}
/// goal: {en: …, zh: …}
/// instance: cri-9zq3hx0v2k7mfa1c
/// minutes: 10
/// world:                      # what is other than in the training world; nothing where it is left out
///   - {delete: security-group-rule, id: sg-…/1}
///   - {add: security-group-rule, security-group: sg-…, port-range: 443, peer: 100.104.0.0/16, policy: Drop}
///   - {edit: idc, id: idc-north, cidr: [10.200.0.0/16, 100.104.64.0/20]}
/// faults:                     # what goes wrong there; `hosts` as `train fault` has it
///   {service-role: missing, group-quota: 3, hosts: {gitlab.corp.example: 502}}
/// steps:
///   - step: link
///     title: {en: …, zh: …}
///     text: {en: …, zh: …}
///     holds: [{link: {to: 192.168.10.20}}]
///     keys: [links, create]
///     hints: [{en: …, zh: …}, {en: …, zh: …}, {en: …, zh: …}]
/// debrief:
///   why: {en: …, zh: …}
///   vendor: {en: …, zh: …}    # where the same is in the vendor's console
///   sentence: {en: …, zh: …}  # what the vendor would have said; may be left out
/// ```
///
/// The names in `world` are the options of `network add` and `network edit`.
public struct LessonFile: Sendable {
  /// Nil where anything is wrong.
  public let lesson: Lesson?
  /// In the order of their lines.
  public let problems: [LessonProblem]

  /// What is longer is no lesson.
  public static let most = 256 << 10

  /// - Parameter commands: the names that `keys` may have; nil takes any.
  public init(_ text: String, commands: Set<String>? = nil) {
    var reader = LessonReader(commands: commands)
    let lesson = reader.lesson(text)
    problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    self.lesson = problems.isEmpty ? lesson : nil
  }
}

/// Reads values out of nodes and notes what is wrong with each; goes on after that, to find everything at once.
struct LessonReader {
  let commands: Set<String>?
  var problems: [LessonProblem] = []

  mutating func lesson(_ text: String) -> Lesson? {
    guard text.utf8.count <= LessonFile.most else {
      let most = LessonFile.most >> 10
      problems.append(
        LessonProblem(
          line: 1, column: 1,
          message: Phrase("This is longer than a lesson may be (\(most) KiB).", "文件超过课程的最大长度（\(most) KiB）。")))
      return nil
    }
    do {
      guard let root = try Yams.compose(yaml: text) else {
        problems.append(LessonProblem(line: 1, column: 1, message: Phrase("The file is empty.", "文件为空。")))
        return nil
      }
      return lesson(root)
    } catch let error as YamlError {
      problems.append(LessonProblem(error))
    } catch {
      problems.append(
        LessonProblem(line: 1, column: 1, message: Phrase("This is no YAML: \(error)", "不是有效的 YAML：\(error)")))
    }
    return nil
  }

  private mutating func lesson(_ root: Node) -> Lesson? {
    guard
      var members = members(
        root, of: ["lesson", "title", "goal", "instance", "minutes", "world", "faults", "steps", "debrief"])
    else { return nil }
    let id = members.take("lesson").flatMap { self.id($0) }
    let title = members.take("title").flatMap { phrase($0) }
    let goal = members.take("goal").flatMap { phrase($0) }
    let instance = members.take("instance").flatMap { node in
      value(node, Phrase("the id of an instance of the training world", "演练环境中的实例 ID")) { text in
        TrainingWorld.hasInstance(text) ? text : nil
      }
    }
    let minutes = members.take("minutes").flatMap { node in
      value(node, Phrase("a number of minutes from 1 to 180", "1 到 180 之间的分钟数")) { text in
        Int(text).flatMap { (1...180).contains($0) ? $0 : nil }
      }
    }
    let world = members.takeIfThere("world").map { list($0) { reader, node in reader.change(node) } } ?? []
    let faults = members.takeIfThere("faults").flatMap { self.faults($0) } ?? .none
    let steps = members.take("steps").map { list($0, least: 1) { reader, node in reader.step(node) } } ?? []
    let debrief = members.take("debrief").flatMap { self.debrief($0) }
    note(members)
    var seen: Set<String> = []
    for (step, node) in steps where !seen.insert(step.id).inserted {
      say(node, Phrase("Another step is called “\(step.id)” too.", "另一步骤也名为“\(step.id)”。"))
    }
    guard let id, let title, let goal, let instance, let minutes, let debrief else { return nil }
    return Lesson(
      id: id, title: title, goal: goal, instanceId: instance, minutes: minutes, world: world.map(\.0), faults: faults,
      steps: steps.map(\.0), debrief: debrief)
  }

  private mutating func step(_ node: Node) -> Lesson.Step? {
    guard var members = members(node, of: ["step", "title", "text", "holds", "keys", "hints"]) else { return nil }
    let id = members.take("step").flatMap { self.id($0) }
    let title = members.take("title").flatMap { phrase($0) }
    let text = members.take("text").flatMap { phrase($0) }
    let holds = members.take("holds").map { list($0, least: 1) { reader, node in reader.condition(node) } } ?? []
    let keys = members.takeIfThere("keys").map { list($0) { reader, node in reader.command(node) } } ?? []
    let hints = members.take("hints").map { list($0) { reader, node in reader.phrase(node) } } ?? []
    if let node = members.node("hints"), hints.count != Lesson.hintLevels {
      say(
        node,
        Phrase(
          "A step has \(Lesson.hintLevels) hints, from a nudge to the whole way; here are \(hints.count).",
          "每个步骤有 \(Lesson.hintLevels) 条提示，从点拨到完整做法；此处有 \(hints.count) 条。"))
    }
    note(members)
    guard let id, let title, let text else { return nil }
    return Lesson.Step(
      id: id, title: title, text: text, holds: holds.map(\.0), keys: keys.map(\.0), hints: hints.map(\.0))
  }

  private mutating func debrief(_ node: Node) -> Lesson.Debrief? {
    guard var members = members(node, of: ["why", "vendor", "sentence"]) else { return nil }
    let why = members.take("why").flatMap { phrase($0) }
    let vendor = members.take("vendor").flatMap { phrase($0) }
    let sentence = members.takeIfThere("sentence").flatMap { phrase($0) }
    note(members)
    guard let why, let vendor else { return nil }
    return Lesson.Debrief(why: why, vendorPath: vendor, vendorSentence: sentence)
  }

  private mutating func command(_ node: Node) -> String? {
    value(node, Phrase("the name of a command of the console", "控制台命令的名称")) { [commands] text in
      commands?.contains(text) == false ? nil : text
    }
  }
}

extension LessonProblem {
  fileprivate init(_ error: YamlError) {
    let (mark, problem): (Mark?, String) =
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (mark, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        (context.mark, "a key stands here twice: \(keys.joined(separator: ", "))")
      default: (nil, "\(error)")
      }
    self.init(
      line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1),
      message: Phrase("This is no YAML: \(problem).", "不是有效的 YAML：\(problem)。"))
  }
}
