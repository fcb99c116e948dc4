import Glibc
import Mutation
import RecordedDisk

// What libFuzzer calls with each input: which file of a workspace it is, by its first byte, then what that holds.
// Built only when it is asked for:
//
//     LIBFUZZER=1 swift build -c release --product store-fuzzer --scratch-path .build/libfuzzer
//     .build/libfuzzer/release/store-fuzzer -max_total_time=60

@main enum StoreFuzzer {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runFuzzer(&count, &arguments, take))
  }
}

/// The loop of libFuzzer, which has a `main` of its own for programs that have none.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let whole = (try? SpoiltWorkspace.whole()) ?? DiskImage()

/// Uses the workspace with that file spoilt; what goes wrong ends the program, and libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func take(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: input, count: count)
  guard let first = bytes.first else { return 0 }
  let name = SpoiltWorkspace.files[Int(first) % SpoiltWorkspace.files.count]
  do {
    _ = try SpoiltWorkspace(whole, name, Array(bytes.dropFirst())).use()
  } catch {
    fatalError("\(name): \(error)")
  }
  return 0
}

/// Spoils an input further, or begins again with a file that is whole: no guess finds a checksum.
@_cdecl("LLVMFuzzerCustomMutator")
public func spoil(_ input: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: CUnsignedInt) -> Int {
  var random = SplitMix64(seed: UInt64(seed))
  var bytes = Array(UnsafeBufferPointer(start: input, count: count))
  if bytes.count < 2 || random.number(below: 50) == 0 {
    let file = random.number(below: SpoiltWorkspace.files.count)
    bytes = [UInt8(file)] + whole.bytes(of: SpoiltWorkspace.files[file])
  }
  var mutator = Mutator(seed: random.next())
  let spoilt = (bytes.prefix(1) + mutator.mutate(Array(bytes.dropFirst()))).prefix(most)
  _ = UnsafeMutableBufferPointer(start: input, count: most).update(fromContentsOf: spoilt)
  return spoilt.count
}
