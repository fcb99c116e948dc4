import Glibc

/// A terminal that a program under test sits at: what it shows, and what is typed.
final class PseudoTerminal {
  let name: String
  private let master: Int32
  private let slave: Int32
  private var shownBytes: [UInt8] = []

  init() throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0 else { throw SystemFault("openpty", errno) }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    (self.master, self.slave) = (master, slave)
    guard let path = ttyname(slave) else { throw SystemFault("ttyname", errno) }
    name = String(cString: path)
  }

  deinit {
    close(slave)
    close(master)
  }

  /// Whether what is typed is shown, as far as the terminal is concerned.
  var echoes: Bool {
    var settings = termios()
    return tcgetattr(slave, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Waits until the terminal has the echo on or off.
  func waitForEcho(_ wanted: Bool, within bound: Duration = .seconds(30)) -> Bool {
    let deadline = ContinuousClock.now + bound
    while echoes != wanted {
      guard ContinuousClock.now < deadline else { return false }
      usleep(2000)
    }
    return true
  }

  /// Waits until it shows `text`.
  func shows(_ text: String, within bound: Duration = .seconds(30)) -> Bool {
    let deadline = ContinuousClock.now + bound
    while !shown.contains(text) {
      guard ContinuousClock.now < deadline else { return false }
      read(waiting: 50)
    }
    return true
  }

  /// Everything that it has shown.
  var shown: String {
    read(waiting: 0)
    return String(decoding: shownBytes, as: UTF8.self)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Takes what it shows, waiting for something at most so long.
  func read(waiting milliseconds: Int32) {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    var wait = milliseconds
    while poll(&polled, 1, wait) > 0, polled.revents & Int16(POLLIN) != 0 {
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(master, &chunk, chunk.count)
      guard count > 0 else { return }
      shownBytes += chunk[..<count]
      wait = 0
    }
  }
}
