/// What a layer is drawn on. A role that says no paper of its own takes this one's, so that one status looks right on a
/// page and in a dialog.
public enum Paper: UInt8, CaseIterable, Sendable {
  case page, dialog

  /// The role that says how its blank looks.
  var role: Role {
    switch self {
    case .page: .page
    case .dialog: .dialog
    }
  }

  /// Its place beside the role's in a cell: above all roles.
  var bit: Int { Int(rawValue) << 7 }
}
