import Foundation
import KeywordFilter

/// What is measured, and the clocks.
enum Measurement {
  /// The processor time of this process so far, in nanoseconds.
  ///
  /// Processor time and not wall time, so that other work on the machine is not counted.
  static func processorTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The memory of this process that is in use, in bytes, freed pages given back first.
  static func residentBytes() -> Int {
    _ = trim?(0)
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ")
    return (fields.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// glibc's `malloc_trim`, which Swift's module of it leaves out; `nil` elsewhere.
  private static let trim: (@convention(c) (Int) -> Int32)? =
    dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self) }

  /// The number of findings in a whole text.
  static func scan(_ engine: FilterEngine, _ text: [UInt8], policy: Policy) -> Int {
    engine.findings(in: text.span, policy: policy).count
  }

  /// The number of findings in a text that comes in chunks.
  static func stream(
    _ engine: FilterEngine, _ text: [UInt8], chunk: Int, policy: Policy
  ) -> Int {
    var sink = CountingSink()
    var stream = engine.stream(policy: policy, blockHandling: .pass)
    let bytes = text.span
    var at = 0
    while at < bytes.count {
      let end = min(at + chunk, bytes.count)
      stream.push(bytes.extracting(at..<end), to: &sink)
      at = end
    }
    stream.finish(to: &sink)
    return sink.findings
  }

  /// The processor time of pushes to many streams that take turns, and of the same pushes, text after
  /// text, to one; in nanoseconds, with their number.
  ///
  /// The streams are opened before, and the texts are short parts of one that the caches hold, as they
  /// hold what a socket has just delivered: what differs is that a stream's own memory is cold.
  static func turns(
    _ engine: FilterEngine, _ text: [UInt8], chunk: Int, count: Int, policy: Policy
  ) -> (many: Int, one: Int, pushes: Int) {
    let (rounds, texts) = (8, 64)
    precondition(text.count >= texts * rounds * chunk, "the text is too short")
    let bytes = text.span
    var sink = CountingSink()
    let streams = (0..<count).map { _ in HeapStream(engine, policy) }
    // What is mapped at the first touch is none of a push's cost.
    for index in 0..<count { streams[index].push(bytes.extracting(0..<chunk), to: &sink) }
    let beginning = processorTime()
    for round in 0..<rounds {
      for index in 0..<count {
        let at = (index % texts * rounds + round) * chunk
        streams[index].push(bytes.extracting(at..<at + chunk), to: &sink)
      }
    }
    let many = processorTime() - beginning
    // Closing them is none of it either.
    for stream in streams { stream.close() }
    let single = HeapStream(engine, policy)
    let start = processorTime()
    for index in 0..<count {
      for round in 0..<rounds {
        let at = (index % texts * rounds + round) * chunk
        single.push(bytes.extracting(at..<at + chunk), to: &sink)
      }
    }
    let one = processorTime() - start
    single.close()
    return (many, one, rounds * count)
  }
}

/// A stream in memory of its own, held by its address as a server's connection or C holds it, so that
/// no count of references is timed.
private struct HeapStream {
  private let stream: UnsafeMutablePointer<StreamFilter>

  init(_ engine: FilterEngine, _ policy: Policy) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: engine.stream(policy: policy, blockHandling: .pass))
  }

  @inline(__always)
  func push(_ bytes: Span<UInt8>, to sink: inout CountingSink) {
    stream.pointee.push(bytes, to: &sink)
  }

  func close() {
    stream.deinitialize(count: 1)
    stream.deallocate()
  }
}

/// Counts findings and lets the released bytes go.
struct CountingSink: StreamSink {
  private(set) var findings = 0
  private(set) var released = 0

  mutating func release(_ bytes: Span<UInt8>) { released += bytes.count }

  mutating func event(_ event: StreamEvent) {
    if case .finding = event { findings += 1 }
  }
}
