import Foundation
import Glibc
import Spawning
import Testing

/// A bare pseudo-terminal, for what a terminal emulator hides: the line hangs up, signals come, settings must be as they
/// were, bytes count.
final class RawTerminal {
  private let master: Int32
  /// Kept open so that settings can be looked at when the program is gone.
  private let slave: Int32
  private let name: String
  private var process: pid_t = -1
  private var isLeaderShell = false
  /// Every byte that was written to it.
  private(set) var output: [UInt8] = []

  /// - Parameter size: width and height; (0, 0) for a line that doesn't know.
  init(width: UInt16 = 80, height: UInt16 = 24) throws {
    let terminal = try PseudoTerminal(width: width, height: height)
    (master, slave, name) = (terminal.master, terminal.slave, terminal.name)
  }

  deinit {
    if process > 0 {
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if !isHungUp { close(master) }
    close(slave)
  }

  /// Starts the program as the leader of the terminal's session: no shell could let it go on.
  func run(_ command: [String], environment: [String: String]) throws {
    process = try Spawn.start(command, environment: environment, terminal: name)
  }

  /// Starts the program under a shell that says `[ended N]` after it and waits for a line; so the terminal's settings
  /// are those that the program left.
  func runUnderShell(_ command: [String], environment: [String: String]) throws {
    isLeaderShell = true
    let script = #""$@"; printf '[ended %d]' $?; read -r _"#
    process = try Spawn.start(["/bin/sh", "-c", script, "sh"] + command, environment: environment, terminal: name)
  }

  // MARK: What happens to it

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  private var isHungUp = false

  /// The line drops.
  func hangUp() {
    guard !isHungUp else { return }
    isHungUp = true
    close(master)
  }

  /// Types text and waits until the program has taken it from the line, whatever it does with it; nothing is read.
  func feed(_ text: String) async throws {
    type(text)
    let taken = try await Patience.wait {
      var left: Int32 = 0
      return ioctl(slave, UInt(FIONREAD), &left) == 0 && left == 0 ? true : nil
    }
    if taken == nil {
      throw Unseen(what: "for its input to be taken", screen: [], ending: nil, place: #_sourceLocation)
    }
  }

  /// Gives the line a speed in bits a second, as a serial one has it.
  func setSpeed(_ speed: speed_t) {
    var settings = termios()
    tcgetattr(slave, &settings)
    cfsetspeed(&settings, speed)
    tcsetattr(slave, TCSANOW, &settings)
  }

  /// Takes what was written, but no more than so many bytes.
  func carry(_ most: Int) {
    var chunk = [UInt8](repeating: 0, count: most)
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, 0) > 0, polled.revents & Int16(POLLIN) != 0 else { return }
    let count = read(master, &chunk, most)
    if count > 0 { output += chunk[..<count] }
  }

  /// Waits until the started process has ended, and reads nothing of what it writes.
  func endedUnread(within bound: Duration = Patience.bound) async throws -> Ending? {
    let ending: Ending? = try await Patience.wait(within: bound) {
      var status: Int32 = 0
      return waitpid(process, &status, WNOHANG) == process ? Ending(status: status) : nil
    }
    if ending != nil { process = -1 }
    return ending
  }

  func resize(width: UInt16, height: UInt16) {
    var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Sends a signal to the program, not to its shell.
  func signal(_ number: Int32) { kill(program, number) }

  /// The program's process: the shell's child where there is a shell.
  var program: pid_t {
    guard isLeaderShell else { return process }
    let children = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return children?.split(separator: " ").first.flatMap { pid_t($0) } ?? -1
  }

  // MARK: What can be seen

  /// The settings of the line.
  var settings: LineSettings {
    var settings = termios()
    tcgetattr(slave, &settings)
    return LineSettings(
      input: settings.c_iflag, output: settings.c_oflag, control: settings.c_cflag, local: settings.c_lflag)
  }

  struct LineSettings: Equatable {
    let input, output, control, local: tcflag_t
    /// Whether typed characters are shown, as at a shell's prompt.
    var echoes: Bool { local & tcflag_t(ECHO) != 0 }
  }

  /// What was written, as text; its escape sequences too.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// Waits until this was written since `mark`, an earlier count of the output's bytes.
  func wrote(
    _ wanted: String, since mark: Int = 0, within bound: Duration = Patience.bound,
    at place: SourceLocation = #_sourceLocation
  ) async throws {
    let seen = try await Patience.wait(within: bound) {
      drain()
      return String(decoding: output.dropFirst(mark), as: UTF8.self).contains(wanted) ? true : nil
    }
    if seen == nil { throw unseen("\(wanted.debugDescription)", place) }
  }

  /// Waits until nothing more has come for a while: the program has drawn what it had to draw.
  func settled() async throws {
    var quiet = 0
    _ = try await Patience.wait {
      quiet = drain() ? 0 : quiet + 1
      return quiet >= 10 ? true : nil
    }
  }

  /// Waits until the started process has ended or stopped.
  func ended(within bound: Duration = Patience.bound, at place: SourceLocation = #_sourceLocation) async throws
    -> Ending
  {
    let ending = try await Patience.wait(within: bound) {
      drain()
      var status: Int32 = 0
      return waitpid(process, &status, WNOHANG | WUNTRACED) == process ? Ending(status: status) : nil
    }
    guard let ending else { throw unseen("the end of the program", place) }
    drain()
    if case .stopped = ending {} else { process = -1 }
    return ending
  }

  private func unseen(_ what: String, _ place: SourceLocation) -> Unseen {
    let shown = text.suffix(4000).replacing("\u{1b}", with: "␛")
    return Unseen(what: "for \(what)", screen: [String(shown)], ending: nil, place: place)
  }

  /// Takes what was written; whether there was anything.
  @discardableResult
  private func drain() -> Bool {
    guard !isHungUp else { return false }
    var any = false
    var chunk = [UInt8](repeating: 0, count: 65536)
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&polled, 1, 0) > 0, polled.revents & Int16(POLLIN) != 0 {
      let count = read(master, &chunk, chunk.count)
      guard count > 0 else { break }
      output += chunk[..<count]
      any = true
    }
    return any
  }
}
