import Foundation
import Testing

@Suite("The man page")
struct ManualTests {
  private struct Described {
    /// `acr-console link create`
    var commands: [String] = []
    /// Each with the command that takes it: `--gitlab-ip`.
    var options: [(command: String, name: String)] = []
  }

  /// What the parser itself says there is.
  private func described(_ sandbox: Sandbox) async throws -> Described {
    let dump = try await sandbox.run("--experimental-dump-help").object
    var described = Described()
    func walk(_ command: [String: Any], _ path: [String]) {
      guard command["shouldDisplay"] as? Bool != false, let name = command["commandName"] as? String else { return }
      let path = path + [name]
      described.commands.append(path.joined(separator: " "))
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        for name in argument["names"] as? [[String: String]] ?? [] where name["kind"] == "long" {
          described.options.append((path.joined(separator: " "), name["name"] ?? ""))
        }
      }
      for inner in command["subcommands"] as? [[String: Any]] ?? [] { walk(inner, path) }
    }
    walk(try #require(dump["command"] as? [String: Any]), [])
    return described
  }

  @Test("every command and every option is in it", arguments: ["en", "zh"])
  func complete(_ language: String) async throws {
    let sandbox = try Sandbox()
    let page = try await sandbox.run("man --language \(language)").output.replacing("\\-", with: "-")
    let described = try await described(sandbox)
    #expect(described.commands.count > 30 && described.options.count > 100)
    for command in described.commands.dropFirst() {
      #expect(page.contains(".Ss \(command)\n"), "\(command)")
    }
    let common = ["workspace", "language", "format", "version", "help"]
    for (command, option) in described.options where !common.contains(option) && command != "acr-console" {
      let part = try #require(
        page.components(separatedBy: ".Ss \(command)\n").last?.components(separatedBy: ".Ss ").first)
      #expect(part.contains("Fl -\(option)"), "\(command) --\(option)")
    }
    let options = try #require(page.components(separatedBy: language == "en" ? ".Sh OPTIONS\n" : ".Sh 选项\n").last)
    for option in common + ["theme"] {
      #expect(options.contains(".It Fl -\(option)") || options.contains("Fl -\(option)\n"))
    }
  }

  @Test("exit statuses, variables, files, settings and keys are in it")
  func surroundings() async throws {
    let page = try await Sandbox().run("man").output
    for words in [
      ".Sh EXIT STATUS", ".Sh ENVIRONMENT", ".Sh FILES", ".Sh SETTINGS", ".Sh KEYS", ".It Li 64", ".It Li 69",
      ".It Li 74",
      ".It Li 75", ".It Li 130", "ACR_CONSOLE_WORKSPACE", "ACR_CONSOLE_GITLAB_TOKEN", "XDG_STATE_HOME", "NO_COLOR",
      "settings.toml", "escape_delay_ms", "[keys]", "Ctrl-O", "Action: go-security-group.",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test(
    "mandoc finds nothing to mend in it", .enabled(if: Installed.has("mandoc"), "mandoc is not installed: NOT tested"),
    arguments: ["en", "zh"])
  func lint(_ language: String) async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/acr-console.1"
    try sandbox.write(try await sandbox.run("man --language \(language)").output, to: file)
    let mandoc = try #require(Installed.path(of: "mandoc"))
    // In Chinese, what is said of the English language's style doesn't count.
    let checked = try await RunningProgram(
      [mandoc, "-T", "lint", "-W", language == "en" ? "style" : "warning", file], environment: sandbox.environment()
    ).finish()
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked.output)")
    let shown = try await RunningProgram(
      [mandoc, "-T", "utf8", file], environment: sandbox.environment(["LANG": "C.UTF-8"])
    ).finish()
    let plain = shown.output.replacing(/.\u{8}/, with: "")
    #expect(plain.contains("--gitlab-ip ip") && plain.contains("acr-console link create"))
  }

  @Test(
    "man shows it without a complaint",
    .enabled(if: Installed.has("man") && Installed.has("groff"), "no man: NOT tested"))
  func man() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/acr-console.1"
    try sandbox.write(try await sandbox.run("man").output, to: file)
    let shown = try await RunningProgram(
      [try #require(Installed.path(of: "man")), "--warnings", "-l", file],
      environment: sandbox.environment(["LANG": "C.UTF-8", "MANPAGER": "cat", "MANWIDTH": "80"])
    ).finish()
    #expect(shown.status == 0 && shown.error.isEmpty, "\(shown.error)")
    #expect(shown.output.contains("acr-console link create"))
  }
}
