import Foundation

// `swift run -c release build-benchmark` measures what a confined build costs over the same work by hand: see
// `Benchmark`. It takes about two minutes.
// `--program PATH` measures another build than the one beside this; `--rounds N` asks for more or fewer rounds.
let usage = "usage: build-benchmark [--program PATH] [--rounds N]"
let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
var program = URL(filePath: own).deletingLastPathComponent().appending(path: "acr-console").path
var rounds = 7
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst() {
  switch (option, arguments.popFirst()) {
  case ("--program", let path?): program = path
  case ("--rounds", let text?) where (1...100).contains(Int(text) ?? 0): rounds = Int(text) ?? rounds
  default:
    print(usage)
    exit(64)
  }
}
program = URL(filePath: program).absoluteURL.path
guard FileManager.default.isExecutableFile(atPath: program) else {
  print("There is no \(program). Build it: swift build -c release --static-swift-stdlib --product acr-console")
  exit(66)
}
#if DEBUG
  print("This is a debug build: its figures say nothing about the program that people run (use -c release).")
#endif

do {
  var benchmark = try Benchmark(program: program)
  defer { benchmark.remove() }
  let figures = try benchmark.run(rounds: rounds) {
    print($0)
    fflush(nil)
  }
  print("\n\(figures.report)")
} catch {
  print("\(error)")
  exit(1)
}
