import Filtering

/// One finding of a scan, with what is needed to show it.
struct Hit {
  /// The finding; its range counts bytes of the text as UTF-8.
  var finding: Finding
  /// The line on which it begins, from 1.
  var line: Int
  /// Its bytes.
  var match: [UInt8]
  /// The bytes around it that are at hand.
  var before: ArraySlice<UInt8>
  var after: ArraySlice<UInt8>
}

/// Searches one text in chunks, in memory that does not grow with it.
struct TextScan: ~Copyable {
  /// How many bytes of context are kept on either side of a finding.
  static let context = 192

  /// Counts the characters, and what is none.
  private(set) var census = TextCensus()

  private let engine: FilterEngine
  private let policy: Policy
  /// Whether no finding spans lines: only regexes can.
  private let endsWithLines: Bool
  private var stream: StreamFilter
  private let bound: Int
  private var sink = FindingCollector()
  private var window: TextWindow
  private var lines = LineCounter()

  init(_ engine: FilterEngine, _ policy: Policy) {
    (self.engine, self.policy) = (engine, policy)
    endsWithLines = engine.statistics.regexes == 0
    stream = engine.stream(policy: policy, blockHandling: .pass)
    bound = stream.holdbackBound
    window = TextWindow(reach: 2 * (bound + Self.context))
  }

  /// Where the findings that are still open begin at the earliest.
  var openStart: Int { max(window.end - bound - Self.context, 0) }

  /// Reads a chunk of UTF-8.
  ///
  /// - Parameters:
  ///   - chunk: The next bytes, cut anywhere.
  ///   - report: Receives the findings that are complete with their context, in order.
  mutating func push(_ chunk: Span<UInt8>, report: (Hit) -> Void) {
    search(chunk)
    census.read(chunk)
    // Lines are counted before the window lets go of them.
    window.append(chunk)
    flush(upTo: openStart, report)
    lines.move(to: openStart, in: window)
  }

  /// Ends the text.
  consuming func finish(report: (Hit) -> Void) -> TextCensus {
    census.finish()
    stream.finish(to: &sink)
    Self.report(&sink.findings, upTo: .max, window, &lines, report)
    return census
  }

  /// Finds what is in a chunk: in whole lines by a scan of their own, which is faster, and in what
  /// lies before and behind them as a stream.
  private mutating func search(_ chunk: Span<UInt8>) {
    guard endsWithLines, let first = chunk.indices.first(where: { chunk[$0] == 0x0A }),
      let last = chunk.indices.last(where: { chunk[$0] == 0x0A }), first < last
    else {
      stream.push(chunk, to: &sink)
      return
    }
    stream.push(chunk.extracting(...first), to: &sink)
    // A line break decides everything; if not, nothing is skipped.
    guard stream.heldCount == 0 else {
      stream.push(chunk.extracting((first + 1)...), to: &sink)
      return
    }
    let lines = chunk.extracting((first + 1)...last)
    let base = window.end + first + 1
    sink.findings += engine.findings(in: lines, policy: policy).map { $0.moved(by: base) }
    sink.skipped += lines.count
    stream.push(chunk.extracting((last + 1)...), to: &sink)
  }

  private mutating func flush(upTo offset: Int, _ report: (Hit) -> Void) {
    if sink.findings.isEmpty { return }
    Self.report(&sink.findings, upTo: offset, window, &lines, report)
  }

  /// Reports the findings that begin and end before an offset, and drops them.
  private static func report(
    _ findings: inout [Finding], upTo offset: Int, _ window: TextWindow,
    _ lines: inout LineCounter, _ report: (Hit) -> Void
  ) {
    findings.sort(by: Finding.precedes)
    // One that ends later keeps back those behind it: the order is that of starts.
    let ready = findings.prefix { $0.range.upperBound < offset || offset == .max }
    for finding in ready {
      let range = finding.range
      lines.move(to: range.lowerBound, in: window)
      report(
        Hit(
          finding: finding, line: lines.line, match: Array(window[range]),
          before: window[(range.lowerBound - context)..<range.lowerBound],
          after: window[range.upperBound..<(range.upperBound + context)]))
    }
    findings.removeFirst(ready.count)
  }
}

/// Keeps findings, and lets the released bytes go.
private struct FindingCollector: StreamSink {
  var findings: [Finding] = []
  /// How many bytes of the text the stream has not seen.
  var skipped = 0

  mutating func release(_ bytes: Span<UInt8>) {}

  mutating func event(_ event: StreamEvent) {
    if case .finding(let finding) = event { findings.append(finding.moved(by: skipped)) }
  }
}

extension Finding {
  /// The finding of a part of a text that begins so many bytes behind the text.
  fileprivate func moved(by offset: Int) -> Finding {
    if offset == 0 { return self }
    var finding = self
    finding.range = range.lowerBound + offset..<range.upperBound + offset
    finding.otherParts = otherParts.map { $0.lowerBound + offset..<$0.upperBound + offset }
    return finding
  }
}
