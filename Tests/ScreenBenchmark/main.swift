import FoundationEssentials
import Glibc
import Measuring
import Spawning

// `Tests/measure screen` measures the console beside tig, nnn and less: see
// `Benchmark`. It takes about three minutes.
// `--program PATH` measures another build than the one beside this; `--rounds N` and `--starts N` ask for more or less.
let usage = "usage: screen-benchmark [--program PATH] [--rounds N] [--starts N]"
var program = MeasuredConsole.beside
var (rounds, starts) = (3, 15)
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst() {
  switch (option, arguments.popFirst()) {
  case ("--program", let path?): program = path
  case ("--rounds", let text?) where (1...100).contains(Int(text) ?? 0): rounds = Int(text) ?? rounds
  case ("--starts", let text?) where (1...1000).contains(Int(text) ?? 0): starts = Int(text) ?? starts
  default:
    print(usage)
    exit(64)
  }
}
program = MeasuredConsole.required(at: program)

print(
  "Making \(Material.instances) instances, \(Material.builds) build records, \(BenchmarkFolder.files) files and \(Material.lines) lines."
)
let material = try Material()
do {
  defer { material.folder.remove() }
  let all = material.subjects(program: program)
  let found = all.filter(\.isInstalled)
  let missing = all.filter { !$0.isInstalled }
  if !missing.isEmpty {
    let packages = missing.compactMap(\.package).joined(separator: " ")
    print("Not installed, and not measured: \(packages). To have them: apt-get install -y \(packages)")
  }
  // Where no program finds anything of its own.
  guard chdir(material.folder.path) == 0 else { exit(74) }
  let before = Machine.load
  let figures = try Benchmark(material: material, subjects: found, starts: starts, rounds: rounds).run {
    print($0)
    fflush(nil)
  }
  let report = Report(figures: figures)
  print("\n\(report.text)\n")
  for note in report.notes { print(note) }
  print("\(Machine.description); load \(before) before and \(Machine.load) after, this benchmark's own included.")
  if before > Double(Machine.processors) / 2 {
    print("Others were at work on this machine: the medians stand beside each other fairly, the p99 may not.")
  }
}
