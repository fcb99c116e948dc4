import Glibc
import Testing

@testable import BuildEngine

@Suite("Programs that are run")
struct HostProgramsTests {
  private func said(_ call: ProgramCall, isTied: Bool) async throws -> String {
    var call = call
    call.isTied = isTied
    return try await HostPrograms().capture(call).text
  }

  @Test("that end before they have read what they are given end nothing but themselves; others get all of it")
  func unreadInput() async throws {
    let before = signal(SIGPIPE, SIG_DFL)
    defer { signal(SIGPIPE, before) }
    // More than a pipe holds.
    let given = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 / 7) }
    for _ in 1...20 {
      #expect(try await HostPrograms().capture(ProgramCall("/usr/bin/true", input: given)).end == .exited(0))
    }
    #expect(try await HostPrograms().capture(ProgramCall("/usr/bin/cat", input: given), limit: 2 << 20).output == given)
    #expect(try await HostPrograms().capture(ProgramCall("/usr/bin/cat", input: [])).output.isEmpty)
  }

  @Test(
    "get an environment of their own, nothing to read, and no descriptor of this process", arguments: [false, true])
  func inheritNothing(isTied: Bool) async throws {
    let environment = try await said(ProgramCall("/usr/bin/env", environment: ["A": "b"]), isTied: isTied)
    let own = environment.split(separator: "\n").filter { line in
      !["PWD=", "OLDPWD=", "SHLVL=", "_="].contains { line.hasPrefix($0) }
    }
    #expect(own == ["A=b"])
    let input = try await said(ProgramCall("/usr/bin/readlink", ["/proc/self/fd/0"]), isTied: isTied)
    #expect(input == "/dev/null\n")
    // The fourth is that of the folder that it lists.
    let descriptors = try await said(ProgramCall("/usr/bin/ls", ["/proc/self/fd"]), isTied: isTied)
    #expect(descriptors.split(separator: "\n") == ["0", "1", "2", "3"])
  }
}
