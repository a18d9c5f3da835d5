import Benchmark
import Foundation

/// Registers the cases of `Definitions/cases.json`.
///
/// The package runs each case in a process of its own, which registers all of them; so a case is
/// prepared, and must count what it should, when it is run.
let benchmarks: @Sendable () -> Void = {
  do {
    for definition in try Case.all() {
      let checked = CheckedSubject(definition)
      Benchmark(
        try definition.title,
        configuration: .init(
          metrics: [.wallClock, .throughput], warmupIterations: 2, maxDuration: .milliseconds(500))
      ) { benchmark in
        let subject = checked.subject()
        for _ in benchmark.scaledIterations { blackHole(try subject.run()) }
      }
    }
  } catch {
    Failure.end("the cases cannot be read: \(error)")
  }
}
