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
  let automaton: AhoCorasick
  let noiseLimit: Int
  /// The kinds of finding that are switched on (see `Reach`).
  let enabled: UInt64

  /// The text lane.
  var state: UInt32 = 0
  var history = SymbolHistory()
  /// Symbols other than noise so far.
  var textSymbols = 0
  /// The trait of the last symbol, `.other` after a break.
  var lastTrait: UInt32 = 0
  var hasLast = false
  /// What lies after the last symbol.
  var gap = OpenGap()
  /// The last scalar is a `.` or `,` right behind a digit.
  var afterDigitMark = false

  /// A `.` whose class the next scalar decides: a sentence mark before white space, else noise.
  var pendingStop: Int?

  var edge = EdgeWatch.none
  var watch = ScanWatch.nothing
  var clauses = ClauseLane()
  var spelling = SpellingLane()
  /// Sentences that have ended.
  var sentence = 0
  /// Anything that the short way through the loop does not handle.
  var needsCare = false

  /// Creates the state at the start of a text.
  ///
  /// - Parameters:
  ///   - automaton: The patterns.
  ///   - noiseLimit: The most noise scalars skipped beside Han, 0…8.
  ///   - enabled: The kinds of finding that are switched on.
  package init(_ automaton: AhoCorasick, noiseLimit: Int, enabled: UInt64) {
    precondition((0...Gap.maximumNoise).contains(noiseLimit), "noise limit out of range")
    self.automaton = automaton
    self.noiseLimit = noiseLimit
    self.enabled = enabled
  }

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
    let pages = automaton.pages
    let pageIndex = automaton.pageIndex
    // SAFETY: `AhoCorasick.init` proved that there is a page for every scalar.
    let (page, index) = unsafe (pages.base, pageIndex.base)
    let count = bytes.count
    var at = position
    while at < count {
      var scalar = UInt32(bytes[at])
      var length = 1
      if scalar >= 0x80 {
        if scalar & 0xF0 == 0xE0, scalar != 0xE0, scalar != 0xED, at &+ 2 < count,
          bytes[at &+ 1] & 0xC0 == 0x80, bytes[at &+ 2] & 0xC0 == 0x80
        {
          scalar =
            (scalar & 15) << 12 | UInt32(bytes[at &+ 1] & 63) << 6 | UInt32(bytes[at &+ 2] & 63)
          length = 3
        } else {
          let decoded = UTF8Decoder.decode(bytes, at: at)
          if decoded.isCut && !isFinal { return at }
          length = decoded.length
          scalar = decoded.scalar
          if scalar == DecodedScalar.illFormed {
            readIllFormed(&handler)
            at &+= length
            if singly || handler.wantsPause { return at }
            continue
          }
        }
      }
      let start = base &+ at
      at &+= length
      let entry = unsafe ScalarEntry(
        rawValue: page[Int(index[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)])
      if entry.isPlainSymbol && !needsCare {
        readPlain(entry, start: start, end: base &+ at, &handler)
      } else {
        readWithCare(entry, scalar, start: start, end: base &+ at, &handler)
      }
      if singly || handler.wantsPause { return at }
    }
    return at
  }

  /// The short way: a single symbol right behind the last one, and nothing else open.
  @inline(__always)
  private mutating func readPlain<Handler: ScanHandler & ~Copyable>(
    _ entry: ScalarEntry, start: Int, end: Int, _ handler: inout Handler
  ) {
    let trait = entry.traitBits
    let touches = trait >= 2 && lastTrait >= 2
    textSymbols &+= 1
    push(
      number: UInt16(truncatingIfNeeded: entry.number), trait: trait, start: start, end: end,
      hasNoise: false, touches: touches, &handler)
    lastTrait = trait
    hasLast = true
    if trait == SymbolTrait.letter.bits && !touches {
      spelling.propose(
        SpellingLane.Letter(number: entry.number, start: start, end: end, text: textSymbols),
        separator: 0)
      needsCare = true
    }
  }

  /// Appends a symbol to the text lane and steps the automaton.
  @inline(__always)
  mutating func push<Handler: ScanHandler & ~Copyable>(
    number: UInt16, trait: UInt32, start: Int, end: Int, hasNoise: Bool, touches: Bool,
    _ handler: inout Handler
  ) {
    history.push(
      number: number, start: start, text: textSymbols, hasNoise: hasNoise, touches: touches)
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

  private mutating func reportHits<Handler: ScanHandler & ~Copyable>(
    end: Int, trait: UInt32, _ handler: inout Handler
  ) {
    var wanted = ScanWatch.nothing
    automaton.forEachPattern(at: state) { pattern, length in
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

  /// Starts to watch what a handler asked for.
  mutating func take(_ wanted: ScanWatch, trait: UInt32) {
    watch = watch.union(wanted)
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
