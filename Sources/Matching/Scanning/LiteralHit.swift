/// The way in which a pattern was found.
@frozen
package enum Lane: UInt8, Sendable {
  /// As it is written, noise skipped.
  case text
  /// With the same clause mark in every gap (法，轮，功).
  case clause
  /// Spelled out, the same noise scalar in every gap (`w-o-r-d`).
  case spelled
}

/// A pattern that was found, before boundaries and exceptions are decided.
@frozen
package struct LiteralHit: Sendable {
  /// The pattern.
  package var pattern: Int
  /// Its length, in symbols.
  package var length: Int
  /// The way in which it was found.
  package var lane: Lane
  /// Its byte range in the text: whole scalars, first to last contributing.
  package var start: Int
  /// The end of its byte range.
  package var end: Int
  /// The text's symbols other than noise are counted from 1: the numbers of its first and last one.
  package var firstSymbol: Int
  /// The number of its last symbol.
  package var lastSymbol: Int
  /// Whether its first symbol touches another letter or digit on the left.
  package var touchesLeft: Bool
  /// Whether its last symbol is a letter or digit, so that its right boundary is still open.
  package var endsInWord: Bool
  /// Whether noise was skipped inside it.
  package var hasNoise: Bool
  /// The sentence that it ends in, counted from 0.
  package var sentence: Int
}

/// What a scan wants to be told from now on.
@frozen
package struct ScanWatch: Equatable, Sendable {
  /// One bit a kind of news; no `OptionSet`, whose literals are generic calls in the hot path.
  @usableFromInline let bits: UInt8

  @inlinable init(bits: UInt8) { self.bits = bits }

  /// Nothing more.
  @inlinable package static var nothing: ScanWatch { ScanWatch(bits: 0) }
  /// Whether the hit's right edge touches a letter or digit, once that is known.
  @inlinable package static var edge: ScanWatch { ScanWatch(bits: 1) }
  /// Every further symbol, while exceptions are undecided.
  @inlinable package static var symbols: ScanWatch { ScanWatch(bits: 2) }

  /// Every word of a set up to the end of the sentence, none noted in passing.
  @inlinable package static var words: ScanWatch { ScanWatch(bits: 4) }

  /// Both wishes together.
  @inlinable package func union(_ other: ScanWatch) -> ScanWatch {
    ScanWatch(bits: bits | other.bits)
  }

  /// Whether all of `other` is wished for.
  @inlinable package func contains(_ other: ScanWatch) -> Bool { bits & other.bits == other.bits }

  /// This without `other`.
  @inlinable package func subtracting(_ other: ScanWatch) -> ScanWatch {
    ScanWatch(bits: bits & ~other.bits)
  }
}

/// Receives what a scan finds.
///
/// Calls come in the order of the text and do not depend on its chunks.
package protocol ScanHandler: ~Copyable {
  /// All that ends at the present scalar was reported; returns whether the scan should stop there.
  mutating func scalarEnded() -> Bool
  /// A pattern occurs; returns what to watch.
  mutating func literal(_ hit: LiteralHit, in history: borrowing SymbolHistory) -> ScanWatch
  /// Words of sets that were noted in a sentence; all end before what is reported next.
  mutating func noted(_ words: borrowing QuietLog, sentence: Int)
  /// A symbol was read in a lane; returns what to watch further.
  mutating func symbol(lane: Lane, in history: borrowing SymbolHistory) -> ScanWatch
  /// The open right edge is decided.
  mutating func edge(touches: Bool)
  /// Nothing that began before can go on in a lane.
  mutating func laneBroke(_ lane: Lane)
  /// More invisible characters than are skipped follow a live prefix.
  mutating func limitPassed(start: Int, end: Int)
}
