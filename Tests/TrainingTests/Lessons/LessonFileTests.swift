import SecureBuild
import Testing

@testable import Training

@Suite("A lesson's file") struct LessonFileTests {
  @Test(
    "every lesson that comes with the program is sound, and its world can be made", arguments: LessonCatalogue().lessons
  )
  func builtIn(lesson: Lesson) throws {
    let text = try #require(LessonCatalogue.text(of: lesson.id))
    #expect(LessonFile(text).problems.isEmpty)
    let trainee = try Trainee()
    let lessons = try Lessons(in: trainee.workspace())
    #expect(try lessons.rehearseStart(lesson).status.lesson == lesson)
    for phrase in Self.phrases(of: lesson) {
      #expect(!phrase.en.isEmpty && phrase.zh.unicodeScalars.contains { $0.value > 0x2E80 }, "\(phrase.en)")
      #expect(!phrase.en.unicodeScalars.contains { $0.value > 0x2E80 && $0.value < 0xFB00 }, "\(phrase.en)")
    }
  }

  private static func phrases(of lesson: Lesson) -> [Phrase] {
    [lesson.title, lesson.goal, lesson.debrief.why, lesson.debrief.vendorPath]
      + [lesson.debrief.vendorSentence].compactMap(\.self)
      + lesson.steps.flatMap { [$0.title, $0.text] + $0.hints }
  }

  @Test("there are eleven at least, with names of their own")
  func count() {
    let ids = LessonCatalogue().lessons.map(\.id)
    #expect(ids.count >= 11 && Set(ids).count == ids.count, "\(ids)")
  }

  private static let sound = """
    lesson: own
    title: {en: One, zh: 一}
    goal: {en: One, zh: 一}
    instance: cri-9zq3hx0v2k7mfa1c
    minutes: 5
    steps:
      - step: link
        title: {en: One, zh: 一}
        text: {en: One, zh: 一}
        holds: [{link: {to: 192.168.10.20}}]
        keys: [links]
        hints: [{en: a, zh: 一}, {en: b, zh: 二}, {en: c, zh: 三}]
    debrief:
      why: {en: One, zh: 一}
      vendor: {en: One, zh: 一}

    """

  @Test(
    "what is wrong is named with line and column",
    arguments: [
      ("instance: cri-9zq3hx0v2k7mfa1c", "instance: cri-none", 4, 11, "an instance of the training world"),
      ("minutes: 5", "minutes: many", 5, 10, "a number of minutes"),
      ("minutes: 5", "minutes: 5\nhours: 1", 6, 1, "Nothing is called “hours” here"),
      ("goal: {en: One, zh: 一}", "goal: {en: One}", 3, 7, "“zh” is missing"),
      ("holds: [{link: {to: 192.168.10.20}}]", "holds: [{link: {to: 192.168.10.256}}]", 10, 25, "an IPv4 address"),
      ("holds: [{link: {to: 192.168.10.20}}]", "holds: []", 10, 12, "one at least"),
      ("holds: [{link: {to: 192.168.10.20}}]", "holds: [{guess: {}}]", 10, 13, "one of: link, path"),
      ("keys: [links]", "keys: [linkz]", 11, 12, "a command of the console"),
      (", {en: c, zh: 三}]", "]", 12, 12, "A step has 3 hints"),
      ("lesson: own", "lesson: Own lesson", 1, 9, "a short name"),
      ("title: {en: One, zh: 一}\ngoal", "title: [\ngoal", 4, 1, "This is no YAML"),
      ("debrief:", "world: [{add: vpcs, cidr: 10.0.0.0/8}]\ndebrief:", 13, 15, "one of vpc, vswitch"),
      ("debrief:", "world: [{add: vpc, range: 10.0.0.0/8}]\ndebrief:", 13, 20, "Nothing is called “range”"),
      ("debrief:", "world: [{add: vpc, delete: vpc}]\ndebrief:", 13, 9, "one of add, edit and delete"),
    ] as [(String, String, Int, Int, String)])
  func faulty(what: String, instead: String, line: Int, column: Int, says: String) throws {
    let good = LessonFile(Self.sound, commands: ["links"])
    #expect(
      good.problems.isEmpty
        && good.lesson?.steps.first?.holds == [.link(to: try #require(IPv4Address("192.168.10.20")), allowing: [])])
    let text = Self.sound.replacing(what, with: instead, maxReplacements: 1)
    try #require(text != Self.sound)
    let read = LessonFile(text, commands: ["links"])
    #expect(read.lesson == nil)
    let found = try #require(read.problems.first { $0.message.en.contains(says) }, "\(read.problems)")
    #expect((found.line, found.column) == (line, column), "\(found)")
  }

  @Test(
    "whatever a file holds, it is read to an end",
    arguments: ["", "\0", "- - -", "a: &a [*a]", "&a a: *b", "{", "? ?", "!!binary x", "%YAML 9"])
  func hostile(text: String) {
    let read = LessonFile(text)
    #expect(read.lesson == nil && !read.problems.isEmpty)
  }

  @Test("what would reach a terminal has no control characters")
  func controls() throws {
    let text = Self.sound.replacing("title: {en: One, zh: 一}\ngoal", with: "title: {en: \"O\\e[31mne\", zh: 一}\ngoal")
    #expect(LessonFile(text).lesson?.title.en == "O[31mne")
  }
}
