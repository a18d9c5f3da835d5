import CScan

extension Scanner {
  /// Whether nothing is open that the next scalar could decide.
  @inline(__always)
  var isPlain: Bool { !needsCare && watch == .nothing }

  /// The short way: reads on as long as everything is plain.
  ///
  /// Plain are symbols behind one another, marks, single noise scalars and line breaks, where one or
  /// two scalars of look-ahead show that no lane beside the text's can find anything. The result is
  /// that of `readWithCare`, to which all that is doubtful is left.
  ///
  /// - Parameters:
  ///   - bytes: The text from byte `base` on; not empty.
  ///   - base: The offset of `bytes[0]` in the text.
  ///   - position: Where to begin in `bytes`.
  ///   - handler: Receives what is found.
  /// - Returns: Where reading stopped, and whether `handler` wants a pause there.
  /// - Precondition: `isPlain`.
  mutating func readPlain<Handler: ScanHandler & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, base: Int, from position: Int, _ handler: inout Handler
  ) -> (at: Int, wantsPause: Bool) {
    var at = position
    var limit = runsAreShort ? PlainRun.shortLimit : PlainRun.limit
    while true {
      history.cursor.makeRoom(for: Int(KW_RUN))
      let run = unsafe PlainRun(
        bytes, base: base, from: at, behind: history.cursor, trait: lastTrait, hasLast: hasLast,
        noiseLimit: noiseLimit, sentence: sentence, limit: limit, tables)
      if run.count > 0 {
        let (count, wantsPause) = follow(run, &handler)
        if count > 0 { take(run, count) }
        runsAreShort = count < run.count
        if count < run.count || wantsPause || !isPlain {
          return (count == 0 ? at : history.cursor.end &- base, wantsPause)
        }
      }
      at = run.end
      switch run.reason {
      case KW_RUN_FULL: limit = PlainRun.limit
      case KW_RUN_LINE:
        (state, lastTrait, hasLast) = (0, 0, false)
        history.disconnect()
        endSentence()
      default: return (at, false)
      }
    }
  }

  /// Follows the symbols of a run through the automaton.
  ///
  /// - Returns: How many were followed before a pause or anything that needs care. A mark that ends a
  ///   pattern is not followed: only with care can both be done about it.
  @inline(__always)
  private mutating func follow<Handler: ScanHandler & ~Copyable>(
    _ run: PlainRun, _ handler: inout Handler
  ) -> (count: Int, wantsPause: Bool) {
    let tables = tables
    let bounds = tables.boundsWords
    let count = run.count
    var state = state
    var index = 0
    if tables.isShallow(state, behind: run.history.last.number) {
      index = run.nextPromising(from: 0)
      if index > 0 { state = tables.begin(run.beginning(index &- 1, bounds)) }
    }
    while index < count {
      let symbol = run.symbol(index)
      let (next, hasOutput) =
        bounds && run.touches(index)
        ? tables.step(state, symbol.number, inWord: run.history(length: index &+ 1).touch)
        : tables.step(state, symbol.number)
      if hasOutput {
        if symbol.kindBits != 0 { break }
        endSentences(run, upTo: index)
        if !note(next, run.history(length: index &+ 1)) {
          self.state = next
          take(run, index &+ 1)
          let wantsPause = reportHits(&handler)
          if wantsPause || !isPlain { return (index &+ 1, wantsPause) }
        }
      }
      state = next
      index &+= 1
      if tables.isShallow(state, behind: symbol.number) {
        let promising = run.nextPromising(from: index)
        if promising > index { state = tables.begin(run.beginning(promising &- 1, bounds)) }
        index = promising
      }
    }
    self.state = state
    return (index, false)
  }

  /// Reports what ends at the last symbol, and what was noted where that has come to matter.
  @inline(never)
  private mutating func reportHits<Handler: ScanHandler & ~Copyable>(
    _ handler: inout Handler
  ) -> Bool {
    if isLoud && quiet.count > 0 {
      reportQuiet(&handler)
    } else {
      reportHits(end: history.cursor.end, trait: lastTrait, &handler)
    }
    return handler.scalarEnded()
  }

  /// Takes up the first symbols of a run, of which there is at least one.
  @inline(__always)
  private mutating func take(_ run: PlainRun, _ count: Int) {
    history.cursor = run.history(length: count)
    lastTrait = history.cursor.last.traitBits
    hasLast = true
    endSentences(run, upTo: count)
  }

  /// Ends the sentences whose marks are among a run's first symbols, unless that was done before.
  @inline(__always)
  private mutating func endSentences(_ run: PlainRun, upTo count: Int) {
    let more = run.sentences(upTo: count) &- (sentence &- run.sentence)
    if more == 0 { return }
    endSentence()
    sentence &+= more &- 1
  }

  /// Notes the patterns of a state in passing; false where they, or their notes, must be reported.
  @inline(__always)
  private mutating func note(_ state: UInt32, _ history: SymbolHistory.Cursor) -> Bool {
    var (place, isQuiet) = tables.output(state)
    guard isQuiet, quiet.hasRoom else { return false }
    repeat {
      let (pattern, length, next) = tables.pattern(at: place)
      quiet.append(
        QuietLog.Element(
          pattern: pattern, first: history.text(back: length &- 1), last: history.textSymbols,
          start: history.start(back: length &- 1), end: history.end,
          hasNoise: history.noise(length: length) != 0))
      place = next
    } while place != 0
    return !isLoud
  }
}
