import Filtering
import TestSupport

/// What one way of cutting a text gave.
struct StreamRun {
  var output: [UInt8] = []
  var findings: [OracleFinding] = []
  var blockedAt: Int?
  var mostHeld = 0
  /// A byte of a masked or blocked span left before its verdict (known in `pass` mode only).
  var leaked: OracleFinding?

  /// Notes what was released before each event.
  private struct Sink: StreamSink {
    var released: [UInt8] = []
    var events: [(event: StreamEvent, released: Int)] = []

    mutating func release(_ bytes: Span<UInt8>) {
      for index in bytes.indices { released.append(bytes[index]) }
    }

    mutating func event(_ event: StreamEvent) { events.append((event, released.count)) }
  }

  /// Pushes the text's pieces between `cuts`.
  init(
    _ tested: TestedEngine, _ policy: OraclePolicy, _ handling: OracleRenderer.Handling,
    _ bytes: [UInt8], cuts: [Int]
  ) {
    var stream = tested.engine.stream(
      policy: Policy(policy), blockHandling: BlockHandling(handling))
    var sink = Sink()
    var start = 0
    for end in cuts + [bytes.count] {
      let chunk = Array(bytes[start..<end])
      stream.push(chunk.span, to: &sink)
      mostHeld = max(mostHeld, stream.heldCount)
      start = end
    }
    stream.finish(to: &sink)
    output = sink.released
    for (event, released) in sink.events {
      switch event {
      case .finding(let found):
        let finding = tested.translate(found)
        findings.append(finding)
        if handling == .pass, finding.action >= .mask, released > finding.range.lowerBound {
          leaked = leaked ?? finding
        }
      case .blocked(let offset, _): blockedAt = offset
      }
    }
  }
}

extension FilterEngine {
  /// The ranges of what a stream finds in a text that it gets in one piece.
  func streamedRanges(in bytes: [UInt8]) -> [Range<Int>] {
    var stream = stream(blockHandling: .pass)
    var sink = StreamCollector()
    stream.push(bytes.span, to: &sink)
    stream.finish(to: &sink)
    return sink.events.compactMap { event in
      if case .finding(let finding) = event { finding.range } else { nil }
    }
  }
}

extension BlockHandling {
  init(_ handling: OracleRenderer.Handling) {
    switch handling {
    case .stop: self = .stop
    case .mask: self = .mask
    case .pass: self = .pass
    }
  }
}

extension TestedEngine {
  /// The findings as the renderer wants them.
  func covers(_ findings: [Finding], _ items: [OracleItem]) -> [OracleRenderer.Cover] {
    findings.map { found in
      let finding = translate(found)
      return OracleRenderer.Cover(
        range: found.range, action: finding.action,
        replacement: finding.item.flatMap { items[$0].replacement }, entryID: found.entryID)
    }
  }
}
