import Dispatch

/// Runs an actor's work on a serial queue of its own, so that blocking there holds up nobody else.
///
/// libpq blocks. On Swift's cooperative pool, which has one thread a core, that would stop
/// unrelated tasks; a queue has its own thread while it works.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
