import FlatFiles
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

  fileprivate struct Content {
    /// By workspace id.
    var regions: [String: String] = [:]
    /// By workspace id, then by form; field ids and what was typed.
    var forms: [String: [String: [String: String]]] = [:]
  }

  init(path: String) {
    self.path = path
    content = Self.read(path)
  }

  func region(of workspace: Workspace) -> String? { content.regions[workspace.store.header.id] }

  func setRegion(_ region: String, of workspace: Workspace) {
    guard self.region(of: workspace) != region else { return }
    change { $0.regions[workspace.store.header.id] = region }
  }

  /// The forms that were left half filled.
  func forms(of workspace: Workspace) -> [FormName] {
    (content.forms[workspace.store.header.id] ?? [:]).keys.sorted().compactMap { FormName(key: $0) }
  }

  /// The fields of a form as they were left, by whichever console.
  func form(_ form: FormName, of workspace: Workspace) -> [String: String]? {
    content = Self.read(path)
    return content.forms[workspace.store.header.id]?[form.key]
  }

  func keep(_ fields: [String: String]?, form: FormName, of workspace: Workspace) {
    guard self.form(form, of: workspace) != fields else { return }
    change { $0.forms[workspace.store.header.id, default: [:]][form.key] = fields }
  }

  private static func read(_ path: String) -> Content {
    (try? SettingsFile.text(of: path).get()).flatMap(Content.init(text:)) ?? Content()
  }

  /// Changes what the file has by now: another console writes it as well.
  private func change(_ change: (inout Content) -> Void) {
    content = Self.read(path)
    change(&content)
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? Data(content.text).write(to: URL(filePath: path), options: .atomic)
  }
}

/// As JSON by hand: a library's decoder would cost the start more than all else that it reads.
extension Memory.Content {
  fileprivate init?(text: String) {
    guard case .object(let members)? = JSONValue(text: text), let regions = Self.texts(members["regions"]),
      case .object(let workspaces)? = members["forms"]
    else { return nil }
    self.regions = regions
    for (workspace, value) in workspaces {
      guard case .object(let forms) = value else { return nil }
      for (form, fields) in forms {
        guard let fields = Self.texts(fields) else { return nil }
        self.forms[workspace, default: [:]][form] = fields
      }
    }
  }

  private static func texts(_ value: JSONValue?) -> [String: String]? {
    guard case .object(let members)? = value else { return nil }
    let texts = members.compactMapValues(\.text)
    return texts.count == members.count ? texts : nil
  }

  fileprivate var text: [UInt8] {
    func object(_ texts: [String: String]) -> JSONValue { .object(texts.mapValues(JSONValue.string)) }
    let forms = forms.mapValues { JSONValue.object($0.mapValues(object)) }
    return JSONValue.object(["regions": object(regions), "forms": .object(forms)]).canonical
  }
}
