import Foundation
import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

/// With git itself, the helpers that come with it, and scripts in their place.
@Suite struct GitCredentialHelperTests {
  private static let key = CredentialKey(workspace: "workspace-1", username: String(repeating: "a", count: 32))
  private static let secret = "glpat-PLANTED-a b%@:/=中"

  /// A folder of its own, which is the helper's home too.
  private final class Ground {
    let folder = NSTemporaryDirectory() + "credentials-" + UUID().uuidString.prefix(8).lowercased()

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func helper(_ name: String, limit: Duration = .seconds(30)) -> GitCredentialHelper {
      GitCredentialHelper(
        name, environment: ["HOME": folder, "PATH": "\(folder):/usr/bin:/bin", "XDG_CONFIG_HOME": folder], limit: limit)
    }

    /// A helper that does as a shell's script says; `$1` is `get`, `store` or `erase`.
    func script(_ text: String) throws -> String {
      let path = "\(folder)/git-credential-scripted"
      try "#!/bin/sh\n\(text)\n".write(toFile: path, atomically: false, encoding: .utf8)
      chmod(path, 0o755)
      return path
    }

    func text(_ name: String) -> String {
      (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
    }
  }

  /// - Parameter isMemory: whether it has nothing of what it doesn't give, for certain.
  private func keepsAndForgets(_ helper: GitCredentialHelper, isMemory: Bool) throws {
    let other = CredentialKey(workspace: "workspace-1", username: String(repeating: "b", count: 32))
    #expect(try helper.fill(Self.key) == nil)
    try helper.approve(Self.key, Self.secret)
    try helper.approve(other, "other")
    #expect(try helper.fill(Self.key) == Self.secret)
    #expect(try helper.reject(Self.key))
    #expect(try helper.fill(Self.key) == nil && helper.fill(other) == "other")
    #expect(try helper.reject(other))
    #expect(try helper.reject(Self.key) == isMemory)
  }

  @Test func `git-credential-store keeps and forgets`() throws {
    let ground = try Ground()
    try keepsAndForgets(ground.helper("store --file=\(ground.folder)/kept"), isMemory: false)
    #expect(ground.text("kept").isEmpty)
  }

  @Test func `git-credential-cache keeps and forgets, and its daemon isn't waited for`() throws {
    let ground = try Ground()
    let cache = "cache --timeout=60 --socket=\(ground.folder)/cache/socket"
    defer {
      let end = Process()
      end.executableURL = URL(filePath: "/usr/bin/git")
      end.arguments = ["credential-cache", "--socket=\(ground.folder)/cache/socket", "exit"]
      try? end.run()
      end.waitUntilExit()
    }
    let began = ContinuousClock.now
    try keepsAndForgets(ground.helper(cache), isMemory: true)
    #expect(ContinuousClock.now - began < .seconds(20))
  }

  @Test func `one is found in PATH by its name, and only it is asked`() throws {
    let ground = try Ground()
    _ = try ground.script("cat >/dev/null; echo \"$1\" >>'\(ground.folder)/asked'")
    try """
    [credential]
    \thelper = store --file=\(ground.folder)/settings
    [credential "https://workspace-1.acr-console.invalid"]
    \thelper = store --file=\(ground.folder)/settings
    """.write(toFile: "\(ground.folder)/.gitconfig", atomically: false, encoding: .utf8)
    try ground.helper("scripted").approve(Self.key, Self.secret)
    #expect(try ground.helper("scripted").fill(Self.key) == nil)
    #expect(ground.text("asked") == "store\nget\n" && ground.text("settings").isEmpty)
  }

  @Test func `the secret is in no argument and no variable of git or the helper`() throws {
    let ground = try Ground()
    let script = try ground.script(
      """
      process=$$
      while [ "$process" -gt 1 ]; do
        cat "/proc/$process/cmdline" "/proc/$process/environ" >>'\(ground.folder)/seen' 2>/dev/null
        process=$(cut -d' ' -f4 "/proc/$process/stat")
      done
      if [ "$1" = get ]; then cat '\(ground.folder)/kept'; else cat >'\(ground.folder)/kept'; fi
      """)
    let helper = ground.helper(script)
    try helper.approve(Self.key, Self.secret)
    #expect(try helper.fill(Self.key) == Self.secret)
    let seen = try Data(contentsOf: URL(filePath: "\(ground.folder)/seen"))
    #expect(seen.range(of: Data("cd / && \(script) get".utf8)) != nil)
    #expect(seen.range(of: Data("GIT_TERMINAL_PROMPT=0".utf8)) != nil)
    #expect(seen.range(of: Data("PLANTED".utf8)) == nil)
  }

  @Test func `an answer for another user is none`() throws {
    let ground = try Ground()
    let script = try ground.script("cat >/dev/null; echo username=somebody; echo password=x")
    #expect(try ground.helper(script).fill(Self.key) == nil)
  }

