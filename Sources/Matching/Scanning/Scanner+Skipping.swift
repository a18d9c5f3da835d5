import Folding

extension Scanner {
  /// Tells what is under way at the end of a text that need not have been read.
  ///
  /// Nothing found may be undecided there. `mutating`, though nothing changes: to call a borrowing
  /// method of a field, the compiler copies the whole scanner.
  ///
  /// - Parameters:
  ///   - bytes: The last bytes of the text, no character cut at their end.
  ///   - isWhole: Whether they are all of it.
  ///   - kinds: The kinds of finding that matter.
  /// - Precondition: `AhoCorasick.boundsWords`.
  /// - Returns: What `liveStart` would tell if it had been read, or that it must be.
  /// - Complexity: O(bytes).
  @inline(__always)
  package mutating func tail(of bytes: Span<UInt8>, isWhole: Bool, kinds: UInt64) -> TextTail.State
  {
    TextTail(tables: tables, isWhole: isWhole, noiseLimit: noiseLimit, enabled: kinds)
      .state(of: bytes)
  }

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
