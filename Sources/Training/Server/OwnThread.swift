import Glibc

/// Runs what blocks on a thread of its own, so that no task's thread stands still.
/// - Throws: `CancellationError` as soon as the task is cancelled; the thread goes on until its work is done.
func onThreadOfItsOwn(_ body: @escaping @Sendable () -> Void) async throws {
  let (ends, end) = AsyncStream<Never>.makeStream()
  let work = Unmanaged.passRetained(
    Work {
      body()
      end.finish()
    })
  var thread = pthread_t()
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  let failed = pthread_create(
    &thread, &attributes,
    { context in
      if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, work.toOpaque())
  pthread_attr_destroy(&attributes)
  // Without another thread to be had, this one has to do.
  if failed != 0 { work.takeRetainedValue().body() }
  for await _ in ends {}
  try Task.checkCancellation()
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
