/// The symbols of a pattern by which the prefilter finds it.
///
/// - Invariant: the anchor's symbols are neighbours on their plane at every occurrence of the
///   pattern, or one of them is written there with a scalar that is a trigger.
struct Anchor: Equatable {
  /// The kinds of anchors, by the sets of the filter that they enter.
  enum Kind: Equatable {
    /// Three neighbouring Han characters.
    case hanTriple
    /// Two neighbouring Han characters.
    case hanPair
    /// A letter beside a Han character.
    case mixed
    /// Two to five neighbouring letters or digits.
    case letters(Int, Place)
    /// One symbol, of which every spelling is a trigger.
    case trigger
  }

  /// Where letters stand in the text.
  enum Place: Equatable {
    /// Anywhere.
    case anywhere
    /// Where no letter or digit stands just before: a bounded pattern's first letters.
    case wordStart
    /// Between such a place and the next: a bounded pattern of two to four letters.
    case wholeWord
  }

  /// The kind.
  var kind: Kind
  /// The index in the pattern of the anchor's first symbol.
  var offset: Int

  /// The number of symbols that the filter looks at.
  var length: Int {
    switch kind {
    case .hanTriple: 3
    case .hanPair, .mixed: 2
    case .letters(let count, _): count
    case .trigger: 1
    }
  }

  /// The number of symbols by which a candidate is looked up exactly.
  var keyLength: Int { min(length, Anchor.maximumKeyLength) }

  /// The most symbols of a key.
  static let maximumKeyLength = 4
  /// The most symbols that the filter looks at.
  static let maximumLength = 5
}

/// The exact key of an anchor: up to four symbol numbers, 16 bits each, the first in the low bits.
struct AnchorKey: Hashable {
  /// The packed numbers; a missing one is zero, which is no symbol.
  var packed: UInt64
}
