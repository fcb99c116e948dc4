import Glibc
import Testing

@testable import BuildEngine

@Suite struct CheckedOutFileTests {
  private let folder: WorkFolder
  private var root: String { folder.path + "/root" }

  init() throws {
    folder = try WorkFolder()
    try Files.makeFolder(root + "/docker/web")
    try Files.write(root + "/Dockerfile", [])
    try Files.write(root + "/docker/web/Dockerfile.prod", [])
    try Files.write(folder.path + "/secret", [])
    for (link, target) in [
      ("here", "docker/web/Dockerfile.prod"), ("docker/up", "../Dockerfile"), ("out", "../secret"),
      ("away", "/etc/passwd"), ("loop", "loop"), ("dir", "docker/web"), ("docker/out", "../../secret"),
    ] { #expect(symlink(target, "\(root)/\(link)") == 0) }
    #expect(mkfifo(root + "/pipe", 0o600) == 0)
  }

  @Test(arguments: [
    ("Dockerfile", "Dockerfile"), ("./docker/web/Dockerfile.prod", "docker/web/Dockerfile.prod"),
    ("here", "docker/web/Dockerfile.prod"), ("docker/up", "Dockerfile"),
    ("dir/Dockerfile.prod", "docker/web/Dockerfile.prod"),
  ]) func aFileIsFoundWhereItReallyLies(path: String, real: String) throws {
    let found = try CheckedOutFile(path, in: root)
    #expect(found.path == real)
    #expect(!found.isFolder)
  }

  @Test func theRootIsAFolder() throws { #expect(try CheckedOutFile("", in: root).isFolder) }

  @Test(arguments: ["out", "away", "loop", "docker/out", "../secret"]) func noLinkLeadsOut(path: String) {
    #expect(throws: CheckedOutFile.Fault.leadsOut(path)) { try CheckedOutFile(path, in: root) }
  }

  @Test func whatIsMissingIsNamedWithWhatResemblesIt() {
    #expect(throws: CheckedOutFile.Fault.missing("dockerfile", similar: "Dockerfile")) {
      try CheckedOutFile("dockerfile", in: root)
    }
    #expect(throws: CheckedOutFile.Fault.missing("docker/none", similar: nil)) {
      try CheckedOutFile("docker/none/x", in: root)
    }
    #expect(throws: CheckedOutFile.Fault.other("pipe")) { try CheckedOutFile("pipe", in: root) }
  }
}
