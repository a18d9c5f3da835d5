internal import CFoldTables

/// The symbols that one scalar folds to, and its kind.
///
///     Folder.fold(0xBD)  // ½: a symbol, [0x31, 0x32]
///
/// - Invariant: each symbol of a fold folds to itself alone.
@usableFromInline @frozen
package struct Fold: Sendable {
  /// The scalar that was folded.
  @usableFromInline package let scalar: UInt32
  @usableFromInline package let entry: FoldEntry

  @inlinable package init(scalar: UInt32) {
    self.scalar = scalar
    entry = FoldEntry(scalar)
  }

  /// What the scalar is between the symbols of a term.
  @inlinable package var kind: ScalarKind { entry.kind }

  /// The number of symbols: 0 when the scalar vanishes, at most 31.
  @inlinable package var count: Int { entry.count }

  /// Whether the scalar is its own fold.
  @inlinable package var isIdentity: Bool { entry.count == 1 && entry.payload == 0 }

  /// The symbol of a fold of one; meaningless for any other.
  @inlinable package var symbol: UInt32 { entry.payload == 0 ? scalar : entry.payload }

  /// Returns a symbol of the fold.
  ///
  /// - Parameter index: Below `count`.
  @inlinable package subscript(index: Int) -> UInt32 {
    entry.count == 1 ? symbol : expansion(index)
  }

  /// Returns a symbol of a fold of several.
  @usableFromInline package func expansion(_ index: Int) -> UInt32 {
    precondition(index >= 0 && index < count, "a fold has no symbol \(index)")
    guard entry.payload == CFOLD_HANGUL else {
      return cfold_expansion(entry.payload + UInt32(index))
    }
    // Conjoining jamo of a syllable (The Unicode Standard, section 3.12).
    let syllable = scalar - 0xAC00
    switch index {
    case 0: return 0x1100 + syllable / 588
    case 1: return 0x1161 + syllable % 588 / 28
    default: return 0x11A7 + syllable % 28
    }
  }

  /// All symbols, in order.
  package var symbols: [UInt32] { (0..<count).map { self[$0] } }
}
