import FoundationEssentials
import Glibc

/// The build of the console that a benchmark measures.
public enum MeasuredConsole {
  /// The one beside the benchmark's own program.
  public static var beside: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(filePath: own).deletingLastPathComponent().appending(path: "acr-console").path
  }

  /// Its path from the root. Ends this process where there is none, and says how it is built.
  public static func required(at path: String) -> String {
    let program = URL(filePath: path).absoluteURL.path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      print("There is no \(program). Build it: swift build -c release --static-swift-stdlib --product acr-console")
      exit(66)
    }
    #if DEBUG
      print("This is a debug build: its figures say nothing about the program that people run (use -c release).")
    #endif
    return program
  }
}
