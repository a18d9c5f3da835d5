import Folding
import Storage

/// Reads bytes, folds them symbol by symbol and drives the automaton.
///
/// What lies between two symbols that are not noise is a *gap*. Beside Han a gap of little noise is
/// skipped; between two others it becomes symbols itself, a run of white space one space. So each
/// state of the automaton stands for prefixes that are truly there, and the earliest live prefix is
/// read off its failure chain. Two further lanes find what is set apart on purpose: by the same
/// clause mark in every gap, or spelled out.
///
/// The state is fixed in size, and reading allocates nothing.
package struct Scanner: ~Copyable {
  // What the short way reads comes first.

  let tables: StepTables
  let noiseLimit: Int
  /// The kinds of finding that are switched on (see `Reach`).
  let enabled: UInt64

  /// The text lane.
  var state: UInt32 = 0
  /// The trait of the last symbol, `.other` after a break.
  var lastTrait: UInt32 = 0
  var hasLast = false
  /// Anything that the short way through the loop does not handle.
  var needsCare = false
  var watch = ScanWatch.nothing
  /// The last run of the short way was not followed to its end.
  var runsAreShort = false
  /// Whether every word of a set is reported up to the end of the sentence.
  package internal(set) var isLoud = false
  var history = SymbolHistory()
  /// Sentences that have ended.
  package internal(set) var sentence = 0
  /// Words of sets that were noted in this sentence.
  package internal(set) var quiet: QuietLog
  /// What lies after the last symbol.
  var gap = OpenGap()
  /// A `.` whose class the next scalar decides: a sentence mark before white space, else noise.
  var pendingStop: Int?

  /// The last scalar is a `.` or `,` right behind a digit.
  var afterDigitMark = false
  var edge = EdgeWatch.none
  var clauses = ClauseLane()
  var spelling = SpellingLane()
  let automaton: AhoCorasick

  /// Creates the state at the start of a text.
  ///
  /// - Parameters:
  ///   - automaton: The patterns.
  ///   - noiseLimit: The most noise scalars skipped beside Han, 0…8.
  ///   - enabled: The kinds of finding that are switched on.
  ///   - hasSets: Whether any pattern is a word of a set.
  package init(_ automaton: AhoCorasick, noiseLimit: Int, enabled: UInt64, hasSets: Bool = true) {
    precondition((0...Gap.maximumNoise).contains(noiseLimit), "noise limit out of range")
    self.automaton = automaton
    tables = automaton.tables
    quiet = QuietLog(isUsed: hasSets)
    self.noiseLimit = noiseLimit
    self.enabled = enabled
  }

  /// Asks for memory that reading on begins with.
  package mutating func requestLines() { history.cursor.requestLines() }

  /// Reads bytes up to their end, a pause, or a character cut at the end.
  ///
  /// - Parameters:
  ///   - bytes: The text from byte `position` on.
  ///   - base: The offset of `bytes[0]` in the text.
  ///   - position: Where to begin in `bytes`.
  ///   - isFinal: Whether the text ends here: a cut character is then ill-formed.
  ///   - singly: Stop after one scalar.
  ///   - handler: Receives what is found.
  /// - Returns: Where reading stopped: `bytes.count`, the start of a cut character, or after the
  ///   scalar at which `handler` wanted a pause.
  package mutating func read<Handler: ScanHandler & ~Copyable>(
    _ bytes: Span<UInt8>, base: Int, from position: Int, isFinal: Bool, singly: Bool = false,
    handler: inout Handler
  ) -> Int {
    let count = bytes.count
    var at = position
    while at < count {
      if isPlain && !singly {
        let (stop, wantsPause) = unsafe bytes.withUnsafeBufferPointer { bytes in
          unsafe readPlain(bytes, base: base, from: at, &handler)
        }
        at = stop
        if wantsPause { return at }
        if at == count { return at }
      }
      let decoded = UTF8Decoder.decode(bytes, at: at)
      if decoded.isCut && !isFinal { return at }
      let start = base &+ at
      at &+= decoded.length
      if decoded.scalar == DecodedScalar.illFormed {
        readIllFormed(&handler)
      } else {
        let entry = tables.entry(decoded.scalar)
        if entry.isPlainSymbol && isPlain {
          readSymbol(entry, start: start, end: base &+ at, &handler)
        } else {
          readWithCare(entry, decoded.scalar, start: start, end: base &+ at, &handler)
        }
      }
      if handler.scalarEnded() || singly { return at }
    }
    return at
  }

  /// Reads a single symbol right behind the last one, with nothing else open.
  private mutating func readSymbol<Handler: ScanHandler & ~Copyable>(
    _ entry: ScalarEntry, start: Int, end: Int, _ handler: inout Handler
  ) {
    let trait = entry.traitBits
    let touches = trait >= 2 && lastTrait >= 2
    push(
      number: UInt16(truncatingIfNeeded: entry.number), trait: trait, start: start, end: end,
      isLiteral: false, hasNoise: false, touches: touches, &handler)
    lastTrait = trait
    hasLast = true
    if trait == SymbolTrait.letter.bits && !touches {
      spelling.propose(
        SpellingLane.Letter(number: entry.number, start: start, end: end, text: textSymbols),
        separator: 0)
      needsCare = true
    }
  }

  /// Symbols other than noise so far.
  var textSymbols: Int { history.cursor.textSymbols }

  /// Appends a symbol to the text lane and steps the automaton.
  mutating func push<Handler: ScanHandler & ~Copyable>(
    number: UInt16, trait: UInt32, start: Int, end: Int, isLiteral: Bool, hasNoise: Bool,
    touches: Bool, _ handler: inout Handler
  ) {
    history.push(
      number: number, start: start, isLiteral: isLiteral, hasNoise: hasNoise, touches: touches)
    if watch.contains(.symbols) { reportSymbol(trait: trait, &handler) }
    let (next, hasOutput) = automaton.step(state, number)
    state = next
    if hasOutput { reportHits(end: end, trait: trait, &handler) }
  }

  private mutating func reportSymbol<Handler: ScanHandler & ~Copyable>(
    trait: UInt32, _ handler: inout Handler
  ) {
    watch = watch.subtracting(.symbols)
    take(handler.symbol(lane: .text, in: history), trait: trait)
  }

  mutating func reportHits<Handler: ScanHandler & ~Copyable>(
    end: Int, trait: UInt32, _ handler: inout Handler
  ) {
    var wanted = ScanWatch.nothing
    automaton.forEachPattern(at: state) { pattern, length in
      if quiet.count > 0 && automaton.isPart(pattern) { reportQuiet(&handler) }
      wanted = wanted.union(
        handler.literal(
          LiteralHit(
            pattern: pattern, length: length, lane: .text, start: history.start(back: length - 1),
            end: end, firstSymbol: history.text(back: length - 1), lastSymbol: textSymbols,
            touchesLeft: history.touches(back: length - 1), endsInWord: trait >= 2,
            hasNoise: history.noise(length: length) != 0, sentence: sentence),
          in: history))
    }
    take(wanted, trait: trait)
  }

  /// Hands over the words noted so far, which lie before all that is reported next.
  mutating func reportQuiet<Handler: ScanHandler & ~Copyable>(_ handler: inout Handler) {
    handler.noted(quiet, sentence: sentence)
    quiet.removeAll()
  }

  /// Counts the sentence and forgets its words.
  @inline(__always)
  mutating func endSentence() {
    sentence &+= 1
    quiet.removeAll()
    isLoud = false
  }

  /// Starts to watch what a handler asked for.
  mutating func take(_ wanted: ScanWatch, trait: UInt32) {
    if wanted.contains(.words) { isLoud = true }
    watch = watch.union(wanted.subtracting(.words))
    if wanted.contains(.edge) {
      edge = trait == SymbolTrait.digit.bits ? .digit : .letter
      needsCare = true
    }
  }
}

extension SymbolTrait {
  /// The trait as it stands in a `ScalarEntry`.
  var bits: UInt32 { UInt32(rawValue) }
}
