import Foundation
import Spawning

// `Tests/measure build` measures what a confined build costs over the same work by hand: see
// `Benchmark`. It takes about two minutes.
// `--program PATH` measures another build than the one beside this; `--rounds N` asks for more or fewer rounds.
let usage = "usage: build-benchmark [--program PATH] [--rounds N]"
var program = MeasuredConsole.beside
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
program = MeasuredConsole.required(at: program)

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
