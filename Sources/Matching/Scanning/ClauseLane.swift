import Storage

/// Symbols set apart by the same clause mark, one in every gap and nothing else.
struct ClauseLane: ~Copyable {
  var state: UInt32 = 0
  var history = SymbolHistory()
  /// The number of the lane's mark; 0 while there is no lane.
  var mark: UInt16 = 0
  /// A mark right behind `last`; 0 if there is none.
  var pendingMark: UInt16 = 0
  /// The symbol before the pending mark.
  var last = Symbol()

  struct Symbol {
    var number: UInt16 = 0
    var trait: UInt32 = 0
    var start = 0
    var touches = false
  }

  init() {}

  /// Whether a lane is open or could open with the next symbol.
  var isActive: Bool { mark != 0 || pendingMark != 0 }

  mutating func append(_ symbol: Symbol, automaton: AhoCorasick) -> Bool {
    history.push(
      number: symbol.number, start: symbol.start, isLiteral: false, hasNoise: false,
      touches: symbol.touches)
    let (next, hasOutput) = automaton.step(state, symbol.number)
    state = next
    return hasOutput
  }
}

extension Scanner {
  /// Takes a clause mark that has just been read into account, before it enters the text lane.
  mutating func noteClauseMark<Handler: ScanHandler & ~Copyable>(
    _ number: UInt16, _ handler: inout Handler
  ) {
    let follows = hasLast && gap.isEmpty && clauses.pendingMark == 0 && !lastIsMark
    if clauses.mark != 0 && (!follows || number != clauses.mark) { endClauses(&handler) }
    guard follows else {
      clauses.pendingMark = 0
      return
    }
    clauses.pendingMark = number
    clauses.last = ClauseLane.Symbol(
      number: history.number(back: 0), trait: lastTrait, start: history.start(back: 0),
      touches: history.touches(back: 0))
  }

  /// Takes another symbol into account, before it enters the text lane.
  ///
  /// `isDirect` says that it is the first symbol of its scalar and nothing lies before it.
  mutating func noteClauseSymbol<Handler: ScanHandler & ~Copyable>(
    _ symbol: ClauseLane.Symbol, end: Int, isDirect: Bool, _ handler: inout Handler
  ) {
    let pending = clauses.pendingMark
    clauses.pendingMark = 0
    let goesOn = pending != 0 && isDirect && (symbol.trait == 1 || clauses.last.trait == 1)
    guard goesOn else {
      if clauses.mark != 0 { endClauses(&handler) }
      return
    }
    if clauses.mark != pending {
      clauses.mark = pending
      clauses.state = 0
      clauses.history.disconnect()
      _ = clauses.append(clauses.last, automaton: automaton)
    }
    let hasOutput = clauses.append(symbol, automaton: automaton)
    if watch.contains(.symbols) {
      take(handler.symbol(lane: .clause, in: clauses.history), trait: symbol.trait)
    }
    if hasOutput { reportClauseHits(end: end, trait: symbol.trait, &handler) }
  }

  /// Closes the lane.
  mutating func endClauses<Handler: ScanHandler & ~Copyable>(_ handler: inout Handler) {
    clauses.mark = 0
    clauses.state = 0
    clauses.history.disconnect()
    if watch != .nothing { handler.laneBroke(.clause) }
  }

  private mutating func reportClauseHits<Handler: ScanHandler & ~Copyable>(
    end: Int, trait: UInt32, _ handler: inout Handler
  ) {
    var wanted = ScanWatch.nothing
    // The symbol that is being read; in the text, a mark stands before each of the lane's.
    let last = textSymbols + 1
    automaton.forEachPattern(at: clauses.state) { pattern, length in
      guard automaton.isClauseEligible(pattern) else { return }
      if quiet.count > 0 && automaton.isPart(pattern) { reportQuiet(&handler) }
      wanted = wanted.union(
        handler.literal(
          LiteralHit(
            pattern: pattern, length: length, lane: .clause,
            start: clauses.history.start(back: length - 1), end: end,
            firstSymbol: last - 2 * (length - 1), lastSymbol: last,
            touchesLeft: clauses.history.touches(back: length - 1), endsInWord: trait >= 2,
            hasNoise: false, sentence: sentence),
          in: clauses.history))
    }
    take(wanted, trait: trait)
  }
}
