import Folding

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
  ///   - bytes: The text from byte `base` on.
  ///   - base: The offset of `bytes[0]` in the text.
  ///   - position: Where to begin in `bytes`.
  /// - Returns: Where reading stopped, and whether patterns that must be reported end there.
  /// - Precondition: `isPlain`.
  mutating func readPlain(
    _ bytes: Span<UInt8>, base: Int, from position: Int
  ) -> (at: Int, hasHits: Bool) {
    let tables = tables
    var at = position
    var (state, trait, text, lane) = (state, lastTrait, textSymbols, history.cursor)
    var last = lane.lastNumber
    var hasHits = false
    while let scalar = PlainScalar(bytes, at, tables) {
      var symbol = PlainSymbol(scalar, at: at)
      if !scalar.entry.isPlainSymbol {
        if scalar.isSingle(.lineBreak) {
          (state, trait, hasLast, lane.connected) = (0, 0, false, 0)
          endSentence()
          at = symbol.next
          continue
        }
        if scalar.isMark {
          let (following, hasOutput) = tables.step(state, symbol.number)
          guard !hasOutput, markIsPlain(scalar, trait, bytes, symbol.next) else { break }
          text &+= 1
          push(symbol, start: base &+ at, text: text, &lane)
          (state, trait, hasLast, last, at) = (following, 0, true, symbol.number, symbol.next)
          if !scalar.isSingle(.clauseMark) { endSentence() }
          continue
        }
        guard scalar.isSingleNoise else { break }
        if !hasLast {
          at = symbol.next
          continue
        }
        guard cross(scalar, trait, bytes, &symbol) else { break }
      }
      symbol.touches = symbol.trait >= 2 && trait >= 2 && !symbol.isApart
      if symbol.trait == SymbolTrait.letter.bits && !symbol.touches {
        guard !mayBeSpelled(bytes, symbol.next) else { break }
      }
      while symbol.literals != 0 {
        // No pattern begins or ends with noise, so its place is never asked for.
        last = Int(symbol.literals & 0xFFFF) &- 1
        lane.push(
          number: UInt16(truncatingIfNeeded: last), start: 0, text: text, hasNoise: false,
          touches: false)
        (state, _) = tables.step(state, last)
        symbol.literals >>= 16
      }
      text &+= 1
      push(symbol, start: base &+ symbol.start, text: text, &lane)
      (trait, hasLast, at) = (symbol.trait, true, symbol.next)
      let hasOutput: Bool
      (state, hasOutput) =
        symbol.touches && tables.boundsWords
        ? tables.step(state, symbol.number, inWord: lane.touch)
        : tables.step(state, from: last, symbol.number)
      last = symbol.number
      if hasOutput && !note(state, end: base &+ at, text: text, lane) {
        hasHits = true
        break
      }
    }
    (self.state, lastTrait, textSymbols, history.cursor) = (state, trait, text, lane)
    return (at, hasHits)
  }

  @inline(__always)
  private func push(
    _ symbol: PlainSymbol, start: Int, text: Int, _ lane: inout SymbolHistory.Cursor
  ) {
    lane.push(
      number: UInt16(truncatingIfNeeded: symbol.number), start: start, text: text,
      hasNoise: symbol.hasNoise, touches: symbol.touches)
  }

  /// Takes the symbol behind up to three noise scalars for the next one; false where there is more.
  @inline(__always)
  private func cross(
    _ noise: PlainScalar, _ trait: UInt32, _ bytes: Span<UInt8>, _ symbol: inout PlainSymbol
  ) -> Bool {
    var (literals, shift, count): (UInt64, UInt64, Int) = (0, 0, 0)
    var (noise, next, hasSpace) = (noise, symbol.next, false)
    while true {
      let number = noise.entry.number
      guard count < 3, number != SymbolTable.stop, number != SymbolTable.comma else { return false }
      let isSpace = noise.isSingle(.whiteSpace)
      if !isSpace || !hasSpace {
        literals |= UInt64((isSpace ? SymbolTable.space : number) &+ 1) << shift
        shift &+= 16
      }
      hasSpace = isSpace
      count &+= 1
      guard let behind = PlainScalar(bytes, next, tables) else { return false }
      if behind.entry.isPlainSymbol {
        symbol = PlainSymbol(behind, at: next)
        break
      }
      guard behind.isSingleNoise else { return false }
      noise = behind
      next &+= behind.length
    }
    let han = SymbolTrait.han.bits
    symbol.isApart = true
    symbol.hasNoise = trait == han || symbol.trait == han
    if symbol.hasNoise { return count <= noiseLimit }
    symbol.literals = literals
    return true
  }

  /// Whether a mark is a symbol and nothing more: it ends a sentence, or a clause of which what
  /// follows shows that no two marks stand at the places of a lane.
  @inline(__always)
  private func markIsPlain(
    _ mark: PlainScalar, _ trait: UInt32, _ bytes: Span<UInt8>, _ next: Int
  ) -> Bool {
    if mark.isSingle(.sentenceMark) { return true }
    guard trait != SymbolTrait.digit.bits, let first = PlainScalar(bytes, next, tables) else {
      return false
    }
    if mark.isSingle(.fullStop) { return first.isSingle(.whiteSpace) || first.isSingle(.lineBreak) }
    if first.isSingleNoise || first.isSingle(.lineBreak) { return true }
    guard first.entry.isPlainSymbol,
      let second = PlainScalar(bytes, next &+ first.length, tables)
    else { return false }
    return second.entry.isPlainSymbol || second.isSingleNoise || second.isSingle(.lineBreak)
      || second.isSingle(.sentenceMark)
  }

  /// Whether a letter that touches nothing before it may stand in a spelled-out word: alone, and
  /// another one alone behind a single noise scalar.
  @inline(__always)
  private func mayBeSpelled(_ bytes: Span<UInt8>, _ next: Int) -> Bool {
    guard let first = PlainScalar(bytes, next, tables) else { return true }
    if first.entry.isPlainSymbol || first.isSingle(.lineBreak) || first.endsRun { return false }
    guard first.isSingleNoise, let second = PlainScalar(bytes, next &+ first.length, tables) else {
      return true
    }
    if second.isSingleNoise || second.isSingle(.lineBreak) || second.endsRun { return false }
    guard second.entry.isPlainSymbol else { return true }
    if second.entry.traitBits != SymbolTrait.letter.bits { return false }
    guard let third = PlainScalar(bytes, next &+ first.length &+ second.length, tables) else {
      return true
    }
    return !(third.entry.isPlainSymbol && third.entry.traitBits >= 2)
  }

  /// Notes the patterns of a state in passing; false where they, or their notes, must be reported.
  @inline(__always)
  private mutating func note(
    _ state: UInt32, end: Int, text: Int, _ lane: SymbolHistory.Cursor
  ) -> Bool {
    var (place, isQuiet) = tables.output(state)
    guard isQuiet, quiet.hasRoom else { return false }
    repeat {
      let (pattern, length, next) = tables.pattern(at: place)
      quiet.append(
        QuietLog.Element(
          pattern: pattern, first: lane.text(back: length &- 1), last: text,
          start: lane.start(back: length &- 1), end: end,
          hasNoise: lane.noise(length: length) != 0))
      place = next
    } while place != 0
    return !isLoud
  }
}

/// A symbol that the short way reads, and what lies before it.
private struct PlainSymbol {
  let number: Int
  let trait: UInt32
  let start: Int
  let next: Int
  var touches = false
  /// Noise lies before it: skipped, or symbols itself.
  var isApart = false
  var hasNoise = false
  /// The numbers of that noise, each plus one, the first in the low bits.
  var literals: UInt64 = 0

  @inline(__always)
  init(_ scalar: PlainScalar, at start: Int) {
    number = scalar.entry.number
    trait = scalar.entry.traitBits
    self.start = start
    next = start &+ scalar.length
  }
}
