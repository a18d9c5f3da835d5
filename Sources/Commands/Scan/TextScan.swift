import Filtering

/// Searches one text in pieces, in memory that does not grow with it.
///
/// Whole lines are searched as a text of their own, which is fastest. What is no whole line, once
/// more of it is at hand than may wait, is searched as a stream; so is all text where a finding may
/// span lines. So the window holds at most what is appended at a time, `longLine`, what a stream
/// holds back, and context.
struct TextScan: ~Copyable {
  /// How many bytes of context are kept on either side of a finding.
  static let context = 192
  /// The bytes of a line from which on its end is not waited for.
  static let longLine = 1 << 18

  /// The text at hand; whoever appends to it calls `search`.
  var window = TextWindow()
  /// Counts the characters, and what is none.
  private(set) var census = TextCensus()

  private let engine: FilterEngine
  private let policy: Policy
  /// Whether no finding spans lines: only regexes can.
  private let endsWithLines: Bool
  /// The stream, once there was need for one, and the most bytes that it holds.
  private var stream: StreamFilter?
  private var bound = 0
  private var isStreaming: Bool
  private var sink = FindingCollector()
  private var lines = LineCounter()
  /// The offsets up to which the text is counted and searched.
  private var counted = 0
  private var searched = 0

  /// Prepares to search a text.
  ///
  /// - Parameters:
  ///   - engine: Finds what is searched for.
  ///   - policy: What is done about findings.
  ///   - endsWithLines: Whether the engine has no regexes.
  init(_ engine: FilterEngine, _ policy: Policy, endsWithLines: Bool) {
    (self.engine, self.policy, self.endsWithLines) = (engine, policy, endsWithLines)
    isStreaming = !endsWithLines
  }

  /// Where the findings that are not reported yet begin at the earliest.
  var openStart: Int { min(sink.findings.first?.range.lowerBound ?? .max, decidedEnd) }

  /// Where the findings begin at the earliest that are still undecided, or lack their context.
  private var decidedEnd: Int {
    isStreaming ? max(searched - bound - Self.context, 0) : searched
  }

  /// Searches what was appended to the window and lets go of what is done.
  ///
  /// - Parameter report: Receives findings that are complete with their context, in order.
  mutating func search(report: (Hit) -> Void) {
    searchAll(isFinal: false)
    // In whole lines findings end before what is not searched, and context ends with its line.
    flush(upTo: isStreaming ? decidedEnd : .max, report)
    // Lines are counted before the window lets go of them. A part of a line that waits has no end.
    if isStreaming {
      lines.move(to: openStart, in: window)
    } else {
      lines.move(to: openStart, behind: census.lineFeeds)
    }
    window.discard(before: openStart - Self.context)
  }

  /// Ends the text: searches all that is left.
  ///
  /// - Returns: What is text and what is none.
  consuming func finish(report: (Hit) -> Void) -> TextCensus {
    searchAll(isFinal: true)
    census.finish()
    let rest = stream.take()
    rest?.finish(to: &sink)
    flush(upTo: .max, report)
    return census
  }

  private mutating func searchAll(isFinal: Bool) {
    census.read(window[counted..<window.end].span)
    counted = window.end
    while searched < window.end {
      let rest = window[searched..<window.end]
      if isStreaming {
        searchStream(rest)
      } else if isFinal {
        searchLines(rest)
      } else if let last = rest.lastIndex(of: 0x0A) {
        searchLines(rest[...last])
      } else if rest.count >= Self.longLine {
        isStreaming = true
      } else {
        break
      }
    }
  }

  /// Searches whole lines, or what the text ends with.
  private mutating func searchLines(_ text: ArraySlice<UInt8>) {
    for finding in engine.findings(in: text.span, policy: policy) {
      sink.findings.append(finding.moved(by: searched))
    }
    sink.skipped += text.count
    searched += text.count
  }

  /// Searches text as a stream, up to a line break that decides everything.
  private mutating func searchStream(_ text: ArraySlice<UInt8>) {
    var stream = self.stream.take() ?? engine.stream(policy: policy, blockHandling: .pass)
    bound = stream.holdbackBound
    let lineEnd = endsWithLines ? text.firstIndex(of: 0x0A) : nil
    let part = lineEnd.map { text[...$0] } ?? text
    stream.push(part.span, to: &sink)
    searched += part.count
    if lineEnd != nil && stream.heldCount == 0 { isStreaming = false }
    self.stream = consume stream
  }

  /// Reports the findings that begin and end before an offset, and drops them.
  private mutating func flush(upTo offset: Int, _ report: (Hit) -> Void) {
    if sink.findings.isEmpty { return }
    sink.findings.sort(by: Finding.precedes)
    // One that ends later keeps back those behind it: the order is that of starts.
    let ready = sink.findings.prefix { $0.range.upperBound < offset }
    for finding in ready {
      let range = finding.range
      lines.move(to: range.lowerBound, in: window)
      report(
        Hit(
          finding: finding, line: lines.line, match: Array(window[range]),
          before: window[(range.lowerBound - Self.context)..<range.lowerBound],
          after: window[range.upperBound..<(range.upperBound + Self.context)]))
    }
    sink.findings.removeFirst(ready.count)
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
