import BuildEngine
import FoundationEssentials
import Dispatch
import Glibc
import SecureBuild
import Synchronization

/// Builds once, in a process of its own that tests can put into namespaces and kill: `build-once ORDER.json`.
/// Each event is a JSON line on standard output; the log goes to the file `log` in the build's folder.
@main struct BuildOnce {
  static func main() async {
    guard CommandLine.arguments.count == 2, let bytes = FileManager.default.contents(atPath: CommandLine.arguments[1]),
      let order = try? JSONDecoder().decode(BuildOnceOrder.self, from: bytes), let plan = try? order.plan
    else {
      print("{\"fault\":\"no order\"}")
      exit(64)
    }
    if order.cleans == true {
      await LocalBuildEngine().clean(after: plan.request.id, folder: plan.folder)
      exit(0)
    }
    let progress = LineProgress(plan.folder + "/log")
    let build = Task { try await LocalBuildEngine().build(plan, telling: progress) }
    signal(SIGTERM, SIG_IGN)
    let term = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
    // Not the main actor's, whose it would be otherwise: it runs on that queue.
    term.setEventHandler { @Sendable in build.cancel() }
    term.resume()
    do {
      try await build.value
      progress.tell(.ended(.success, nil))
      exit(0)
    } catch is CancellationError {
      progress.tell(.ended(.cancel, nil))
      exit(130)
    } catch let failure as BuildFailure {
      progress.tell(.ended(.fail, failure))
      exit(1)
    } catch {
      print("{\"fault\":\"\(error)\"}")
      exit(70)
    }
  }
}
