/// Writes bytes out with findings masked or replaced.
///
/// Findings that overlap form a chain. The leftmost-longest one decides how the chain looks: one mask
/// character for each character of the chain, or its replacement once and the rest deleted.
struct Renderer {
  private struct Cover {
    var range: Range<Int>
    var entry: UInt64
    var replacement: [UInt8]?
  }

  private let mask: [UInt8]
  /// Findings not yet written, in the order of reports.
  private var covers: [Cover] = []
  private var hasCovers = false
  /// The chain being written: its end, and whether it is deleted rather than masked.
  private var chainEnd = 0
  private var deletes = false

  init(mask: Unicode.Scalar) {
    self.mask = Array(String(Character(mask)).utf8)
    covers.reserveCapacity(16)
  }

  /// Adds a finding that is to be hidden; all of its bytes are still held.
  mutating func hide(_ finding: Finding, replacement: String?) {
    let cover = Cover(
      range: finding.range, entry: finding.entryID, replacement: replacement.map { Array($0.utf8) })
    let key = (cover.range.lowerBound, -cover.range.upperBound, cover.entry)
    let place =
      covers.firstIndex {
        ($0.range.lowerBound, -$0.range.upperBound, $0.entry) > key
      } ?? covers.count
    covers.insert(cover, at: place)
    hasCovers = true
  }

  /// Whether nothing at an offset or behind it is hidden so far.
  func isPlain(at offset: Int) -> Bool { !hasCovers && offset >= chainEnd }

  /// Releases bytes, findings hidden.
  ///
  /// - Parameters:
  ///   - bytes: Decided bytes, which follow those of the last call.
  ///   - base: Their offset in the text.
  ///   - sink: Receives them.
  mutating func release<Sink: StreamSink & ~Copyable>(
    _ bytes: Span<UInt8>, base: Int, to sink: inout Sink
  ) {
    let end = base + bytes.count
    var at = base
    if isPlain(at: at) {
      sink.release(bytes)
      return
    }
    while at < end {
      enterChain(at, &sink)
      if at < chainEnd {
        let stop = min(chainEnd, end)
        if !deletes { writeMask(bytes.extracting((at - base)..<(stop - base)), &sink) }
        at = stop
      } else {
        let stop = min(covers.first.map { max($0.range.lowerBound, at) } ?? end, end)
        if stop > at { sink.release(bytes.extracting((at - base)..<(stop - base))) }
        at = stop
      }
    }
  }

  /// Takes up every finding that starts at or before a place.
  private mutating func enterChain<Sink: StreamSink & ~Copyable>(
    _ at: Int, _ sink: inout Sink
  ) {
    while let first = covers.first, first.range.lowerBound <= max(at, chainEnd - 1) {
      covers.removeFirst()
      if first.range.lowerBound >= chainEnd {
        deletes = first.replacement != nil
        if let text = first.replacement { sink.release(text.span) }
      }
      chainEnd = max(chainEnd, first.range.upperBound)
    }
    hasCovers = !covers.isEmpty
  }

  /// One mask character for each character.
  private func writeMask<Sink: StreamSink & ~Copyable>(
    _ bytes: Span<UInt8>, _ sink: inout Sink
  ) {
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { sink.release(mask.span) }
  }
}
