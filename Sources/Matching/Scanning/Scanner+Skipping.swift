import Folding

extension Scanner {
  /// Takes up a text at a place up to which it was not read.
  ///
  /// The state is that of a scanner that has read all of it, as far as it matters: something of what
  /// was passed may still be under way only if it lies among `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: What stands before the place, as much as patterns and exceptions look back; what they
  ///     hold is not reported.
  ///   - base: The offset of its first byte.
  /// - Returns: How many of the bytes were read: all but a cut character.
  /// - Complexity: O(bytes).
  package mutating func resume(_ bytes: Span<UInt8>, base: Int) -> Int {
    var silence = Silence()
    finish(&silence)
    restart()
    watch = .nothing
    // Symbols that were read before may lie behind.
    history.goBack(to: base)
    var at = 0
    if base > 0 {
      // Whatever stands before touches the first word, which may be cut.
      while at < bytes.count && bytes[at] & 0xC0 == 0x80 { at += 1 }
      history.push(
        number: 0, start: base, isLiteral: false, hasNoise: false, touches: false)
      lastTrait = SymbolTrait.letter.bits
      hasLast = true
    }
    return read(bytes, base: base, from: at, isFinal: false, handler: &silence)
  }
}

/// Takes no notice of what is found.
private struct Silence: ScanHandler, ~Copyable {
  mutating func literal(_ hit: LiteralHit, in history: borrowing SymbolHistory) -> ScanWatch {
    .nothing
  }
  mutating func noted(_ words: borrowing QuietLog, sentence: Int) {}
  mutating func symbol(lane: Lane, in history: borrowing SymbolHistory) -> ScanWatch { .nothing }
  mutating func edge(touches: Bool) {}
  mutating func laneBroke(_ lane: Lane) {}
  mutating func limitPassed(start: Int, end: Int) {}
  mutating func scalarEnded() -> Bool { false }
}
