import Glibc
import Testing

@testable import BuildEngine

@Suite(
  "Images that are brought in as files",
  .enabled(if: TestBaseImage.isHad && Programs.find("skopeo") != nil, "wants skopeo, busybox-static: NOT tested"))
struct ImportTests {
  @Test("The same image again: what others may be reading meanwhile isn't written where it stands")
  func again() async throws {
    let place = try TestFolder()
    _ = try await TestBaseImage.write(to: place.path + "/made", reference: "base:1")
    let archive = place.path + "/base.tar"
    try await run("tar", ["--create", "--file", archive, "--directory", place.path + "/made", "."])
    let images = ImportedImages(folder: place.path + "/images")
    let first = try await images.add(archive, as: "base:1")
    let watch = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    defer { close(watch) }
    let blobs = place.path + "/images/blobs/sha256"
    #expect(inotify_add_watch(watch, blobs, UInt32(IN_MODIFY)) >= 0)
    let second = try await images.add(archive, as: "other:1")
    #expect(second.map(\.digest) == first.map(\.digest))
    #expect(try images.list().map(\.name) == ["base:1", "other:1"])
    var events = [UInt8](repeating: 0, count: 4096)
    #expect(read(watch, &events, events.count) < 0 && errno == EAGAIN, "something was written in place")
  }
}
