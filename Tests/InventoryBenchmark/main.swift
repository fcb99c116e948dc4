import FoundationEssentials
import Glibc
import Measuring
import Spawning

// `Tests/measure inventory` measures import, path check and console on an
// inventory of 10,000 instances, 1,000 VPCs and 20,000 vSwitches: see `Benchmark`. It takes some four minutes.
// `--program PATH` measures another build than the one beside this; `--rounds N` asks for more or fewer rounds.
let usage = "usage: inventory-benchmark [--program PATH] [--rounds N]"
var program = MeasuredConsole.beside
var rounds = 5
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
let python = "/usr/bin/python3"
for (tool, package) in [(python, "python3"), ("/usr/bin/nnn", "nnn")]
where !FileManager.default.isExecutableFile(atPath: tool) {
  print("There is no \(tool) to measure beside. To have it: apt-get install -y \(package)")
  exit(69)
}

let folder = try BenchmarkFolder("inventory-benchmark")
do {
  defer { folder.remove() }
  guard chdir(folder.path) == 0 else { exit(74) }
  let before = Machine.load
  let benchmark = try Benchmark(folder, program: program, python: python, rounds: rounds)
  let figures = try benchmark.run {
    print($0)
    fflush(nil)
  }
  let report = Report(figures: figures)
  print("\n\(report.text)\n")
  for note in report.notes { print(note) }
  print("\(Machine.description); load \(before) before and \(Machine.load) after, this benchmark's own included.")
} catch {
  print("\(error)")
  exit(1)
}
