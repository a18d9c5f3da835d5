import Folding
import Storage

/// The parts of a text in which something may be found: what a prefilter leaves of it.
///
/// A region begins and ends where the scanner's state is that of a text's begin and end: behind a
/// line break, and behind `。` where no pattern holds one. So a scanner finds in the regions, one by
/// one, what it finds in the whole text. Where the regions would be most of the text, the rest is
/// one region: the prefilter's time would be wasted.
package struct SuspectRegions: ~Copyable {
  /// Text after which the share of the regions is looked at, in bytes.
  private static let trial = 1 << 14

  private var scanner: PrefilterScanner
  private let tables: StepTables
  private let endsAtMarks: Bool
  private var hits: [PrefilterHit] = []
  private var suspects: [Range<Int>] = []
  /// Suspects before this one are sorted and complete; those before `next` are done.
  private var ready = 0
  private var next = 0
  /// Whether the prefilter has seen the whole text.
  private var isDone = false
  /// Where the last region ended.
  private var end = 0
  /// The bytes of all regions so far.
  private var covered = 0

  /// Prepares to search a text.
  ///
  /// - Parameters:
  ///   - prefilter: The patterns, all that can begin a finding.
  ///   - automaton: The patterns' automaton, which knows what vanishes; it must outlive the search.
  ///   - endsAtMarks: Whether neither a pattern nor an exception holds `。`.
  package init(_ prefilter: Prefilter, _ automaton: AhoCorasick, endsAtMarks: Bool) {
    scanner = PrefilterScanner(prefilter)
    tables = automaton.tables
    self.endsAtMarks = endsAtMarks
  }

  /// Returns the next region of a text, nil at its end; regions ascend and do not overlap.
  ///
  /// - Parameter text: The same text at each call.
  /// - Returns: The offsets of a region.
  /// - Complexity: O(text) for all calls together.
  package mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while end < text.count {
      while next < ready {
        let suspect = suspects[next]
        next += 1
        if suspect.upperBound > end { return region(around: suspect, in: text) }
      }
      suspects.removeFirst(ready)
      (next, ready) = (0, 0)
      hits.removeAll(keepingCapacity: true)
      if isDone { return nil }
      if let segment = scanner.next(in: text, into: &hits) {
        add(segment, in: text)
      } else {
        isDone = true
        ready = suspects.count
      }
    }
    return nil
  }

  /// Adds what a segment shows; what lies before it is complete then, as a segment's hits begin in
  /// the one before at the earliest.
  private mutating func add(_ segment: PrefilterSegment, in text: Span<UInt8>) {
    if segment.isDense {
      suspects.append(segment.reach)
    } else {
      for hit in hits { suspects.append(hit.range) }
    }
    findFloods(in: text, segment.range)
    if suspects.count > 1 { suspects.sort { $0.lowerBound < $1.lowerBound } }
    let start = segment.range.lowerBound
    ready = suspects.firstIndex { $0.lowerBound >= start } ?? suspects.count
  }

  private mutating func region(around suspect: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    let start = max(suspect.lowerBound, end)
    if start > Self.trial && covered > start / 2 {
      let rest = boundary(before: start, in: text)..<text.count
      end = text.count
      return rest
    }
    let region =
      boundary(before: start, in: text)..<boundary(behind: suspect.upperBound, in: text)
    covered += region.count
    end = region.upperBound
    return region
  }

  /// The last place not behind `place` where a region can begin.
  private func boundary(before place: Int, in text: Span<UInt8>) -> Int {
    var at = place
    while at > end && !isBoundary(at, in: text) { at -= 1 }
    return at
  }

  /// The first place from `place` on where a region can end.
  private func boundary(behind place: Int, in text: Span<UInt8>) -> Int {
    var at = place
    while at < text.count && !isBoundary(at, in: text) { at += 1 }
    return at
  }

  /// Whether a line break or `。` lies right before a place that is not the begin.
  @inline(__always)
  private func isBoundary(_ at: Int, in text: Span<UInt8>) -> Bool {
    let last = text[at - 1]
    if last == 0x0A { return true }
    return last == 0x82 && endsAtMarks && at >= 3 && text[at - 2] == 0x80 && text[at - 3] == 0xE3
  }

  /// Adds the runs of more vanishing scalars than a gap may hold: beside a live prefix they are found
  /// whatever follows.
  ///
  /// Four bytes in every 60 are looked at: such a run has 66 at least.
  private mutating func findFloods(in text: Span<UInt8>, _ range: Range<Int>) {
    var at = range.lowerBound
    while at + 3 < range.upperBound {
      // Four neighbouring bytes of a run hold neither ASCII nor the lead of a common Han character.
      // No short circuit: the branches would be mispredicted at every other place.
      let isOrdinary =
        Self.rulesOut(text[at]) | Self.rulesOut(text[at + 1]) | Self.rulesOut(text[at + 2])
        | Self.rulesOut(text[at + 3])
      at += 60
      if isOrdinary != 0 { continue }
      var start = at - 60
      while start < text.count && text[start] & 0xC0 == 0x80 { start += 1 }
      var stop = start
      while stop < text.count && vanishes(text, stop) {
        stop += UTF8Decoder.decode(text, at: stop).length
      }
      if stop > start { suspects.append(start..<stop) }
      at = max(stop, at)
    }
  }

  /// One for a byte that is in no vanishing scalar of UTF-8, else zero.
  @inline(__always)
  private static func rulesOut(_ byte: UInt8) -> UInt8 {
    (byte < 0x80 ? 1 : 0) | (byte &- 0xE4 < 6 ? 1 : 0)
  }

  private func vanishes(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let decoded = UTF8Decoder.decode(text, at: at)
    guard decoded.scalar <= 0x10FFFF else { return false }
    let kind = ScalarKind(
      rawValue: UInt8(truncatingIfNeeded: tables.entry(decoded.scalar).kindBits))
    return kind?.vanishes ?? false
  }
}
