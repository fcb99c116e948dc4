import Detached

/// What a server that is being started says to who started it: one line.
enum ServerReport: Equatable {
  /// It listens; connections succeed from now on.
  case ready
  /// Another server holds the lock.
  case busy
  /// A port is taken, by which process where that can be known.
  case taken(port: Int, by: PortHolder?)
  case failed(String)

  init?(line: String) {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    switch words.first {
    case "ready": self = .ready
    case "busy": self = .busy
    case "taken" where words.count >= 2:
      guard let port = Int(words[1]) else { return nil }
      let process = words.count > 2 ? Int32(words[2]) : nil
      self = .taken(port: port, by: process.map { PortHolder(process: $0, command: words.count > 3 ? words[3] : "") })
    case "failed": self = .failed(String(line.dropFirst(7)))
    default: return nil
    }
  }

  var line: String {
    switch self {
    case .ready: "ready"
    case .busy: "busy"
    case .taken(let port, let holder): "taken \(port)" + (holder.map { " \($0.process) \($0.command)" } ?? "")
    case .failed(let words): "failed \(words)"
    }
  }

  /// Says the line, and closes the descriptor.
  func write(to descriptor: Int32) { DetachedProgram.say(line, to: descriptor) }
}
