/// A term as the prefilter seeks it: its folded symbols alone.
package struct PrefilterPattern: Sendable {
  /// The folded symbols, 1...64 of them, without spaces and noise.
  package var symbols: [UInt32]
  /// Whether an edge that is an ASCII letter or digit must not touch another one.
  package var isBounded: Bool
  /// The symbols, a bit each, that are never right behind a letter or digit of ASCII: what follows a
  /// space or other noise of the term.
  package var wordStarts: UInt64

  /// Creates a pattern.
  package init(_ symbols: [UInt32], isBounded: Bool = true, wordStarts: UInt64 = 0) {
    self.symbols = symbols
    self.isBounded = isBounded
    self.wordStarts = wordStarts
  }

  /// The most symbols of a pattern.
  package static let maximumLength = 64
}

/// How the prefilter treats one scalar of the haystack.
package enum PrefilterRole: Sendable {
  /// It is this symbol.
  case symbol(UInt32)
  /// It is the symbols that it folds to.
  case symbols
  /// It may stand between two symbols of an occurrence: noise, ignorables, separators, white space.
  case skipped
  /// It is in no occurrence.
  case other
}

/// What the prefilter must know of folding and noise when its tables are built.
package protocol PrefilterFolding {
  /// Returns how a scan treats a scalar, and appends the symbols that it folds to, if several.
  ///
  /// A scalar that may be skipped in some gap under some option is `skipped`: the prefilter finds a
  /// superset. The letters and digits of ASCII and U+4E00...U+9FFF must not be skipped.
  func fold(_ scalar: UInt32, into symbols: inout [UInt32]) -> PrefilterRole

  /// Returns a number that is the same for two pages, of 256 scalars each, only if `fold` treats them
  /// alike, place by place; a scalar that is its own symbol is alike to another such.
  func page(of scalar: UInt32) -> UInt32
}