  @Test func `one that goes on giving it hasn't forgotten it`() throws {
    let ground = try Ground()
    let script = try ground.script("cat >/dev/null; echo password=x")
    #expect(try !ground.helper(script).reject(Self.key))
  }

  @Test func `one that couldn't give it before isn't known to have forgotten it`() throws {
    let ground = try Ground()
    let helper = ground.helper("store --file=\(ground.folder)/away/kept")
    let (there, gone) = ("\(ground.folder)/away", "\(ground.folder)/away.off")
    try FileManager.default.createDirectory(atPath: there, withIntermediateDirectories: false)
    try helper.approve(Self.key, Self.secret)
    try FileManager.default.moveItem(atPath: there, toPath: gone)
    #expect(try helper.fill(Self.key) == nil && !helper.reject(Self.key))
    try FileManager.default.moveItem(atPath: gone, toPath: there)
    #expect(try helper.fill(Self.key) == Self.secret)
    #expect(try helper.reject(Self.key) && helper.fill(Self.key) == nil)
  }

  @Test func `a locked one is told from one that has nothing`() throws {
    let ground = try Ground()
    let helper = ground.helper(try ground.script("cat >/dev/null; exit 3"))
    #expect(throws: CredentialHelperFault.refused("exit status 3")) { try helper.fill(Self.key) }
    #expect(throws: CredentialHelperFault.refused("exit status 3")) { try helper.approve(Self.key, Self.secret) }
    #expect(try !helper.reject(Self.key))
  }

  @Test func `one that says it can't erase isn't believed to have`() throws {
    let ground = try Ground()
    let script = try ground.script(
      """
      cat >/dev/null; cd '\(ground.folder)'
      if [ "$1" = erase ]; then touch locked; exit 1; fi
      if [ "$1" = get ] && [ ! -e locked ]; then echo password=x; fi
      """)
    #expect(try !ground.helper(script).reject(Self.key))
  }

  @Test func `how one ends doesn't matter where it gives what it was given`() throws {
    let ground = try Ground()
    let script = try ground.script(
      "if [ \"$1\" = get ]; then cat '\(ground.folder)/kept'; else cat >'\(ground.folder)/kept'; fi; exit 1")
    let helper = ground.helper(script)
    try helper.approve(Self.key, Self.secret)
    #expect(try helper.fill(Self.key) == Self.secret)
  }

  @Test func `one that doesn't answer is ended with all that it started`() throws {
    let ground = try Ground()
    let script = try ground.script("echo $$ >'\(ground.folder)/pid'; sleep 100 & wait")
    let began = ContinuousClock.now
    #expect(throws: CredentialHelperFault.timedOut) {
      try ground.helper(script, limit: .milliseconds(500)).fill(Self.key)
    }
    #expect(ContinuousClock.now - began < .seconds(10))
    let process = try #require(pid_t(ground.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(isGone(process))
  }

  @Test func `a cancelled task doesn't wait for one`() async throws {
    let ground = try Ground()
    let script = try ground.script("echo >'\(ground.folder)/began'; sleep 100")
    let helper = ground.helper(script)
    let task = Task.detached { try helper.fill(Self.key) }
    let end = ContinuousClock.now + .seconds(20)
    while access("\(ground.folder)/began", F_OK) != 0, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    await #expect(throws: CredentialHelperFault.cancelled) { try await task.value }
  }

  @Test func `what a helper leaves running isn't waited for`() throws {
    let ground = try Ground()
    let script = try ground.script("cat >/dev/null; sleep 20 & echo $! >'\(ground.folder)/pid'; echo password=x")
    let began = ContinuousClock.now
    try ground.helper(script).approve(Self.key, Self.secret)
    #expect(ContinuousClock.now - began < .seconds(15))
    if let process = pid_t(ground.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)) {
      kill(process, SIGKILL)
    }
  }

  @Test func `what isn't there is told by its program`() throws {
    let ground = try Ground()
    #expect(throws: CredentialHelperFault.notFound(program: "git-credential-nosuch")) {
      try ground.helper("nosuch --x").fill(Self.key)
    }
    #expect(throws: CredentialHelperFault.notFound(program: "/nosuch/vault")) {
      try ground.helper("/nosuch/vault").fill(Self.key)
    }
    for name in ["", "!echo password=x", "store; true"] {
      #expect(throws: CredentialHelperFault.unusableName) { try ground.helper(name).fill(Self.key) }
    }
  }

  /// Whether a process has ended, or ends within some seconds.
  private func isGone(_ process: pid_t) -> Bool {
    let end = ContinuousClock.now + .seconds(10)
    var isThere: Bool { ProcessTable().all.contains { $0.pid == process } }
    while isThere, ContinuousClock.now < end { usleep(10_000) }
    return !isThere
  }
}
