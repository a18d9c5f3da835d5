import Foundation
import KeywordFilter

/// Answers questions, one a line of standard input, with one line of JSON each.
///
/// The first line, before any question, tells of the engine: `build_ns`, `rss_bytes`, `own_bytes`.
///
///     text PATH            {"bytes"}
///     scan                 {"ns", "count"}
///     distinct             {"count"}: different entries found
///     stream SIZE          {"ns", "count", "chunks"}
///     turns SIZE NUMBER    {"many_ns", "one_ns", "pushes"}: so many streams in turn, and one
///     build                {"ns"}
///     validate             {"ns", "count"}: UTF-8 validation by the standard library
struct Session {
  private let files: [(name: String, bytes: [UInt8])]
  private let engine: FilterEngine
  private let policy: Policy
  private var text: [UInt8] = []

  init(keywords: String, noiseLimit: Int?) throws {
    files = try KeywordFiles.read(keywords)
    policy = noiseLimit.map { Policy(noiseLimit: $0) } ?? Policy()
    let before = Measurement.residentBytes()
    let start = Measurement.processorTime()
    engine = try FilterEngine(files: files)
    let elapsed = Measurement.processorTime() - start
    answer([
      "build_ns": elapsed, "rss_bytes": max(Measurement.residentBytes() - before, 0),
      "own_bytes": engine.statistics.byteCount,
    ])
  }

  mutating func serve() throws {
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      let numbers = words.dropFirst().joined().split(separator: " ").compactMap { Int($0) }
      switch words.first {
      case "text":
        text = try KeywordFiles.contents(words[1])
        answer(["bytes": text.count])
      case "scan": timed { Measurement.scan(engine, text, policy: policy) }
      case "distinct":
        answer(["count": Set(engine.findings(in: text.span, policy: policy).map(\.cause)).count])
      case "stream":
        timed(["chunks": (text.count + numbers[0] - 1) / numbers[0]]) {
          Measurement.stream(engine, text, chunk: numbers[0], policy: policy)
        }
      case "turns":
        let turns = Measurement.turns(
          engine, text, chunk: numbers[0], count: numbers[1], policy: policy)
        answer(["many_ns": turns.many, "one_ns": turns.one, "pushes": turns.pushes])
      case "build": timed { (try? FilterEngine(files: files))?.entryCount ?? 0 }
      case "validate": timed { (try? UTF8Span(validating: text.span)) == nil ? 0 : 1 }
      default: throw CocoaError(.featureUnsupported)
      }
    }
  }

  private func timed(_ extra: [String: Int] = [:], _ work: () -> Int) {
    let start = Measurement.processorTime()
    let count = work()
    let elapsed = Measurement.processorTime() - start
    answer(extra.merging(["ns": elapsed, "count": count]) { $1 })
  }

  private func answer(_ values: [String: Int]) {
    let fields = values.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    print("{\(fields.joined(separator: ", "))}")
    fflush(nil)
  }
}
