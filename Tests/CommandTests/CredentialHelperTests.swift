import Foundation
import Testing

/// Tokens and passwords in a git credential helper, by the real program and real helpers.
@Suite("Secrets in a git credential helper")
struct CredentialHelperTests {
  private static let planted = "glpat-PLANTED" + "x7Qz0123456789"
  private static let second = "glpat-PLANTED" + "b2Wy9876543210"
  private static let password = "geheim PLANTED %@:/"

  private func set(_ helper: String, in sandbox: Sandbox) throws {
    try sandbox.write("credential_helper = \"\(helper)\"\n", to: "\(sandbox.configuration)/settings.toml")
  }

  /// A helper that is a shell's script; `$1` is `get`, `store` or `erase`, and `keep` is a file of its own.
  private func script(_ text: String, in sandbox: Sandbox) throws -> String {
    let path = "\(sandbox.folder)/vault"
    try sandbox.write("#!/bin/sh\ncd '\(sandbox.folder)'\n\(text)\n", to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private func holders(of text: String, in sandbox: Sandbox) -> [String] {
    sandbox.files().filter { $0.value.range(of: Data(text.utf8)) != nil }.keys.sorted()
  }

  private func markers(in sandbox: Sandbox) -> [String] {
    sandbox.files().keys.filter { $0.hasPrefix("data/acr-console/secrets/") }.sorted()
  }

  @Test("with git-credential-store and -cache: kept there alone, rotated and rejected", arguments: ["store", "cache"])
  func kept(by kind: String) async throws {
    let plan = try await OwnPlan()
    let sandbox = plan.sandbox
    let socket = "\(sandbox.folder)/cache/socket"
    try set(
      kind == "store" ? "store --file=\(sandbox.folder)/kept" : "cache --timeout=60 --socket=\(socket)", in: sandbox)
    defer { if kind == "cache" { Self.endCache(at: socket) } }
    var said = ""
    func run(_ line: String, input: String = "") async throws -> Outcome {
      let outcome = try await sandbox.run(line, input: input)
      said += outcome.output + outcome.error
      #expect(outcome.status == 0, "\(line): \(outcome)")
      return outcome
    }
    said += try await plan.saveDraft(token: Self.planted).output
    let kept = kind == "store" ? ["kept"] : []
    #expect(holders(of: Self.planted, in: sandbox) == kept)
    let first = markers(in: sandbox)
    #expect(first.count == 1 && first[0].hasSuffix(".helper"))
    #expect(try await run("gitlab show \(plan.instance) --format json").object["TokenStored"] as? Bool == true)
    said += try await plan.saveDraft(token: Self.second).output
    #expect(holders(of: Self.planted, in: sandbox).isEmpty && holders(of: Self.second, in: sandbox) == kept)
    #expect(markers(in: sandbox).count == 1 && markers(in: sandbox) != first)
    // Read back for a try, which ends at an address that the link doesn't let out to.
    let check = try await sandbox.run("gitlab check \(plan.instance) --format json")
    #expect(check.code == "AddressNotAllowed", "\(check)")
    _ = try await run(
      "registry set \(plan.instance) --address registry.corp.example:5000 --username builder --password-stdin",
      input: Self.password + "\n")
    #expect(markers(in: sandbox).count == 2)
    #expect(try await run("workspace check --format json").object["Sound"] as? Bool == true)
    #expect(try await run("workspace check").error.isEmpty)
    _ = try await run("registry set \(plan.instance) --embedded")
    _ = try await run("gitlab unbind \(plan.instance) --yes")
    #expect(markers(in: sandbox).isEmpty && holders(of: "PLANTED", in: sandbox).isEmpty)
    #expect(!said.contains("PLANTED"))
  }

  private static func endCache(at socket: String) {
    let end = Process()
    end.executableURL = URL(filePath: "/usr/bin/git")
    end.arguments = ["credential-cache", "--socket=\(socket)", "exit"]
    try? end.run()
    end.waitUntilExit()
  }

  @Test("a token is in no argument and no variable, from the helper up to this program")
  func processes() async throws {
    let plan = try await OwnPlan()
    let helper = try script(
      """
      process=$$
      while [ "$(cat /proc/$process/comm)" != acr-console ]; do
        cat /proc/$process/cmdline /proc/$process/environ >>seen
        process=$(cut -d' ' -f4 /proc/$process/stat)
      done
      cat /proc/$process/cmdline /proc/$process/environ >>seen
      if [ "$1" = store ]; then cat >keep; elif [ "$1" = get ]; then cat keep; fi
      """, in: plan.sandbox)
    try set(helper, in: plan.sandbox)
    let outcome = try await plan.sandbox.run(
      "gitlab bind --instance \(plan.instance) --draft --format json",
      environment: ["ACR_CONSOLE_GITLAB_TOKEN": Self.planted])
    #expect(outcome.object["TokenStored"] as? Bool == true, "\(outcome.error)")
    #expect(holders(of: Self.planted, in: plan.sandbox) == ["keep"])
    let seen = try #require(plan.sandbox.files()["seen"])
    #expect(seen.range(of: Data("cd / && \(helper) store".utf8)) != nil)
    #expect(seen.range(of: Data("gitlab\0bind".utf8)) != nil)
  }

  @Test("a crash before the commit leaves nothing once another command has run")
  func crash() async throws {
    let plan = try await OwnPlan()
    // At the read-back the program is killed.
    let helper = try script(
      """
      if [ "$1" = store ]; then cat >keep; fi
      if [ "$1" = erase ]; then rm keep; fi
      if [ "$1" = get ] && [ -e kill ]; then
        rm kill
        process=$$
        while [ "$(cat /proc/$process/comm)" != acr-console ]; do process=$(cut -d' ' -f4 /proc/$process/stat); done
        kill -KILL $process
      elif [ "$1" = get ] && [ -e keep ]; then cat keep; fi
      """, in: plan.sandbox)
    try set(helper, in: plan.sandbox)
    try plan.sandbox.write("", to: "\(plan.sandbox.folder)/kill")
    #expect(try await plan.saveDraft(token: Self.planted).status != 0)
    #expect(holders(of: Self.planted, in: plan.sandbox) == ["keep"] && markers(in: plan.sandbox).count == 1)
    let check = try await plan.sandbox.run("workspace check --language en")
    #expect(check.status == 0 && check.output.contains("may still have a token"), "\(check)")
    _ = try await plan.sandbox.run("registry set \(plan.instance) --layout /srv/images")
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty && markers(in: plan.sandbox).isEmpty)
    #expect(try await plan.sandbox.run("gitlab show \(plan.instance)").status == 0)
  }

  @Test("what can't keep it is refused, with nothing in a file in its place", arguments: ["en", "zh"])
  func refused(_ language: String) async throws {
    let plan = try await OwnPlan()
    let useless = try script("cat >/dev/null", in: plan.sandbox)
    for (setting, word) in [
      ("credential_helper = \"nosuch\"", "git-credential-nosuch"), ("credential_helper = \"\(useless)\"", useless),
      ("credential_helper = \"!echo password=x\"", "credential_helper"), ("credential_helper = 5", "credential_helper"),
      ("theme = \ncredential_helper = \"store\"", "credential_helper"),
    ] {
      try plan.sandbox.write(
        "language = \"\(language)\"\n\(setting)\n", to: "\(plan.sandbox.configuration)/settings.toml")
      let outcome = try await plan.saveDraft(token: Self.planted)
      #expect(outcome.status == 69 && outcome.code == "CredentialHelperFailed", "\(setting): \(outcome)")
      #expect("\(outcome.refusal)".contains(word), "\(setting): \(outcome)")
    }
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty)
    // Nobody is told for ever after that one which isn't there may have it.
    #expect(plan.sandbox.files(in: "\(plan.sandbox.workspace)/secrets").isEmpty)
  }

