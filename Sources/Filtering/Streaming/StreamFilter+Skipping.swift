import Folding
import Matching
import Storage

/// Most chunks are released without being read: a short test shows that nothing is found in them,
/// and their end what is under way there. The scanner is then *behind*, and resumes when a chunk must
/// be read, from the context that is kept before the held bytes.
extension StreamFilter {
  /// The least context with which a chunk can be skipped, in bytes, unless it is all that was pushed.
  private static let leastContext = 16

  /// Whether the last chunk was skipped.
  package var skippedLast: Bool { lag == .text }

  /// Sees to it that a chunk can be appended, and tells whether it may be skipped.
  @inline(__always)
  mutating func prepareToSkip(_ count: Int) -> Bool {
    guard shortTest != nil else { return false }
    if !held.staysNear(with: count) { return false }
    if held.dropsContext(for: count) {
      let symbols = neededSymbols > 0 ? held.keptSymbols : 0
      if symbols < neededSymbols { catchUp() }
      held.dropContext(symbols: symbols)
    }
    guard resolver.isIdle && hasContext else { return false }
    if lag != .text || !releasesSome {
      begunAt = heldBase
      if releasesSome { begunAt = min(scanner.liveStart(.max) ?? heldBase, heldBase) }
    }
    let begun = heldBase - begunAt
    return begun <= held.contextCount && begun + held.count + count <= ShortTest.limit
  }

  /// Whether the scanner can resume from the context: an exception may begin in it.
  private var hasContext: Bool {
    isAtBegin
      || (held.contextCount >= Self.leastContext && held.contextSymbols >= neededSymbols)
  }

  /// Whether the context and the held bytes are all that was pushed.
  private var isAtBegin: Bool { heldBase == held.contextCount }

  /// Releases what is safe without reading, where nothing is found.
  ///
  /// - Returns: Whether that is done; else nothing has changed.
  @inline(__always)
  mutating func skip<Sink: StreamSink & ~Copyable>(_ sink: inout Sink) -> Bool {
    guard let shortTest else { return false }
    let (context, count) = (held.contextCount, held.count)
    let isWhole = isAtBegin
    let first = begunAt - heldBase
    let end = held.withBytes(first..<count) { bytes in
      let cut = Self.cut(bytes)
      return shortTest.mayMatch(in: bytes.extracting(0..<bytes.count - cut)) ? nil : count - cut
    }
    guard let end, context + end > 0 else { return false }
    let begun = tail(-context..<end, isWhole: isWhole, kinds: .max)
    let known = releasesSome && begun != .nothing && begun != .unclear
    let live = known ? tail(-context..<end, isWhole: isWhole, kinds: enabled) : begun
    var safe = heldBase + end
    switch live {
    case .nothing: break
    case .live(let start): safe = heldBase + start - context
    case .unclear:
      guard lag == .text else { return false }
      let read = resume(from: max(first - Self.leastContext, -context), to: count)
      lag = .history
      cutCount = count - read
      safe = heldBase + read
      releaseHeld(upTo: min(liveStart() ?? safe, safe), &sink)
      return true
    }
    // Nothing that was released can be under way.
    guard safe >= heldBase else { return false }
    lag = .text
    begunAt = safe
    if case .live(let start) = begun { begunAt = heldBase + start - context }
    cutCount = count - end
    releaseHeld(upTo: safe, &sink)
    return true
  }

  @inline(__always)
  private mutating func tail(_ range: Range<Int>, isWhole: Bool, kinds: UInt64) -> TextTail.State {
    held.withBytes(range) { scanner.tail(of: $0, isWhole: isWhole, kinds: kinds) }
  }

  /// The bytes of a character that the end of a text cuts.
  @inline(__always)
  private static func cut(_ bytes: Span<UInt8>) -> Int {
    let count = bytes.count
    if count == 0 || bytes[count - 1] < 0x80 { return 0 }
    // Han characters, whole and with their last byte missing.
    if count > 2 && bytes[count - 1] < 0xC0 {
      let (first, second) = (bytes[count - 3], bytes[count - 2])
      if first &- 0xE3 < 7 && second & 0xC0 == 0x80 { return 0 }
      if second &- 0xE3 < 7 { return 2 }
    }
    return rareCut(bytes)
  }

  @inline(never)
  private static func rareCut(_ bytes: Span<UInt8>) -> Int {
    for length in 1...min(3, bytes.count) where bytes[bytes.count - length] >= 0xC0 {
      return UTF8Decoder.decode(bytes, at: bytes.count - length).isCut ? length : 0
    }
    return 0
  }

  /// Has the scanner read all that was pushed, and know what stood before it.
  @inline(__always)
  mutating func catchUp() {
    if lag != .none { resume() }
  }

  @inline(never)
  private mutating func resume() {
    if lag == .text || neededSymbols > 0 {
      let (all, end) = (held.contextCount, held.count - cutCount)
      let least = heldBase - begunAt + Self.leastContext
      let read = resume(from: -(neededSymbols > 0 ? all : min(least, all)), to: end)
      cutCount += end - read
    }
    lag = .none
  }

  /// Has the scanner read from an offset in the context, where nothing is found, to one among the held
  /// bytes; returns where it stopped, before a character that is cut.
  private mutating func resume(from start: Int, to end: Int) -> Int {
    let base = heldBase + start
    return start + held.withBytes(start..<end) { scanner.resume($0, base: base) }
  }
}

/// How much less a stream's scanner has read than was pushed.
enum ScannerLag {
  case none
  /// What stands far before the held bytes, where exceptions may begin.
  case history
  /// What was skipped.
  case text
}
