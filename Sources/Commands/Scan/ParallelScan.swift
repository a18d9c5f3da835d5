import Synchronization

/// Searches many files at a time.
final class ParallelScan: Sendable {
  /// What all files came to.
  struct Summary: Sendable {
    var hits = 0
    var problems = 0
  }

  /// The next file and its place in the order of the output.
  private struct Queue {
    var walk: PathWalk
    var count = 0
  }

  private let plan: ScanPlan
  private let queue: Mutex<Queue>

  init(_ plan: ScanPlan, paths: [String]) {
    self.plan = plan
    queue = Mutex(Queue(walk: PathWalk(paths)))
  }

  /// Searches all files.
  ///
  /// - Throws: `CommandError`, where output cannot be written or the encoding not be converted.
  func run() async throws -> Summary {
    let progress = Progress.ifVisible()
    let output = OrderedOutput(progress: progress)
    let summary = try await withThrowingTaskGroup(of: Summary.self) { group in
      for _ in 0..<plan.threads { group.addTask { try await self.work(output) } }
      var summary = Summary()
      for try await part in group {
        summary.hits += part.hits
        summary.problems += part.problems
      }
      return summary
    }
    await output.end()
    return summary
  }

  /// Searches files until there are no more.
  @concurrent private func work(_ output: OrderedOutput) async throws -> Summary {
    var summary = Summary()
    while let (path, index) = next() {
      var bytes: [UInt8] = []
      var result = FileScan.Result()
      switch path {
      case .success(let path):
        result = try await FileScan(plan: plan, path: path).run(&bytes) { some in
          try await output.write(some, of: index)
          some.removeAll(keepingCapacity: true)
        }
      case .failure(let error): result.problem = error.description
      }
      summary.hits += result.hits
      if result.problem != nil { summary.problems += 1 }
      try await output.close(index, output: bytes, result)
    }
    return summary
  }

  private func next() -> (path: Result<String, CommandError>, index: Int)? {
    queue.withLock { queue in
      let path: Result<String, CommandError>
      do throws(CommandError) {
        guard let found = try queue.walk.next() else { return nil }
        path = .success(found)
      } catch {
        path = .failure(error)
      }
      queue.count += 1
      return (path, queue.count - 1)
    }
  }
}
