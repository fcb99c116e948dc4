import ArgumentParser
import CTerminal
import Glibc
import SecureBuild
import Synchronization
import TerminalUI

/// From the arguments to the exit status.
enum Program {
  static func run() -> Never {
    // Before anything is opened.
    StandardStream.fillClosed()
    let secrets = ProcessEnvironment.takeSecrets()
    signal(SIGPIPE, SIG_IGN)
    do {
      // The console alone needs no parser, and is there sooner.
      if CommandLine.arguments.count == 1 { OpenConsole.run(try Invocation()) }
      if let refusal = CommandWords.refusal(of: Array(CommandLine.arguments.dropFirst())) { throw refusal }
      switch try AcrConsole.parseAsRoot() {
      case let root as AcrConsole where root.conversation.plain:
        try PlainConversation.refuse([], root.common)
        let invocation = try Invocation(root.common, isPlain: true)
        run(invocation) { try await PlainConversation.hold(.everything, invocation) }
      case let root as AcrConsole: OpenConsole.run(try Invocation(root.common, theme: root.theme))
      case let command as any ScreenCommand: show(command, try Invocation(command.common, secrets: secrets))
      case let command as any Command:
        let invocation = try Invocation(command.common, secrets: secrets, isPlain: command.isPlain)
        run(invocation, heedsHangUp: command.heedsHangUp) { try await command.run(invocation) }
      case var other: try other.run()
      }
    } catch {
      end(UnknownOption.error(insteadOf: error), UsageError.output)
    }
    exit(0)
  }

  /// Shows a command's screen here, on the main thread.
  private static func show(_ command: any ScreenCommand, _ invocation: Invocation) -> Never {
    // Before any thread starts: all inherit it.
    Signals.blockForScreen()
    do { exit(OpenConsole.status(of: try command.show(invocation))) } catch { end(error, invocation.output) }
  }

  /// Runs a command in a task, so that Ctrl-C, SIGTERM and SIGHUP cancel it and it can put everything back;
  /// a second one ends the process at once.
  private static func run(
    _ invocation: Invocation, heedsHangUp: Bool = true, _ command: @escaping @Sendable () async throws -> Void
  ) -> Never {
    let signals = [SIGINT, SIGTERM, SIGHUP]
    // Before any thread starts: all inherit it.
    _ = acr_block_signals(signals, signals.count)
    let caught = acr_signalfd(signals, signals.count)
    let done = acr_eventfd()
    let outcome = Mutex<(any Error)?>(nil)
    let task = Task.detached {
      do { try await command() } catch { outcome.withLock { $0 = error } }
      var one: UInt64 = 1
      _ = write(done, &one, MemoryLayout.size(ofValue: one))
    }
    while !wait(for: done, or: caught) {
      let signal = acr_next_signal(caught)
      guard signal >= 0, heedsHangUp || signal != SIGHUP else { continue }
      if task.isCancelled { exit(Code.cancelled.exitStatus) }
      task.cancel()
    }
    if let error = outcome.withLock({ $0 }) { end(error, invocation.output) }
    exit(0)
  }

  /// Whether the task is done; else a signal has come.
  private static func wait(for done: Int32, or caught: Int32) -> Bool {
    var polled = [
      pollfd(fd: done, events: Int16(POLLIN), revents: 0), pollfd(fd: caught, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&polled, 2, -1) < 0 && errno == EINTR {}
    return polled[0].revents != 0
  }

  /// What the parser answers by itself. Only help is words of a language.
  private static func answer(_ error: any Error) -> String {
    let text = AcrConsole.fullMessage(for: error)
    guard HelpLanguage.current == .chinese, text.hasPrefix("OVERVIEW: ") || text.hasPrefix("USAGE: ") else {
      return text
    }
    return HelpWords.chinese(
      AcrConsole.fullMessage(for: error, columns: HelpWords.unbroken), width: HelpWords.terminalWidth)
  }

  private static func end(_ error: any Error, _ output: Output) -> Never {
    let refusal: Refusal
    switch error {
    case let known as Refusal: refusal = known
    case let build as EndedBuild:
      build.report(output)
      exit(build.exitStatus)
    case is CancellationError: refusal = Refusal(error)
    case _ where AcrConsole.exitCode(for: error).isSuccess:
      // Help, a version, a completion script.
      try? StandardStream.output.write(answer(error) + "\n")
      exit(0)
    case _ where AcrConsole.exitCode(for: error) == .validationFailure:
      UsageError(error).report(output)
      exit(Code.usage.exitStatus)
    default: refusal = Refusal(error)
    }
    output.report(refusal)
    exit(refusal.code.exitStatus)
  }
}
