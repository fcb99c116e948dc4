import SecureBuild
import TerminalUI

/// States by shape, word and role, so that colour alone never tells.
extension InstanceStatus {
  var mark: (shape: String, role: Role) {
    switch self {
    case .running: ("●", .statusOk)
    case .pending, .starting: ("◐", .statusBusy)
    case .stopping, .deleting: ("◐", .statusWarn)
    case .stopped, .deleted, .other: ("○", .statusUnknown)
    case .initError: ("✗", .statusError)
    }
  }
}

extension CodeSource.Status {
  var mark: (shape: String, role: Role) {
    switch self {
    case .bound: ("●", .statusOk)
    case .binding: ("◐", .statusBusy)
    case .unbound: ("○", .statusUnknown)
    case .invalid: ("✗", .statusError)
    }
  }
}

extension SecurityGroup.State {
  var mark: (shape: String, role: Role) {
    switch self {
    case .planned: ("○", .statusUnknown)
    case .expected: ("◐", .statusWarn)
    case .active: ("●", .statusOk)
    }
  }
}

extension GroupComparison {
  var mark: (shape: String, role: Role) {
    switch standing {
    case .same: ("✓", .statusOk)
    case .different: ("≠", .statusWarn)
    case .notImported, .ambiguous, .rulesUnknown: ("?", .statusUnknown)
    }
  }
}

extension GroupComparison.Line {
  var role: Role {
    switch verdict {
    case .same: .statusOk
    case .missing: .statusError
    case .different, .unplanned: .statusWarn
    case .deniesRest: .textMuted
    }
  }
}
