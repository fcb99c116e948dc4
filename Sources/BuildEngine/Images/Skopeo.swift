import FoundationEssentials
import Glibc
import SecureBuild

/// How skopeo is run: with files of its own in place of any of the user's, and no environment but its own.
struct Skopeo: Sendable {
  let programs: any ProgramRunner
  /// Its current folder, and that of its temporary files.
  let folder: String
  /// The file that says nothing of registries, so that no other one is read.
  private let registries: String
  /// What an administrator demands of images holds for those that come in; a user's own files don't count.
  private let policy: [String]
  /// The longest that one call may take.
  private let limit: Duration?
  private let silence: Duration?
  /// It may wait for a registry for long after this process is gone, where nothing ends it.
  private let isTied: Bool

  /// On this machine, in a folder that only this user can look into.
  init(
    _ programs: any ProgramRunner, in folder: String, limit: Duration?, silence: Duration? = nil
  ) throws(FileFault) {
    let registries = "\(folder)/registries.conf"
    if access(registries, F_OK) != 0 { try Files.replace(registries, with: []) }
    self.init(
      programs, isTied: true, in: folder, registries: registries,
      policy: access("/etc/containers/policy.json", R_OK) == 0 ? [] : ["--insecure-policy"], limit: limit,
      silence: silence)
  }

  /// Inside a cell, for an image that was built here.
  /// - Parameter registries: an empty file, by its path there.
  init(inCell programs: any ProgramRunner, folder: String, registries: String, limit: Duration, silence: Duration) {
    self.init(
      programs, isTied: false, in: folder, registries: registries, policy: ["--insecure-policy"], limit: limit,
      silence: silence)
  }

  private init(
    _ programs: any ProgramRunner, isTied: Bool, in folder: String, registries: String, policy: [String],
    limit: Duration?,
    silence: Duration?
  ) {
    self.programs = programs
    self.isTied = isTied
    self.folder = folder
    self.registries = registries
    self.policy = policy
    self.limit = limit
    self.silence = silence
  }

  /// Runs it and takes what it prints, up to the size of a document.
  /// - Throws: `ProgramFault` where it isn't there, `FileFault`, `CancellationError`.
  func ask(_ arguments: [String]) async throws -> ProgramAnswer {
    try await programs.capture(try call(arguments), limit: ImageLayout.documentLimit + 1)
  }

  /// Runs it and hands on what it says as it comes.
  func run(_ arguments: [String], output: @escaping @Sendable ([UInt8]) throws -> Void) async throws -> ProgramEnd {
    try await programs.run(try call(arguments), output: output)
  }

  private func call(_ arguments: [String]) throws -> ProgramCall {
    let own = [
      "HOME": folder, "TMPDIR": folder, "XDG_RUNTIME_DIR": folder, "CONTAINERS_REGISTRIES_CONF": registries,
    ]
    var call = ProgramCall(
      try Programs.need("skopeo"), policy + arguments, environment: Programs.environment.merging(own) { $1 },
      folder: folder, limit: limit, silence: silence)
    call.isTied = isTied
    return call
  }

  /// The options by which an image of a platform is chosen from a list.
  static func choosing(_ platform: BuildPlatform) -> [String] {
    let parts = platform.parts
    return ["--override-os", parts.os, "--override-arch", parts.architecture]
      + (parts.variant.map { ["--override-variant", $0] } ?? [])
  }
}

extension ProgramAnswer {
  /// What skopeo complained about at last, one line without time and level; how it ended where it said nothing.
  var skopeoWords: String {
    let lines = errorText.split(whereSeparator: \.isNewline)
    let fatal = lines.last { $0.contains("level=fatal") } ?? lines.last
    guard let fatal else { return ending }
    var words = Self.message(fatal)
    // “Error initializing source docker://host/name:tag: reading manifest …”: the place is said by who asks.
    for start in ["Error parsing image name ", "Error initializing source ", "initializing source "]
    where words.hasPrefix(start) {
      if let colon = words.firstRange(of: ": ") { words = String(words[colon.upperBound...]) }
    }
    return PlainLine.of(words)
  }

  private var ending: String {
    switch end {
    case .exited(let status): "skopeo ended with status \(status)"
    case .signalled(let signal): "skopeo was ended by signal \(signal)"
    case .timedOut, .silent: "no answer in time"
    }
  }

  /// `msg="…"` of a log line, or the line.
  private static func message(_ line: Substring) -> String {
    guard let start = line.firstRange(of: "msg=\"") else { return String(line) }
    var text = ""
    var isEscaped = false
    for character in line[start.upperBound...] {
      if isEscaped {
        text.append(character == "n" || character == "t" ? " " : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        break
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// Words of a program or server, fit for a sentence: one line, no control characters, not long.
enum PlainLine {
  static let limit = 300

  static func of(_ text: some StringProtocol, limit: Int = limit) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if let last = kept.last, last != " " { kept.append(" ") }
        continue
      }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: continue
      default: kept.append(scalar)
      }
    }
    if kept.last == " " { kept.removeLast() }
    let line = String(kept)
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }
}
