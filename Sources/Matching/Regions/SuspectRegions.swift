import CScan
import Folding
import Storage

/// The parts of a text in which something may be found: what a prefilter leaves of it.
///
/// A region begins and ends where the scanner's state is that of a text's begin and end (see
/// `TextBoundary`). So a scanner finds in the regions, one by
/// one, what it finds in the whole text. Where the regions would be most of the text, the rest is
/// one region: the prefilter's time would be wasted.
package struct SuspectRegions: ~Copyable {
  /// Text after which the share of the regions is looked at, in bytes.
  private static let trial = 1 << 14

  private var scanner: PrefilterScanner
  private let endsAtMarks: Bool
  private let vanishing = VanishingLeads.shared
  /// Whether text off the planes is left to the automaton, which is as fast there as the portable
  /// kernel.
  private let leavesForeign = PrefilterKernel.name == "portable"
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
  ///   - endsAtMarks: Whether neither a pattern nor an exception holds `。`.
  package init(_ prefilter: Prefilter, endsAtMarks: Bool) {
    scanner = PrefilterScanner(prefilter)
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
    if leavesForeign && segment.foreignShare > 0.5 {
      suspects.append(segment.reach)
    } else {
      addFloods(of: segment, in: text)
    }
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
    let behind = TextBoundary.behind(suspect.upperBound, in: text, atMarks: endsAtMarks)
    let region = boundary(before: start, in: text)..<behind
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

  /// Whether a line break or `。` lies right before a place that is not the begin.
  @inline(__always)
  private func isBoundary(_ at: Int, in text: Span<UInt8>) -> Bool {
    let last = text[at - 1]
    if last == 0x0A { return true }
    return last == 0x82 && endsAtMarks && at >= 3 && text[at - 2] == 0x80 && text[at - 3] == 0xE3
  }

  /// Adds the parts that may be in a gap of more vanishing scalars than one may hold: beside a live
  /// prefix it is found whatever follows.
  ///
  /// In such a gap no character on a plane begins. At most sixteen vanishing scalars begin in the part
  /// where it begins, as many where it ends; so one does in a part between, which is foreign.
  private mutating func addFloods(of segment: PrefilterSegment, in text: Span<UInt8>) {
    let (low, middle, high) = segment.foreign
    if low | middle | high == 0 { return }
    addFloods(low, from: segment.range.lowerBound, in: text)
    addFloods(middle, from: segment.range.lowerBound + 64 * PrefilterSegment.partSize, in: text)
    addFloods(high, from: segment.range.lowerBound + 128 * PrefilterSegment.partSize, in: text)
  }

  private mutating func addFloods(_ parts: UInt64, from base: Int, in text: Span<UInt8>) {
    var rest = parts
    while rest != 0 {
      let start = base + rest.trailingZeroBitCount * PrefilterSegment.partSize
      let end = min(start + PrefilterSegment.partSize, text.count)
      rest &= rest - 1
      // What an earlier region reaches to is done.
      if end <= self.end { continue }
      if let at = firstVanishing(in: text, start..<end) { suspects.append(at..<end) }
    }
  }

  /// The first place in a range where a vanishing scalar begins.
  private func firstVanishing(in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let behind = min(range.upperBound + 1, text.count)
    if !vanishing.mayBegin(in: text.extracting(range.lowerBound..<behind)) { return nil }
    for at in range where text[at] >= 0xC2 {
      let decoded = UTF8Decoder.decode(text, at: at)
      if !decoded.isIllFormed && FoldEntry(decoded.scalar).kind.vanishes { return at }
    }
    return nil
  }
}
