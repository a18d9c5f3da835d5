import Folding
import Storage

extension Scanner {
  /// Reads a scalar where anything but a plain symbol behind a plain symbol is at hand.
  mutating func readWithCare<Handler: ScanHandler & ~Copyable>(
    _ entry: ScalarEntry, _ scalar: UInt32, start: Int, end: Int, _ handler: inout Handler
  ) {
    guard let kind = ScalarKind(rawValue: UInt8(truncatingIfNeeded: entry.kindBits)) else { return }
    needsCare = true
    if kind == .vanishing || kind == .joiner {
      gap.addVanishing(isJoiner: kind == .joiner)
      if gap.vanishing == Gap.maximumVanishing + 1 { passVanishingLimit(end: end, &handler) }
      return
    }
    let head = firstSymbol(of: entry)
    let trait = kind == .symbol ? head.traitBits : 0
    settle(nextTrait: trait, isMark: isDigitMark(head), &handler)
    settleStop(isBeforeSpace: kind == .whiteSpace || kind == .lineBreak, start, &handler)
    switch kind {
    case .symbol, .clauseMark, .sentenceMark:
      readSymbols(entry, kind, start: start, end: end, &handler)
      if kind == .sentenceMark { endSentence() }
    case .fullStop:
      afterDigitMark = followsDigit
      pendingStop = start
      gap.openStop()
    case .lineBreak:
      breakText(&handler)
      endSentence()
    case .noise, .whiteSpace, .emojiModifier, .regionalIndicator:
      let mark = followsDigit && isDigitMark(head)
      addNoise(kind, scalar, number: head.number, &handler)
      afterDigitMark = mark
    case .vanishing, .joiner: break
    }
    needsCare =
      !gap.isEmpty || edge != .none || spelling.isActive || clauses.isActive || pendingStop != nil
      || afterDigitMark
  }

  /// Reads an ill-formed part: it matches nothing and ends everything.
  mutating func readIllFormed<Handler: ScanHandler & ~Copyable>(_ handler: inout Handler) {
    settle(nextTrait: 0, isMark: false, &handler)
    settleStop(isBeforeSpace: false, 0, &handler)
    breakText(&handler)
    needsCare = false
  }

  /// Ends the text: what was open is decided without a further scalar.
  package mutating func finish<Handler: ScanHandler & ~Copyable>(_ handler: inout Handler) {
    settle(nextTrait: 0, isMark: false, &handler)
    // A digit mark at the end touches nothing.
    settle(nextTrait: 0, isMark: false, &handler)
    pendingStop = nil
    breakText(&handler)
  }

  /// Begins another text, or another region of one, after `finish`.
  package mutating func restart() {
    endSentence()
    needsCare = false
  }

  private func firstSymbol(of entry: ScalarEntry) -> ScalarEntry {
    entry.isExpansion
      ? ScalarEntry(rawValue: automaton.expansions[entry.number + 1]) : entry
  }

  private func isDigitMark(_ entry: ScalarEntry) -> Bool {
    entry.number == SymbolTable.stop || entry.number == SymbolTable.comma
  }

  /// Whether the last scalar read is a digit.
  private var followsDigit: Bool {
    hasLast && lastTrait == SymbolTrait.digit.bits && gap.scalars == 0 && pendingStop == nil
  }

  var lastIsMark: Bool {
    let number = history.number(back: 0)
    return number == SymbolTable.comma || number == SymbolTable.enumeration
      || number == SymbolTable.colon
  }

  /// Decides what waited for the next scalar: right edges, and whether a letter stands alone.
  private mutating func settle<Handler: ScanHandler & ~Copyable>(
    nextTrait: UInt32, isMark: Bool, _ handler: inout Handler
  ) {
    if let touches = edge.read(trait: nextTrait, isMark: isMark) {
      watch = watch.subtracting(.edge)
      handler.edge(touches: touches)
    }
    report(spelling.settle(isSingle: nextTrait < 2, automaton: automaton), &handler)
  }

  /// Decides what a `.` is, now that the scalar behind it is known.
  private mutating func settleStop<Handler: ScanHandler & ~Copyable>(
    isBeforeSpace: Bool, _ next: Int, _ handler: inout Handler
  ) {
    guard let start = pendingStop else { return }
    pendingStop = nil
    let mark = afterDigitMark
    let joins = gap.closeStop()
    if isBeforeSpace {
      let stop = ScalarEntry(number: SymbolTable.stop, kind: .sentenceMark, trait: .other)
      readSymbols(stop, .sentenceMark, start: start, end: start + 1, &handler)
      endSentence()
    } else {
      addNoise(.noise, 0x2E, number: SymbolTable.stop, &handler)
    }
    gap.isJoined = joins
    afterDigitMark = mark
  }

