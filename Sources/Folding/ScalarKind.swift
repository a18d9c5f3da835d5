/// What a scalar is between the symbols of a term.
///
/// A scalar whose fold has a letter, digit or ideograph is a symbol; any other is classed by itself,
/// not by its fold (`．` is noise, `.` a full stop). The order is that of the generated tables.
@usableFromInline @frozen
package enum ScalarKind: UInt8, Sendable, CaseIterable {
  /// A letter, digit, ideograph or mark, and everything not named below.
  case symbol
  /// A mark or ignorable that leaves no symbol.
  case vanishing
  /// U+200D ZERO WIDTH JOINER: vanishes as well, and joins the next scalar to a cluster.
  case joiner
  /// Zs, S*, P*, Cc or Extended_Pictographic, except those below.
  case noise
  /// Noise that has White_Space and is no line break.
  case whiteSpace
  /// U+1F3FB…1F3FF: noise that belongs to the emoji before it.
  case emojiModifier
  /// U+1F1E6…1F1FF: noise of which two make one flag.
  case regionalIndicator
  /// U+002E: noise, but a sentence mark before white space.
  case fullStop
  /// U+000A…000D, 0085, 2028 or 2029.
  case lineBreak
  /// One of `。！？!?；;`.
  case sentenceMark
  /// One of `，、,:：`.
  case clauseMark

  /// Whether the scalar leaves no symbol.
  @inlinable package var vanishes: Bool { self == .vanishing || self == .joiner }

  /// Whether the scalar may be skipped beside Han; a full stop counts, whatever follows it.
  @inlinable package var isNoise: Bool {
    switch self {
    case .noise, .whiteSpace, .emojiModifier, .regionalIndicator, .fullStop: true
    case .symbol, .vanishing, .joiner, .lineBreak, .sentenceMark, .clauseMark: false
    }
  }
}

/// What a folded symbol is at the edge of a term.
///
/// The order is that of the generated tables.
@usableFromInline @frozen
package enum SymbolTrait: UInt8, Sendable, CaseIterable {
  /// Kana, hangul, bopomofo, scripts without spaces between words (Thai), noise and all else.
  case other
  /// A Han character.
  case han
  /// A letter of an alphabet, or a mark that belongs to one.
  case letter
  /// A number that is not Han.
  case digit

  /// Whether two neighbours of this kind belong to one word.
  @inlinable package var touches: Bool { self == .letter || self == .digit }
}
