import FlatFiles
import SecureBuild
import TerminalUI
import Training

/// Writes what a screen shows into a recording. Tokens never get that far: they are masked in the picture, before any of
/// it is turned into what a terminal is sent.
@ScreenActor
final class CastRecorder {
  private let app: App
  private let file: CastFile
  private let title: String?
  private var encoder = FrameEncoder()
  private var size: Size?
  private let began = ContinuousClock.now
  /// Pauses that weren't made, and count.
  private var skipped = Duration.zero
  /// The tokens of the workspace that is shown.
  private var tokens: (workspace: String, secrets: [String]) = ("", [])

  init(of app: App, to file: CastFile, title: String? = nil) {
    self.app = app
    self.file = file
    self.title = title
  }

  func take(_ canvas: Canvas, _ theme: Theme) {
    if size != canvas.size {
      if size == nil { file.write(header: header(canvas.size)) } else { tell("r", canvas.size.text) }
      size = canvas.size
    }
    let text = encoder.encode(canvas.masked(known), theme)
    if !text.isEmpty { tell("o", text) }
  }

  func hear(_ news: DemoNews) {
    switch news {
    case .skipped(let pause): skipped += pause
    case .said(let phrase): if size != nil { tell("m", phrase(app.language)) }
    }
  }

  /// Leaves the player's terminal fit for others.
  func end() { if size != nil { tell("o", FrameEncoder.ending) } }

  private func tell(_ kind: String, _ text: String) {
    file.write(kind, text, at: began.duration(to: .now) + skipped)
  }

  private func header(_ size: Size) -> [String: JSONValue] {
    var header: [String: JSONValue] = [
      "version": .number("2"), "width": .number("\(size.width)"), "height": .number("\(size.height)"),
      "timestamp": .number("\(app.now.milliseconds / 1000)"), "env": .object(["TERM": .string("xterm-256color")]),
    ]
    header["title"] = title.map { .string($0) }
    return header
  }

  private var known: [String] {
    guard let workspace = app.workspace else { return [] }
    let id = workspace.store.header.id
    if tokens.workspace != id { tokens = (id, Self.secrets(of: workspace)) }
    return tokens.secrets
  }

  private static func secrets(of workspace: Workspace) -> [String] {
    guard workspace.kind == .training else { return workspace.storedSecrets() }
    return TrainingWorkspace.tokens(of: workspace.store.header).map(\.token.secret)
  }
}

extension Size {
  /// `80x24`.
  fileprivate var text: String { "\(width)x\(height)" }
}
