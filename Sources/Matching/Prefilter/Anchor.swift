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
    /// Two to eight neighbouring letters or digits.
    case letters(Int, Place)
    /// One symbol, of which every spelling is a trigger.
    case trigger
  }

  /// Where letters stand in the text.
  enum Place: Equatable {
    /// Anywhere: two to five letters.
    case anywhere
    /// Where no letter or digit stands just before: four to eight letters from there on.
    case wordStart
    /// Between such a place and the next: two to four letters.
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

  /// The number of symbols in the key by which the slots tell the anchor's patterns.
  var keyLength: Int {
    switch kind {
    case .hanTriple, .hanPair, .mixed, .trigger, .letters(_, .wholeWord): length
    case .letters(let count, .anywhere): min(count, 4)
    case .letters(let count, .wordStart): count < 6 ? 4 : count < 8 ? 6 : 8
    }
  }

  /// The most symbols that the filter looks at.
  static let maximumLength = 8
}

/// The folded key of an anchor: up to eight symbol numbers, 16 bits each, the first in the low bits.
struct AnchorKey: Hashable {
  /// The first four numbers; a missing one is zero, which is no symbol.
  var head: UInt64 = 0
  /// The numbers behind.
  var tail: UInt64 = 0

  /// Packs the key of an anchor of a pattern.
  init(_ anchor: Anchor, _ pattern: [UInt16]) {
    for index in 0..<anchor.keyLength {
      let number = UInt64(pattern[anchor.offset + index])
      if index < 4 {
        head |= number << UInt64(16 * index)
      } else {
        tail |= number << UInt64(16 * (index - 4))
      }
    }
  }

  /// Hashes both halves as one number: they are the project's own, nobody gains by collisions.
  func hash(into hasher: inout Hasher) {
    hasher.combine(head ^ tail &* 0x9E37_79B1_85EB_CA87)
  }
}
