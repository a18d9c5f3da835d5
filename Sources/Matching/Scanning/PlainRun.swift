import CScan

/// Symbols that were read one after another and not yet followed through the automaton.
///
/// Reading them first keeps the cost of a symbol from waiting for the one before it, and few need be
/// followed at all: most pairs of neighbours begin no pattern.
struct PlainRun {
  /// The most symbols, but for one with noise before it.
  static let limit = UInt32(KW_RUN) - 4
  /// Enough where the run before was not followed to its end, as what remained was read in vain.
  static let shortLimit: UInt32 = 12

  private let run: kw_plain_run
  /// The history up to the run, whose symbols stand behind that.
  let history: SymbolHistory.Cursor
  /// The sentences that had ended before it.
  let sentence: Int

  /// The number of symbols.
  var count: Int { Int(run.count) }
  /// Where reading stopped.
  var end: Int { run.at }
  /// Why it stopped there.
  var reason: kw_run_end { run.end }

  /// Reads on as long as everything is plain.
  ///
  /// - Parameters:
  ///   - bytes: The text from byte `base` on.
  ///   - base: The offset of its first byte.
  ///   - position: Where to begin.
  ///   - history: What was read before.
  ///   - trait: The trait of the last symbol.
  ///   - hasLast: Whether there is one since the last break.
  ///   - noiseLimit: The most noise scalars that are skipped beside Han.
  ///   - sentence: The sentences that ended.
  ///   - limit: No symbol is begun behind so many.
  ///   - tables: The automaton's.
  @inline(__always)
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, base: Int, from position: Int,
    behind history: SymbolHistory.Cursor, trait: UInt32, hasLast: Bool, noiseLimit: Int,
    sentence: Int, limit: UInt32, _ tables: StepTables
  ) {
    self.history = history
    self.sentence = sentence
    var run = kw_plain_run()
    run.place = UInt32(truncatingIfNeeded: history.place)
    run.trait = trait
    run.touches = UInt32(truncatingIfNeeded: history.touch & 1)
    run.has_last = hasLast ? 1 : 0
    run.recent = history.recent
    run.limit = limit
    run.noise_limit = UInt32(truncatingIfNeeded: noiseLimit)
    // SAFETY: the caller keeps the bytes and the automaton, the history has room for a run.
    unsafe kw_read_run(
      tables.symbols, bytes.baseAddress.unsafelyUnwrapped, bytes.count, position,
      UInt64(truncatingIfNeeded: base), history.memory, &run)
    self.run = run
  }

  /// How many of the first symbols are sentence marks.
  @inline(__always)
  func sentences(upTo count: Int) -> Int {
    run.sentences == 0 ? 0 : (run.sentences & (1 &<< UInt64(count) &- 1)).nonzeroBitCount
  }

  /// A symbol's entry.
  @inline(__always)
  func symbol(_ index: Int) -> ScalarEntry { history.entry(ahead: index &+ 1) }

  /// Whether a symbol touches the letter or digit before it.
  @inline(__always)
  func touches(_ index: Int) -> Bool { (run.touching &<< UInt64(index)) >> 63 != 0 }

  /// The number of a symbol with which a pattern may begin, 0 of one inside a word.
  @inline(__always)
  func beginning(_ index: Int, _ boundsWords: Bool) -> Int {
    boundsWords && touches(index) ? 0 : symbol(index).number
  }

  /// The next symbol, from one on, at which something may begin; `count` if there is none.
  @inline(__always)
  func nextPromising(from index: Int) -> Int {
    let rest = run.promising &>> UInt64(index)
    return rest == 0 ? count : index &+ rest.trailingZeroBitCount
  }

  /// The history as of the run's first `length` symbols, of which there is at least one.
  @inline(__always)
  func history(length: Int) -> SymbolHistory.Cursor {
    var cursor = history
    let bits = UInt64(length)
    cursor.touch = (cursor.touch &<< bits) | (run.touching &>> (64 &- bits))
    cursor.noise = (cursor.noise &<< bits) | (run.noisy &>> (64 &- bits))
    let literal = run.literal &>> (64 &- bits)
    cursor.literal = (cursor.literal &<< bits) | literal
    cursor.textSymbols &+= length &- literal.nonzeroBitCount
    cursor.advance(by: length)
    return cursor
  }
}
