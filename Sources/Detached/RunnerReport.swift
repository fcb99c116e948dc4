import SecureBuild

/// What a runner that is being started says to who started it: one line.
enum RunnerReport: Equatable {
  case works
  case anotherWorks
  case failed(String)

  init(_ start: BuildRunner.Start) {
    switch start {
    case .works: self = .works
    case .anotherWorks: self = .anotherWorks
    }
  }

  init?(line: String) {
    switch line.split(separator: " ", maxSplits: 1).first {
    case "works": self = .works
    case "another": self = .anotherWorks
    case "failed": self = .failed(String(line.dropFirst(7)))
    default: return nil
    }
  }

  var line: String {
    switch self {
    case .works: "works"
    case .anotherWorks: "another works"
    case .failed(let words): "failed \(words)"
    }
  }
}
