import Glibc
import Testing

@testable import BuildEngine

@Suite("Folders for a moment", .serialized)
struct WorkFolderTests {
  @Test("what a killed process left goes, and nothing else of a similar name")
  func swept() throws {
    let number = "\(UInt32.random(in: 100_000_000 ... .max))"
    let kept = [
      "acr-console-\(number)", "acr-console-\(number)-1", "acr-console-work-\(number)", "acr-console-work-mine",
    ]
    let left = "acr-console-work-" + String(repeating: "0", count: 16 - number.count) + number
    for name in kept + [left] { try #require(mkdir("/tmp/\(name)", 0o700) == 0) }
    defer { for name in kept { rmdir("/tmp/\(name)") } }
    let inUse = try WorkFolder()
    #expect(access("/tmp/\(left)", F_OK) != 0)
    for name in kept { #expect(access("/tmp/\(name)", F_OK) == 0, "\(name)") }
    let another = try WorkFolder()
    #expect(access(inUse.path, F_OK) == 0 && access(another.path, F_OK) == 0)
  }

  @Test("it goes with what is in it")
  func gone() throws {
    var folder: WorkFolder? = try WorkFolder()
    let path = try #require(folder?.path)
    try Files.write(path + "/file", [1])
    folder = nil
    #expect(access(path, F_OK) != 0)
  }

  @Test("none is made, and nothing is left, where no more files may be open")
  func noDescriptors() throws {
    var before = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    try #require(getrlimit(files, &before) == 0)
    let names = Set(try Files.names(in: "/tmp"))
    var none = before
    none.rlim_cur = 3
    try #require(setrlimit(files, &none) == 0)
    let fault: FileFault?
    do {
      _ = try WorkFolder()
      fault = nil
    } catch { fault = error }
    setrlimit(files, &before)
    #expect(fault?.code == EMFILE)
    #expect(Set(try Files.names(in: "/tmp")).subtracting(names).filter { $0.hasPrefix("acr-console-work-") } == [])
  }
}
