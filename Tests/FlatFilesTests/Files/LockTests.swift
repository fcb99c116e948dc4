import FlatFiles
import Foundation
import Glibc
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct LockTests {
  let workspace: TemporaryWorkspace
  let store: Store

  init() throws {
    workspace = try TemporaryWorkspace()
    store = try workspace.create()
  }

  @Test("Who doesn't wait is told at once who holds the lock")
  func never() throws {
    let holding = try LockHolding(workspace)
    let error = #expect(throws: StoreError.self) { try store.state(waiting: .never) }
    guard case .lockTimeout(let holder) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder?.process == getpid())
    #expect(holder?.command.isEmpty == false)
    try holding.end()
    #expect(try store.state(waiting: .never).sequence == 1)
  }

  @Test("Who waits too long is told who holds the lock")
  func timeout() throws {
    let holding = try LockHolding(workspace)
    let began = ContinuousClock.now
    let error = #expect(throws: StoreError.self) { try store.state(waiting: LockWait(atMost: .milliseconds(80))) }
    #expect(began.duration(to: .now) >= .milliseconds(80))
    if case .lockTimeout(let holder) = error {
      #expect(holder?.process == getpid())
    } else {
      Issue.record("\(error as Any)")
    }
    try holding.end()
  }

  @Test("Who waits says so once, and gets the lock when it is free")
  func waiting() throws {
    let holding = try LockHolding(workspace) { transaction in
      try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
    }
    let said = Mutex<[LockHolder?]>([])
    let limits = LockWait(atMost: .seconds(60), sayAfter: .milliseconds(5)) { holder in
      said.withLock { $0.append(holder) }
      holding.tell()
    }
    let committed = try store.commit(by: "ada@host", as: "x", at: "t", waiting: limits) { transaction in
      #expect(try transaction.state.instances == ["cri-1=one"])
      try transaction.put(.instance, "cri-2", json: ["InstanceName": "two"])
    }
    #expect(committed.sequence == 3)
    #expect(said.withLock { $0.map { $0?.process } } == [getpid()])
    try holding.end()
  }

  @Test("A waiter writes to the generation that is live when its turn comes")
  func compactedMeanwhile() throws {
    let holding = try LockHolding(workspace, afterwards: { try $0.compact() })
    let compacted = LockWait(sayAfter: .zero) { _ in holding.tell() }
    try store.compact(waiting: compacted)
    try holding.end()
    try store.put(.instance, "cri-1", ["InstanceName": "one"])
    #expect(store.latest.generation == 3)
    #expect(try workspace.open().state().instances == ["cri-1=one"])
    #expect(try store.check().isEmpty)
  }

  @Test("A cancelled wait ends, and nothing has begun")
  func cancelled() async throws {
    let holding = try LockHolding(workspace)
    let (waits, continuation) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [store] in
      let limits = LockWait(atMost: .seconds(60), sayAfter: .zero) { _ in continuation.yield() }
      _ = try store.commit(by: "a", as: "x", at: "t", waiting: limits) { transaction in
        try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
      }
    }
    for await _ in waits { break }
    task.cancel()
    await #expect(throws: StoreError.cancelled) { try await task.value }
    try holding.end()
    #expect(try store.state().instances == [])
  }

  @Test("While one thread waits for another process, the others of this process aren't held up")
  func otherThreads() throws {
    let holding = try LockHolding(workspace)
    let asked = Atomic<Int>(0)
    let limits = LockWait(atMost: .seconds(60), sayAfter: .zero) { [store] _ in
      // On the waiting thread itself: with the handle's mutex held, this would never return.
      #expect(store.header.kind == "own")
      #expect(store.takeNotices().isEmpty)
      #expect(store.latest.sequence == 1)
      #expect(throws: StoreError.self) { try store.state(waiting: .never) }
      asked.add(1, ordering: .relaxed)
      holding.tell()
    }
    _ = try store.state(waiting: limits)
    #expect(asked.load(ordering: .relaxed) == 1)
    try holding.end()
  }

  @Test("A lock file that was replaced is noticed")
  func replacedLock() throws {
    try FileManager.default.removeItem(atPath: workspace.file("lock"))
    try workspace.write("lock", "")
    let holding = try LockHolding(workspace)
    #expect(throws: StoreError.self) { try store.state(waiting: .never) }
    try holding.end()
    _ = try store.state(waiting: .never)
    try FileManager.default.removeItem(atPath: workspace.file("lock"))
    #expect(throws: StoreError.notWorkspace(path: workspace.path)) { try store.state(waiting: .never) }
  }

  @Test("A child that is started while the lock is held doesn't hold it, nor any other file of the workspace")
  func children() throws {
    let child = Mutex<OtherProcess?>(nil)
    let program = URL(filePath: "/bin/sleep")
    try store.change { transaction in
      try transaction.put(.instance, "cri-1", json: ["InstanceName": "one"])
      let process = try OtherProcess(program, ["60"])
      child.withLock { $0 = process }
    }
    let process = try #require(child.withLock { $0 })
    defer { process.kill() }
    let other = try workspace.open()
    try other.put(.instance, "cri-2", ["InstanceName": "two"])
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.id)/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process.id)/fd/\($0)")
    }
    #expect(!open.isEmpty)
    #expect(!open.contains { $0.hasPrefix(workspace.path) })
  }

  @Test("Threads that share a handle take turns")
  func threads() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask { [store] in
          for number in 0..<10 {
            _ = try store.commit(by: "w\(worker)", as: "x", at: "t") { transaction in
              try transaction.put(.instance, "cri-\(worker)-\(number)", json: ["InstanceName": "x"])
            }
            if number == 5 { try store.compact() }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try workspace.open().state().records(.instance).count == 40)
    #expect(try store.check().isEmpty)
  }
}
