import FoundationEssentials
import SecureBuild
import TerminalUI

/// What outlives the program but isn't worth a transaction: the region shown last, and half-filled forms (never a
/// token). A file of its own, replaced whole; one that can't be read counts as empty, one that can't be written is
/// no reason to stop.
@ScreenActor
final class Memory {
  private let path: String
  private var content: Content

  private struct Content: Codable {
    /// By workspace id.
    var regions: [String: String] = [:]
    /// By workspace id, then by form; field ids and what was typed.
    var forms: [String: [String: [String: String]]] = [:]
  }

  init(path: String) {
    self.path = path
    let data = try? Data(contentsOf: URL(filePath: path))
    content = data.flatMap { try? JSONDecoder().decode(Content.self, from: $0) } ?? Content()
  }

  func region(of workspace: Workspace) -> String? { content.regions[workspace.store.header.id] }

  func setRegion(_ region: String, of workspace: Workspace) {
    guard self.region(of: workspace) != region else { return }
    content.regions[workspace.store.header.id] = region
    save()
  }

  /// The forms that were left half filled.
  func forms(of workspace: Workspace) -> [FormName] {
    (content.forms[workspace.store.header.id] ?? [:]).keys.sorted().compactMap { FormName(key: $0) }
  }

  /// The fields of a form as they were left.
  func form(_ form: FormName, of workspace: Workspace) -> [String: String]? {
    content.forms[workspace.store.header.id]?[form.key]
  }

  func keep(_ fields: [String: String]?, form: FormName, of workspace: Workspace) {
    guard self.form(form, of: workspace) != fields else { return }
    content.forms[workspace.store.header.id, default: [:]][form.key] = fields
    save()
  }

  private func save() {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(content) else { return }
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? data.write(to: URL(filePath: path), options: .atomic)
  }
}
