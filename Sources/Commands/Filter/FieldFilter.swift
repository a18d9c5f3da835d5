import Filtering
import JSONText
import Lexicons

/// Filters one string of a record as a stream of its own.
struct FieldFilter {
  /// What the stream reported.
  private(set) var events: [StreamEvent] = []
  /// What is to change in the string: ascending and disjoint.
  private(set) var replacements: [JSONEdit.Replacement] = []

  /// Filters a string.
  init(_ text: [UInt8], _ plan: FilterPlan, _ tally: inout FilterTally) {
    var stream = plan.stream()
    var sink = StreamCollector()
    tally.push(text.span, into: &stream, &sink)
    if !stream.isBlocked { stream.finish(to: &sink) }
    events = sink.events
    var wanted = sink.released
    var cut: Int?
    for event in events {
      switch event {
      case .finding(let finding): tally.count(finding)
      case .blocked(let offset, let refusal):
        cut = offset
        wanted += refusal.utf8
        replacements = [.init(offset..<text.count, with: Array(refusal.utf8))]
      }
    }
    if wanted == text { return }
    replacements = Self.hidden(events, plan, text, cut) + replacements
    if Self.apply(replacements, to: text) != wanted {
      // The stream's output is the truth. This keeps it, at the cost of the escapes' spelling.
      replacements = [.init(0..<text.count, with: wanted)]
    }
  }

  /// The replacements for masked spans: one for each chain of findings that overlap.
  private static func hidden(
    _ events: [StreamEvent], _ plan: FilterPlan, _ text: [UInt8], _ cut: Int?
  ) -> [JSONEdit.Replacement] {
    let mask = Array(String(Character(plan.policy.maskCharacter)).utf8)
    let end = cut ?? text.count
    var chains: [(range: Range<Int>, text: [UInt8]?)] = []
    for finding in covers(events, plan.blockHandling) where finding.range.lowerBound < end {
      let range = finding.range.clamped(to: 0..<end)
      if let last = chains.last, range.lowerBound < last.range.upperBound {
        let upper = max(last.range.upperBound, range.upperBound)
        chains[chains.count - 1].range = last.range.lowerBound..<upper
      } else {
        let replacement = finding.entry.flatMap { plan.engine.entry($0).replacement }
        chains.append((range, replacement.map { Array($0.utf8) }))
      }
    }
    return chains.map { chain in
      let characters = text[chain.range].count { $0 & 0xC0 != 0x80 }
      let masks = Array(repeatElement(mask, count: characters).joined())
      return JSONEdit.Replacement(chain.range, with: chain.text ?? masks)
    }
  }

  /// The findings that are masked, by start, then the longer.
  private static func covers(_ events: [StreamEvent], _ handling: BlockHandling) -> [Finding] {
    let findings = events.compactMap { event -> Finding? in
      guard case .finding(let finding) = event else { return nil }
      switch (finding.action, handling) {
      case (.mask, .stop), (.mask, .mask), (.block, .mask): return finding
      case (.block, .stop), (_, .pass), (.review, _), (.tag, _): return nil
      }
    }
    return findings.sorted(by: Finding.precedes)
  }

  private static func apply(
    _ replacements: [JSONEdit.Replacement], to text: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    for replacement in replacements {
      result += text[at..<replacement.range.lowerBound]
      result += replacement.text
      at = replacement.range.upperBound
    }
    return result + text[at...]
  }
}
