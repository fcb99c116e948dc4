import FlatFiles
import Foundation
import WorkspaceGenerator

// `Tests/measure store` measures the store; see `Benchmark`. The tests start it as another process:
// `store-benchmark commit FOLDER NAME COUNT` makes so many changes and says each when it is acknowledged.
// `store-benchmark make FOLDER COUNT` leaves a workspace of so many instances to measure other things on.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case nil: try Benchmark(sizes: [0, 10_000, 100_000]).run()
case "open" where arguments.count == 2: try Benchmark.openOnce(arguments[1])
case "commit" where arguments.count == 4:
  try Writer(path: arguments[1], name: arguments[2]).run(count: Int(arguments[3]) ?? 0)
case "make" where arguments.count == 3:
  try GeneratedWorkspace(instances: Int(arguments[2]) ?? 0).create(at: arguments[1])
default:
  print("usage: store-benchmark [make FOLDER COUNT | open FOLDER | commit FOLDER NAME COUNT]")
  exit(64)
}
