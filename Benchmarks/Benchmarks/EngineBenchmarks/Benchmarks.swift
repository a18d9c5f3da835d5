import Benchmark
import Foundation
import KeywordFilter

/// Registers the cases of `Definitions/cases.json`; each must count what it should before it is timed.
let benchmarks: @Sendable () -> Void = {
  do {
    for definition in try Case.all() {
      let subject = try Subject(definition)
      let found = try subject.run()
      let expected = definition.count ?? subject.expectedCount
      guard found == expected else {
        fatalError("\(definition.name): counted \(found), not \(expected)")
      }
      Benchmark(
        "\(definition.name), \(subject.byteCount) bytes",
        configuration: .init(
          metrics: [.wallClock, .throughput], warmupIterations: 2, maxDuration: .milliseconds(500))
      ) { benchmark in
        for _ in benchmark.scaledIterations { blackHole(try subject.run()) }
      }
    }
  } catch {
    fatalError("\(error)")
  }
}