  @Test("unbinding works without the helper, and says what it may still have")
  func gone() async throws {
    let plan = try await OwnPlan()
    try set("store --file=\(plan.sandbox.folder)/kept", in: plan.sandbox)
    _ = try await plan.saveDraft(token: Self.planted)
    try plan.sandbox.write("", to: "\(plan.sandbox.configuration)/settings.toml")
    let refusal = try await plan.sandbox.run("gitlab check \(plan.instance) --format json")
    #expect(refusal.status == 69 && refusal.code == "CredentialHelperFailed")
    let check = try await plan.sandbox.run("workspace check --format json")
    let finding = try #require((check.object["Findings"] as? [[String: Any]])?.first)
    #expect(check.status == 0 && finding["Kind"] as? String == "CREDENTIAL_HELPER")
    let unbound = try await plan.sandbox.run("gitlab unbind \(plan.instance) --yes")
    #expect(unbound.status == 0 && unbound.error.contains("may still have"), "\(unbound)")
    // What it says does it.
    try follow(unbound.error)
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty)
  }

  /// Does what a text says to do by hand.
  private func follow(_ text: String) throws {
    let command = try #require(text.split(separator: "`").first { $0.hasPrefix("printf ") })
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", String(command)]
    try shell.run()
    shell.waitUntilExit()
  }

  /// The findings of a check of a workspace without damage.
  private func findings(in sandbox: Sandbox) async throws -> [String] {
    let check = try await sandbox.run("workspace check --format json")
    let findings = check.object["Findings"] as? [[String: Any]] ?? []
    #expect(check.status == 0 && findings.allSatisfy { $0["Damage"] as? Bool == false }, "\(check)")
    return findings.compactMap { $0["Kind"] as? String }
  }

  @Test("a locked one is no damage, and has what it had until it is known to have forgotten it")
  func locked() async throws {
    let plan = try await OwnPlan()
    let helper = try script(
      """
      if [ -e locked ]; then exit 1; fi
      case "$1" in store) cat >keep ;; get) if [ -e keep ]; then cat keep; fi ;; erase) rm -f keep ;; esac
      """, in: plan.sandbox)
    try set(helper, in: plan.sandbox)
    _ = try await plan.saveDraft(token: Self.planted)
    #expect(try await findings(in: plan.sandbox).isEmpty)
    let lock = "\(plan.sandbox.folder)/locked"
    try plan.sandbox.write("", to: lock)
    #expect(try await findings(in: plan.sandbox) == ["CREDENTIAL_HELPER"])
    let refusal = try await plan.sandbox.run("gitlab check \(plan.instance) --format json")
    #expect(refusal.status == 69 && refusal.code == "CredentialHelperFailed")
    // Nothing of what it didn't take is waited for.
    #expect(try await plan.saveDraft(token: Self.second).code == "CredentialHelperFailed")
    #expect(markers(in: plan.sandbox).count == 1)
    let unbound = try await plan.sandbox.run("gitlab unbind \(plan.instance) --yes")
    #expect(unbound.status == 0 && unbound.error.contains("may still have"), "\(unbound)")
    #expect(try await findings(in: plan.sandbox) == ["CREDENTIAL_HELPER"])
    #expect(holders(of: Self.planted, in: plan.sandbox) == ["keep"] && markers(in: plan.sandbox).count == 1)
    try FileManager.default.removeItem(atPath: lock)
    _ = try await plan.sandbox.run("registry set \(plan.instance) --layout /srv/images")
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty && markers(in: plan.sandbox).isEmpty)
    #expect(try await findings(in: plan.sandbox).isEmpty)
  }

  @Test("one whose file is elsewhere at the unbinding forgets it once it is back")
  func away() async throws {
    let plan = try await OwnPlan()
    let (there, gone) = ("\(plan.sandbox.folder)/D", "\(plan.sandbox.folder)/D.off")
    try plan.sandbox.write("", to: "\(there)/creds")
    try set("store --file=\(there)/creds", in: plan.sandbox)
    _ = try await plan.saveDraft(token: Self.planted)
    try FileManager.default.moveItem(atPath: there, toPath: gone)
    let unbound = try await plan.sandbox.run("gitlab unbind \(plan.instance) --yes")
    #expect(unbound.status == 0 && unbound.error.contains("may still have"), "\(unbound)")
    #expect(markers(in: plan.sandbox).count == 1)
    try FileManager.default.moveItem(atPath: gone, toPath: there)
    #expect(try await findings(in: plan.sandbox) == ["CREDENTIAL_HELPER"])
    _ = try await plan.sandbox.run("registry set \(plan.instance) --layout /srv/images")
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty && markers(in: plan.sandbox).isEmpty)
  }

  @Test("a cache that has ended has it no more")
  func ended() async throws {
    let plan = try await OwnPlan()
    let socket = "\(plan.sandbox.folder)/cache/socket"
    try set("cache --timeout=60 --socket=\(socket)", in: plan.sandbox)
    _ = try await plan.saveDraft(token: Self.planted)
    Self.endCache(at: socket)
    let unbound = try await plan.sandbox.run("gitlab unbind \(plan.instance) --yes")
    #expect(unbound.status == 0 && !unbound.error.contains("may still have"), "\(unbound)")
    #expect(markers(in: plan.sandbox).isEmpty)
  }

  @Test("what is to be done by hand is quoted for a shell, and says nothing to the terminal")
  func byHand() async throws {
    let plan = try await OwnPlan()
    let folder = "\(plan.sandbox.folder)/it's a"
    try plan.sandbox.write("", to: "\(folder)/creds")
    try set("store --file='\(plan.sandbox.folder)/it'\\\"'\\\"'s a/creds'", in: plan.sandbox)
    _ = try await plan.saveDraft(token: Self.planted)
    #expect(holders(of: Self.planted, in: plan.sandbox) == ["it's a/creds"])
    try plan.sandbox.write("", to: "\(plan.sandbox.configuration)/settings.toml")
    let unbound = try await plan.sandbox.run("gitlab unbind \(plan.instance) --yes")
    try follow(unbound.error)
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty)
    let marker = try #require(markers(in: plan.sandbox).first)
    try plan.sandbox.write("va\u{1b}[31mult\u{9b}\n", to: "\(plan.sandbox.folder)/\(marker)")
    let check = try await plan.sandbox.run("workspace check --language en")
    #expect(check.output.contains("“va[31mult”"), "\(check)")
    #expect(!check.output.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{9b}" })
  }

  @Test("settings that can't be read keep no secret in a file", arguments: ["folder", "huge"])
  func unreadable(_ what: String) async throws {
    let plan = try await OwnPlan()
    let settings = "\(plan.sandbox.configuration)/settings.toml"
    if what == "folder" {
      try FileManager.default.createDirectory(atPath: settings, withIntermediateDirectories: true)
    } else {
      try plan.sandbox.write(
        "credential_helper = \"store\"\n" + String(repeating: "#", count: 1 << 20 + 1), to: settings)
    }
    let outcome = try await plan.saveDraft(token: Self.planted)
    #expect(outcome.status == 69 && outcome.code == "CredentialHelperFailed", "\(outcome)")
    let message = outcome.refusal["Message"] as? String ?? ""
    #expect(message.contains(settings) && message.contains(what == "folder" ? "directory" : "too large"), "\(message)")
    #expect(holders(of: Self.planted, in: plan.sandbox).isEmpty && markers(in: plan.sandbox).isEmpty)
    // What keeps none goes on.
    #expect(try await plan.sandbox.run("registry set \(plan.instance) --layout /srv/images").status == 0)
    #expect(try await findings(in: plan.sandbox).isEmpty)
  }

  @Test("a misspelt setting is told where a secret is kept without it")
  func misspelt() async throws {
    let plan = try await OwnPlan()
    let settings = "\(plan.sandbox.configuration)/settings.toml"
    try plan.sandbox.write("mouse = 5\ncredential-helper = \"store\"\n", to: settings)
    let set = try await plan.sandbox.run("registry set \(plan.instance) --layout /srv/images")
    #expect(set.status == 0 && set.error.isEmpty, "\(set)")
    let outcome = try await plan.saveDraft(token: Self.planted)
    #expect(outcome.status == 0 && outcome.error.contains("\(settings):2: "), "\(outcome)")
    #expect(outcome.error.contains("“credential-helper”") && !outcome.error.contains("mouse”"), "\(outcome)")
  }
}
