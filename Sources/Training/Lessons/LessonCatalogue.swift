import FoundationEssentials
import Glibc
import SecureBuild

/// The lessons there are: those that come with the program, and a trainer's own.
public struct LessonCatalogue: Sendable {
  /// Where a trainer's own are; nil for none.
  let folder: String?

  /// - Parameter folder: `lessons` beside the settings file: every `.yaml` in it is one.
  public init(folder: String? = nil) { self.folder = folder }

  /// The built-in ones in the order in which one learns, then the others by name. A file that holds no lesson is left
  /// out: `train check` says why.
  public var lessons: [Lesson] {
    let own = ownFiles.compactMap { LessonFile($0.text).lesson }
    let builtIn = Self.builtIn.compactMap { Self.builtIn($0) }
    return builtIn + own.filter { lesson in !builtIn.contains { $0.id == lesson.id } }
  }

  /// The text of a lesson's file, where it doesn't come with the program.
  public func text(of lesson: Lesson) -> String? {
    guard Self.builtIn(lesson.id) != lesson else { return nil }
    return ownFiles.first { LessonFile($0.text).lesson == lesson }?.text
  }

  /// A lesson by its id, or by its file's name.
  /// - Returns: the file's text too, where it isn't a built-in one.
  /// - Throws: `Refusal` where there is none, or the file holds none.
  public func lesson(_ name: String, commands: Set<String>? = nil) throws(Refusal) -> (lesson: Lesson, text: String?) {
    if let lesson = Self.builtIn(name) { return (lesson, nil) }
    let isFile = name.contains("/") || name.hasSuffix(".yaml")
    if isFile {
      let text = try Self.read(name)
      return (try Self.lesson(of: text, file: name, commands), text)
    }
    for file in ownFiles {
      if let lesson = LessonFile(file.text, commands: commands).lesson, lesson.id == name { return (lesson, file.text) }
    }
    throw Refusal(
      .noSuchLesson, message: Phrase("There is no lesson “\(name)”.", "没有名为“\(name)”的课程。"),
      mend: Phrase("`acr-console train list` shows those there are.", "可用 `acr-console train list` 查看现有课程。"))
  }

  /// The lesson in a file's text.
  /// - Throws: `Refusal` with the first thing that is wrong, and how many more there are.
  public static func lesson(
    of text: String, file: String, _ commands: Set<String>? = nil
  ) throws(Refusal) -> Lesson {
    let read = LessonFile(text, commands: commands)
    if let lesson = read.lesson { return lesson }
    let first = read.problems.first?.sentence(file) ?? Phrase("\(file) holds no lesson.", "\(file) 中没有课程。")
    throw Refusal(
      .invalidLesson, message: first,
      mend: Phrase(
        "`acr-console train check \(file)` shows everything.", "可用 `acr-console train check \(file)` 查看全部问题。"))
  }

  /// A lesson's file.
  public static func read(_ path: String) throws(Refusal) -> String {
    do {
      let handle = try Data(contentsOf: URL(filePath: path))
      guard handle.count <= LessonFile.most else { return String(repeating: " ", count: LessonFile.most + 1) }
      guard let text = String(bytes: handle, encoding: .utf8) else {
        throw Refusal(
          .invalidLesson, message: Phrase("\(path) is not UTF-8.", "\(path) 不是 UTF-8 文本。"),
          mend: Phrase("Save it as UTF-8.", "请保存为 UTF-8。"))
      }
      return text
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(
        .invalidLesson, message: Phrase("\(path) can't be read.", "无法读取 \(path)。"),
        mend: Phrase("Check its name and mode.", "请检查文件名和权限。"))
    }
  }

  private var ownFiles: [(name: String, text: String)] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    return names.filter { $0.hasSuffix(".yaml") && Self.isFile("\(folder)/\($0)") }.sorted().compactMap { name in
      (try? Self.read("\(folder)/\(name)")).map { (name, $0) }
    }
  }

  /// Whether it is no pipe, which would be waited for.
  private static func isFile(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFREG
  }

  // MARK: Those that come with the program

  private static let builtIn = [
    "ecs", "slb", "idc", "zone", "inbound-missing", "inbound-shadowed", "idc-overlap", "tokens", "service-role",
    "maven", "rotate", "image",
  ]

  private static func builtIn(_ id: String) -> Lesson? { text(of: id).flatMap { LessonFile($0).lesson } }

  /// The text of a built-in lesson: what a trainer begins an own one with.
  public static func text(of id: String) -> String? {
    let bytes: [UInt8]? =
      switch id {
      case "ecs": PackageResources.ecs_yaml
      case "slb": PackageResources.slb_yaml
      case "idc": PackageResources.idc_yaml
      case "zone": PackageResources.zone_yaml
      case "inbound-missing": PackageResources.inbound_missing_yaml
      case "inbound-shadowed": PackageResources.inbound_shadowed_yaml
      case "idc-overlap": PackageResources.idc_overlap_yaml
      case "tokens": PackageResources.tokens_yaml
      case "service-role": PackageResources.service_role_yaml
      case "maven": PackageResources.maven_yaml
      case "rotate": PackageResources.rotate_yaml
      case "image": PackageResources.image_yaml
      default: nil
      }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
