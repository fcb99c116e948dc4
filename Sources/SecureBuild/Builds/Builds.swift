import FlatFiles

/// The builds of a workspace: what is queued, what runs, and the records and logs of all that were ever asked for.
/// They lie apart from the journal, in `builds/` of the workspace:
///
/// ```
/// <InstanceId>/<BuildRecordId>/record.jsonl   the request, then what happened: a line each, append-only
/// <InstanceId>/<BuildRecordId>/log            what the programs of the build said, as they said it
/// <InstanceId>/<BuildRecordId>/lease          flock'ed by whoever works on the build
/// <InstanceId>/<BuildRecordId>/cancel         who wants it cancelled, and since when
/// queue/<BuildRecordId>~<InstanceId>          one for each build that isn't over
/// queue.lock                                  held while a build is put into the queue
/// new/                                        builds in the making
/// runner.lock                                 held by the one runner as long as it runs
/// ```
///
/// - Only who holds a build's lease writes to its record. A lock goes with its process: a build that was begun and whose
///   lease is free has lost its runner (`isOrphaned`), and the next runner ends it.
/// - A build has its entry in the queue before its folder is where it belongs, and loses it after its last event is on the
///   disk: whoever looks at the queue alone finds every build that isn't over, and what a crash left between is told by
///   the record.
/// - No wake-up is lost: who queues a build looks at `runner.lock` *after* that, and the runner looks at the queue once
///   more *after* it let go of that lock. Whichever comes second sees the other.
///
/// Calls read and write files: make them from tasks, never from a loop that draws.
public struct Builds: Sendable {
  let folders: BuildFolders
  let clock: any WallClock
  let ids: any IdSource
  let actor: Actor
  let runner: any RunnerStart
  let files = POSIXFiles()

  package init(
    in workspace: String, clock: any WallClock, ids: any IdSource, actor: Actor, runner: any RunnerStart
  ) {
    folders = BuildFolders(workspace: workspace)
    self.clock = clock
    self.ids = ids
    self.actor = actor
    self.runner = runner
  }

  /// The folder of a build: what an engine needs beyond the record lies below it.
  public func folder(of request: BuildRequest) -> String { folders.build(BuildPlace(request)) }

  /// The folder whose changes (files made, removed or written) tell that a build was queued, went on to another state or
  /// stage, or is over. It is there once a build was asked for or `prepareToWatch` was called.
  public var watchedFolder: String { folders.queue }

  /// Makes `watchedFolder`.
  public func prepareToWatch() throws(Refusal) { try writing { () throws(FileFault) in try makeFolders() } }

  func makeFolders() throws(FileFault) {
    for folder in [folders.all, folders.queue, folders.new] { try make(folder) }
  }

  /// Makes a folder where it isn't there.
  func make(_ folder: String) throws(FileFault) {
    do throws(FileFault) { try files.createFolder(folder) } catch  where error.isExisting { return }
  }

  func writing<Value>(_ body: () throws(FileFault) -> Value) throws(Refusal) -> Value {
    do throws(FileFault) { return try body() } catch { throw Refusal(StoreError.cannotWrite(error)) }
  }

  func reading<Value>(_ body: () throws(FileFault) -> Value) throws(Refusal) -> Value {
    do throws(FileFault) { return try body() } catch { throw Refusal(StoreError.cannotRead(error)) }
  }
}

extension Workspace {
  public var builds: Builds {
    Builds(
      in: path, clock: surroundings.clock, ids: surroundings.ids, actor: surroundings.actor, runner: surroundings.runner
    )
  }
}
