internal import CFoldTables

/// Folds text, scalar by scalar, to the symbols that terms and rules are matched on.
///
/// The fold of a scalar needs no context and is closed: folding a symbol again changes nothing. It
/// takes NFKD; full case folding; drops the marks of the blocks 0300, 1AB0, 1DC0, 20D0 and FE20 and
/// default-ignorables; puts a–z for letters that look like them; ideographs for radicals; simplified
/// forms for Han variants. A fold with a letter, digit or ideograph is those symbols and their marks.
///
/// - SeeAlso: `dataVersions` for the data, `Sources/GenerateTables` for the rules.
@usableFromInline @frozen
package enum Folder {
  /// The data that the tables were made from, with versions.
  package static var dataVersions: String { CFOLD_DATA_VERSIONS }

  /// Returns the fold of a scalar; any value above U+10FFFF is one symbol, itself.
  ///
  /// - Complexity: O(1); three dependent loads.
  @inlinable package static func fold(_ scalar: UInt32) -> Fold { Fold(scalar: scalar) }

  /// Returns what a folded symbol is at the edge of a term.
  ///
  /// - Complexity: O(1).
  @inlinable package static func trait(ofSymbol symbol: UInt32) -> SymbolTrait {
    FoldEntry(symbol).trait
  }

  /// Folds UTF-8 text, such as a pattern, dropping what vanishes.
  ///
  /// - Parameter text: Each ill-formed subpart gives one symbol `DecodedScalar.illFormed`.
  /// - Returns: The symbols in order.
  /// - Complexity: O(`text.count`).
  package static func fold(text: Span<UInt8>) -> [FoldedScalar] {
    var folded: [FoldedScalar] = []
    var offset = 0
    while offset < text.count {
      let decoded = UTF8Decoder.decode(text, at: offset)
      append(decoded.scalar, to: &folded)
      offset += decoded.length
    }
    return folded
  }

  /// Folds text, such as a pattern, dropping what vanishes.
  ///
  /// - Complexity: O(length of `text`).
  package static func fold(text: String) -> [FoldedScalar] {
    var folded: [FoldedScalar] = []
    for scalar in text.unicodeScalars { append(scalar.value, to: &folded) }
    return folded
  }

  private static func append(_ scalar: UInt32, to folded: inout [FoldedScalar]) {
    let fold = Folder.fold(scalar)
    for index in 0..<fold.count {
      let symbol = fold[index]
      folded.append(
        FoldedScalar(symbol: symbol, kind: fold.kind, trait: Folder.trait(ofSymbol: symbol)))
    }
  }
}

/// A symbol of folded text.
@usableFromInline @frozen
package struct FoldedScalar: Equatable, Sendable {
  /// The folded symbol.
  @usableFromInline package let symbol: UInt32
  /// The kind of the scalar that it comes from; never one that vanishes.
  @usableFromInline package let kind: ScalarKind
  /// What the symbol is at the edge of a term.
  @usableFromInline package let trait: SymbolTrait

  /// Makes a symbol of folded text.
  @inlinable package init(symbol: UInt32, kind: ScalarKind, trait: SymbolTrait) {
    self.symbol = symbol
    self.kind = kind
    self.trait = trait
  }
}
