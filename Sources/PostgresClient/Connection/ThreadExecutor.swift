import Dispatch
import Synchronization

/// Runs an actor's work on a thread of its own, so that blocking there holds up nobody else.
///
/// libpq blocks. On Swift's cooperative pool, which has one thread a core, that would stop
/// unrelated tasks. A serial dispatch queue would not do either: on Linux dispatch runs such queues
/// on the very threads of that pool, and two waiting connections stop a machine with two cores.
final class ThreadExecutor: SerialExecutor {
  /// What the thread holds: never the executor itself, or neither would ever end.
  private final class Inbox: Sendable {
    private struct Item {
      let job: UnownedJob
      /// Keeps the executor until the job has run.
      let executor: ThreadExecutor
    }

    private let items = Mutex<[Item]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func put(_ job: UnownedJob, for executor: ThreadExecutor) {
      items.withLock { $0.append(Item(job: job, executor: executor)) }
      arrivals.signal()
    }

    /// Wakes the thread with nothing to do, which ends it.
    func close() { arrivals.signal() }

    func run() {
      while let item = next() {
        item.job.runSynchronously(on: item.executor.asUnownedSerialExecutor())
      }
    }

    private func next() -> Item? {
      arrivals.wait()
      return items.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
  }

  private let inbox = Inbox()

  init() {
    let inbox = inbox
    BlockingThread.start { inbox.run() }
  }

  deinit { inbox.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    inbox.put(UnownedJob(job), for: self)
  }
}
