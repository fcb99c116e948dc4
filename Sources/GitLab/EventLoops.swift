import NIOCore
import NIOPosix

/// The one thread that every connection of this module runs on. It starts with the first connection, so a program
/// that only links or constructs the adapters has no thread of theirs, and it lives as long as the program.
enum EventLoops {
  static let shared = MultiThreadedEventLoopGroup(numberOfThreads: 1)
}
