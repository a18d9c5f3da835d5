public import CFoldTables

/// One entry of the generated tables, the only place where they are read.
///
/// - Invariant: kind and trait are cases of their enumerations: the generator writes no other, and
///   `FoldLawsTests` reads every entry.
@usableFromInline @frozen
package struct FoldEntry: Sendable {
  @usableFromInline package let bits: UInt32

  /// Looks up a scalar; what is no code point is one symbol, itself.
  @inlinable package init(_ scalar: UInt32) {
    bits = cfold_entry(scalar)
  }

  /// Returns a number that is the same for scalars whose 256 have the same entries, place by place.
  @inlinable package static func page(of scalar: UInt32) -> UInt32 { cfold_page(scalar) }

  @inlinable package var kind: ScalarKind {
    // SAFETY: by the invariant the four bits hold a raw value of ScalarKind, which is its layout.
    unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits & 15), to: ScalarKind.self)
  }

  @inlinable package var trait: SymbolTrait {
    // SAFETY: two bits hold one of four values, and SymbolTrait has four cases.
    unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits >> 4 & 3), to: SymbolTrait.self)
  }

  @inlinable package var count: Int { Int(truncatingIfNeeded: bits >> 6 & 31) }

  /// The one symbol (0: the scalar itself), or the offset of several in the expansions.
  @inlinable package var payload: UInt32 { bits >> 11 }
}