  private mutating func addNoise<Handler: ScanHandler & ~Copyable>(
    _ kind: ScalarKind, _ scalar: UInt32, number: Int, _ handler: inout Handler
  ) {
    gap.addNoise(kind, scalar: scalar, number: UInt16(truncatingIfNeeded: number))
    report(
      spelling.readNoise(scalar + 1, count: gap.scalars, automaton: automaton), &handler)
    if clauses.isActive {
      clauses.pendingMark = 0
      if clauses.mark != 0 { endClauses(&handler) }
    }
  }

  private mutating func readSymbols<Handler: ScanHandler & ~Copyable>(
    _ entry: ScalarEntry, _ kind: ScalarKind, start: Int, end: Int, _ handler: inout Handler
  ) {
    let mark = afterDigitMark
    let followed = followsDigit
    afterDigitMark = false
    if !entry.isExpansion {
      readSymbol(
        entry, start: start, end: end, isFirst: true, isAlone: kind == .symbol,
        touchesMark: mark && entry.traitBits == SymbolTrait.digit.bits,
        isClauseMark: kind == .clauseMark, &handler)
      if kind != .symbol { afterDigitMark = followed && isDigitMark(entry) }
      return
    }
    let row = entry.number
    for index in 1...Int(automaton.expansions[row]) {
      let part = ScalarEntry(rawValue: automaton.expansions[row + index])
      if index > 1 {
        settle(nextTrait: part.traitBits, isMark: false, &handler)
      }
      readSymbol(
        part, start: start, end: end, isFirst: index == 1, isAlone: false,
        touchesMark: index == 1 && mark && part.traitBits == SymbolTrait.digit.bits,
        isClauseMark: false, &handler)
    }
  }

  /// Connects a symbol with what came before, or breaks, and steps all lanes.
  private mutating func readSymbol<Handler: ScanHandler & ~Copyable>(
    _ entry: ScalarEntry, start: Int, end: Int, isFirst: Bool, isAlone: Bool, touchesMark: Bool,
    isClauseMark: Bool, _ handler: inout Handler
  ) {
    let trait = entry.traitBits
    let number = UInt16(truncatingIfNeeded: entry.number)
    let isDirect = isFirst && gap.isEmpty
    let touches = touchesMark || (trait >= 2 && lastTrait >= 2 && hasLast && gap.scalars == 0)
    if isClauseMark {
      noteClauseMark(number, &handler)
    } else if clauses.isActive {
      noteClauseSymbol(
        ClauseLane.Symbol(number: number, trait: trait, start: start, touches: touches),
        end: end, isDirect: isDirect, &handler)
    }
    let isSingle = trait == SymbolTrait.letter.bits && isAlone && !touches
    // What ends before a symbol is reported before it: combinations count on the order.
    if !isSingle && spelling.length > 0 { report(spelling.end(automaton), &handler) }
    let hasNoise = connect(to: trait, &handler)
    push(
      number: number, trait: trait, start: start, end: end, isLiteral: false, hasNoise: hasNoise,
      touches: touches, &handler)
    if isSingle {
      spelling.propose(
        SpellingLane.Letter(number: entry.number, start: start, end: end, text: textSymbols),
        separator: gap.scalars == 1 ? gap.separator : 0)
    }
    gap = OpenGap()
    lastTrait = trait
    hasLast = true
  }

  /// Crosses the gap before a symbol; returns whether noise was skipped.
  private mutating func connect<Handler: ScanHandler & ~Copyable>(
    to trait: UInt32, _ handler: inout Handler
  ) -> Bool {
    guard hasLast, gap.scalars > 0 else { return false }
    if lastTrait == SymbolTrait.han.bits || trait == SymbolTrait.han.bits {
      if gap.noise <= noiseLimit { return true }
      breakTextLane(&handler)
    } else if gap.overflows {
      breakTextLane(&handler)
    } else {
      for index in 0..<gap.literalCount {
        // No pattern begins or ends with noise, so its place is never asked for.
        push(
          number: gap.literal(index), trait: 0, start: history.start(back: 0), end: 0,
          isLiteral: true, hasNoise: false, touches: false, &handler)
      }
    }
    return false
  }

  private mutating func breakTextLane<Handler: ScanHandler & ~Copyable>(
    _ handler: inout Handler
  ) {
    state = 0
    history.disconnect()
    if watch != .nothing { handler.laneBroke(.text) }
  }

  /// Ends everything that began before.
  private mutating func breakText<Handler: ScanHandler & ~Copyable>(_ handler: inout Handler) {
    if spelling.length > 0 { report(spelling.end(automaton), &handler) }
    breakTextLane(&handler)
    clauses.pendingMark = 0
    endClauses(&handler)
    gap = OpenGap()
    hasLast = false
    lastTrait = 0
    afterDigitMark = false
  }

  private mutating func passVanishingLimit<Handler: ScanHandler & ~Copyable>(
    end: Int, _ handler: inout Handler
  ) {
    settle(nextTrait: 0, isMark: false, &handler)
    settle(nextTrait: 0, isMark: false, &handler)
    settleStop(isBeforeSpace: false, 0, &handler)
    let live = liveStart(enabled)
    breakText(&handler)
    if let live { handler.limitPassed(start: live, end: end) }
  }
}
