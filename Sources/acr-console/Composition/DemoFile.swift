import Console
import SecureBuild

/// A demo's script in a file.
enum DemoFile {
  /// - Throws: `Refusal` where it can't be read.
  static func read(_ path: String) throws -> (script: DemoScript?, faults: [DemoFault]) {
    let bytes = try GivenFile.read(path, most: 1 << 20, else: .invalidDemo)
    return DemoScript.read(String(decoding: bytes, as: UTF8.self), name: path)
  }

  /// A demo in the program, or the script in a file.
  /// - Throws: `Refusal` `InvalidDemo` where there is neither, or where something is wrong with it.
  static func script(_ name: String) throws -> DemoScript {
    if let shipped = DemoScript.shipped.first(where: { $0.name == name }) { return shipped }
    guard name.contains("/") || name.contains(".") || name == "-" else { throw noSuch(name) }
    let (script, faults) = try read(name)
    guard let script else { throw refusal(faults, in: name) ?? noSuch(name) }
    return script
  }

  static func sentence(_ fault: DemoFault, in file: String) -> Phrase {
    let place = "\(file):\(fault.line):\(fault.column): "
    return Phrase(place + fault.message.en, place + fault.message.zh)
  }

  /// Why a script can't be played: the first thing that is wrong; nil where nothing is.
  static func refusal(_ faults: [DemoFault], in file: String) -> Refusal? {
    guard let first = faults.first else { return nil }
    return Refusal(
      .invalidDemo, message: sentence(first, in: file),
      mend: faults.count == 1
        ? Phrase("Nothing else is wrong with it.", "没有其他问题。")
        : Phrase(
          "\(faults.count - 1) more: `acr-console demo check` tells them all.",
          "另有 \(faults.count - 1) 处，`acr-console demo check` 会全部列出。"))
  }

  private static func noSuch(_ name: String) -> Refusal {
    let known = DemoScript.shipped.map(\.name).joined(separator: ", ")
    return Refusal(
      .invalidDemo, message: Phrase("There is no demo “\(name)”.", "没有名为“\(name)”的演示。"),
      mend: Phrase("There are: \(known). A script's file is named with its path.", "可用的演示：\(known)。脚本文件请写出路径。"))
  }
}

extension Refusal {
  init(_ failure: DemoFailure, in demo: String) {
    self.init(
      .demoStuck, message: Phrase("\(demo): \(failure.sentence.en)", "\(demo)：\(failure.sentence.zh)"),
      mend: Phrase(
        "Mend the step by what was on the screen then: without --format json it is printed.",
        "请对照当时的屏幕修正该步骤：不使用 --format json 时会输出该屏幕。"))
  }

  static func demoEndedEarly(_ demo: String) -> Refusal {
    Refusal(
      .demoStuck, message: Phrase("\(demo) ended before its last step.", "\(demo) 在最后一步之前结束。"),
      mend: Phrase("Its script quits the console: leave that key out.", "其脚本退出了控制台：请去掉该按键。"))
  }
}

extension DemoScript: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("Name", "名称")) { script, _ in script.name },
      Column(Phrase("Captions", "字幕")) { script, _ in String(script.scenes) },
      Column(Phrase("Takes", "时长")) { script, language in
        let seconds = script.seconds(in: language)
        return Phrase("\(seconds) s", "\(seconds) 秒")(language)
      },
      Column(Phrase("Title", "标题"), width: .max) { script, language in script.title(language) },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Name": .string(name), "Title": .string(title(language)), "Scenes": .number(scenes),
      "Seconds": .number(seconds(in: language)),
    ]
  }
}

extension DemoFault {
  func json(_ language: Language) -> JSONText {
    ["Line": .number(line), "Column": .number(column), "Message": .string(message(language))]
  }
}
