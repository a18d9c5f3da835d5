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

  /// Appends a chunk, and releases what is safe without reading it, where nothing is found.
  ///
  /// - Precondition: `skipsNext`.
  /// - Returns: What was done with it.
  @inline(__always)
  mutating func skip<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, _ sink: inout Sink
  ) -> Skip {
    guard let shortTest else { return .none }
    let context = held.end &- held.count
    let first = context &- (heldBase &- begunAt)
    let isWhole = heldBase == context
    guard let answer = held.take(chunk, shortTest, first: first, isWhole: isWhole) else {
      return .none
    }
    // Nothing that was released can be under way.
    guard case .known = answer.kind, answer.live >= context else {
      cutCount &+= chunk.count
      guard case .unclear = answer.kind, readEnd(&sink) else { return .appended }
      return .released
    }
    lag = .text
    // The offset in the text of the first near byte.
    let base = heldBase &- context
    begunAt = base &+ answer.begun
    cutCount = held.end &- answer.end
    heldBase = base &+ answer.live
    if answer.live > context {
      held.release(upTo: answer.live) { sink.release($0) }
    }
    return .released
  }

  /// What was done with a chunk.
  enum Skip {
    /// Nothing.
    case none
    /// It is held, to be read.
    case appended
    /// It is held, and what is safe is released.
    case released
  }

  /// Makes room for a chunk where there is too much context, and tells whether it may be skipped then.
  mutating func makeRoomToSkip(_ count: Int) -> Bool {
    guard shortTest != nil, held.dropsContext(for: count), held.staysNear(with: count) else {
      return false
    }
    let kept = neededSymbols > 0 ? HeldBytes.keptContext : HeldBytes.shortContext
    let symbols = neededSymbols > 0 ? held.keptSymbols : 0
    if symbols < neededSymbols { catchUp() }
    held.dropContext(symbols: symbols, kept: kept)
    updateSkipping()
    return skipsNext
  }

  /// Tells whether the next chunk may be skipped, when one was not.
  mutating func updateSkipping() {
    skipsNext =
      shortTest != nil && held.isNear && resolver.isIdle && cutAt == nil && hasContext
      && renderer.isPlain(at: heldBase)
    if !skipsNext { return }
    // Of skipped text `begunAt` is known.
    if !releasesSome {
      begunAt = heldBase
    } else if lag != .text {
      begunAt = min(scanner.liveStart(.max) ?? heldBase, heldBase)
    }
  }

  /// Whether the scanner can resume from the context: an exception may begin in it.
  private var hasContext: Bool {
    heldBase == held.contextCount
      || (held.contextCount >= Self.leastContext && held.contextSymbols >= neededSymbols)
  }

  /// Has the scanner read what is held and little before it, where nothing is found; releases what is
  /// safe.
  ///
  /// - Returns: Whether that is done; else nothing has changed.
  @inline(never)
  private mutating func readEnd<Sink: StreamSink & ~Copyable>(_ sink: inout Sink) -> Bool {
    guard lag == .text else { return false }
    let first = begunAt - heldBase
    let read = resume(
      from: max(first - Self.leastContext, -held.contextCount), to: held.count)
    lag = .history
    cutCount = held.count - read
    let safe = heldBase + read
    releaseHeld(upTo: min(liveStart() ?? safe, safe), &sink)
    updateSkipping()
    return true
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
