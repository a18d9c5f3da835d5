import Filtering
import Lexicons
import JSONText

/// What `filter` is to do, checked.
struct FilterPlan {
  /// The keyword library.
  var engine: FilterEngine
  /// What is done about findings.
  var policy: Policy
  /// What is done about findings that block.
  var blockHandling: BlockHandling
  /// Where events are written.
  var events: EventLog?
  /// The fields of JSON lines; empty for plain text.
  var fields: [JSONFieldCursor]

  /// Opens a stream.
  func stream() -> StreamFilter { engine.stream(policy: policy, blockHandling: blockHandling) }
}

/// What a run of `filter` counts.
struct FilterTally {
  private(set) var findings: [String: Int] = [:]
  private(set) var intercepted = 0
  var records = 0
  var chunks = 0
  var bytesRead = 0
  var bytesReleased = 0
  var busy: Duration = .zero
  var sampler: HoldbackSampler?

  /// Counts a finding.
  mutating func count(_ finding: Finding) {
    findings[finding.action.name, default: 0] += 1
    if finding.action.isInterception { intercepted += 1 }
  }

  /// Pushes a chunk, and measures if that is asked for.
  mutating func push<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, into stream: inout StreamFilter, _ sink: inout Sink
  ) {
    guard var sampler else {
      stream.push(chunk, to: &sink)
      return
    }
    self.sampler = nil
    sampler.push(chunk, into: &stream, &sink)
    self.sampler = sampler
  }
}
