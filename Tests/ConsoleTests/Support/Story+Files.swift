import FlatFiles
import Foundation
import SecureBuild

@testable import Console

extension Story {
  /// The workspace as another process opens it.
  func launchAgain() throws -> Workspace {
    Workspace(store: try Store(opening: folder), surroundings: world.surroundings)
  }

  /// The paths of all files beside and in the workspace that hold a text.
  func files(containing text: String) throws -> [String] {
    var found: [String] = []
    for root in [folder, folder + ".state"] {
      for name in FileManager.default.enumerator(atPath: root) ?? FileManager.DirectoryEnumerator() {
        guard let name = name as? String, let data = FileManager.default.contents(atPath: "\(root)/\(name)") else {
          continue
        }
        if String(decoding: data, as: UTF8.self).contains(text) { found.append("\(root)/\(name)") }
      }
    }
    return found
  }

}
