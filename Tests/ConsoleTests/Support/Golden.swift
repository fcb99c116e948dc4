import Foundation
import SecureBuild
import TerminalUI
import Testing

/// Screens kept as text files that a person can review in a diff. `ACR_RECORD=1 swift test` writes them anew.
enum Golden {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  /// Every size in every language.
  static let variants: [(size: Size, language: Language)] = sizes.flatMap { size in
    Language.allCases.map { (size, $0) }
  }

  static func check(
    _ lines: [String], _ name: String, _ variant: (size: Size, language: Language),
    _ location: SourceLocation = #_sourceLocation
  ) {
    let size = "\(variant.size.width)x\(variant.size.height)"
    check(lines, file: "\(name).\(size).\(variant.language.rawValue).txt", location)
  }

  /// - Parameter file: its path in the folder of golden files.
  static func check(_ lines: [String], file: String, _ location: SourceLocation = #_sourceLocation) {
    let file = folder.appending(path: file)
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["ACR_RECORD"] != nil {
      try? text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let wanted = try? String(contentsOf: file, encoding: .utf8)
    if wanted != text {
      Issue.record(
        "differs from \(file.lastPathComponent); it is now:\n\(text)\nit should be:\n\(wanted ?? "(no such file)")",
        sourceLocation: location)
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden")
}
