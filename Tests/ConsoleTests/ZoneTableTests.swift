import Foundation
import TerminalUI
import Testing

@testable import Console
@testable import SecureBuild

@Suite("A workspace's own zone table, in the console", .serialized)
struct ZoneTableTests {
  private static let head = "cloud\tregion\tname_zh\tname_en\tzone\n"

  @ScreenActor
  private func story(_ text: String) throws -> Story {
    try Story(.own, size: Size(width: 120, height: 40)) { workspace in
      try Worlds.plain(workspace)
      try Data(text.utf8).write(to: URL(filePath: workspace.path + "/zones.tsv"))
    }
  }

  @Test("A faulty one is said when the workspace opens and on its page; the built-in one is in force")
  func faulty() async throws {
    try await onScreen {
      let story = try story(Self.head + "public\tcn-mars\n")
      story.settle()
      await story.see("zones.tsv:2:8: ")
      story.type("r")
      await story.see("Zone table of \(ZoneTable.date)")
      story.press(.escape)
      story.type("gw")
      await story.see("⚠ zones.tsv:2:8: ")
    }
  }

  @Test("A good one is named where regions are chosen, and on the workspace's page")
  func good() async throws {
    try await onScreen {
      let story = try story(Self.head + "public\tcn-mars\t火星\tMars\tcn-mars-b\n")
      story.settle()
      story.type("r")
      await story.see("Zone table of the workspace, zones.tsv")
      story.press(.escape)
      story.type("gw")
      await story.see("the workspace, zones.tsv")
    }
  }
}
