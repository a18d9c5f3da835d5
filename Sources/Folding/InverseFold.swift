/// From a symbol back to the scalars that fold to it.
///
/// - Complexity: Made in one pass over all scalars (some milliseconds): make it once and keep it.
package struct InverseFold: Sendable {
  // Pairs of a symbol and a scalar whose fold holds it and is not that symbol's own, sorted.
  private let single: [UInt64]
  private let compound: [UInt64]

  /// Folds every scalar.
  package init() {
    var single: [UInt64] = []
    var compound: [UInt64] = []
    // Most pages are alike, all of symbols that fold to themselves.
    var plainPages: Set<UInt32> = []
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 256) {
      let page = FoldEntry.page(of: first)
      if plainPages.contains(page) { continue }
      var isPlain = true
      for scalar in first..<first + 256 {
        let fold = Folder.fold(scalar)
        if fold.isIdentity || fold.count == 0 { continue }
        isPlain = false
        if fold.count == 1 {
          single.append(UInt64(fold.symbol) << 32 | UInt64(scalar))
        } else {
          let symbols = fold.symbols
          for (index, symbol) in symbols.enumerated() where !symbols[..<index].contains(symbol) {
            compound.append(UInt64(symbol) << 32 | UInt64(scalar))
          }
        }
      }
      if isPlain { plainPages.insert(page) }
    }
    self.single = single.sorted()
    self.compound = compound.sorted()
  }

  /// Returns all scalars whose fold is this one symbol, the symbol itself first.
  ///
  /// - Returns: Nothing when the symbol is no fixed point.
  /// - Complexity: O(log of the table + result).
  package func forms(of symbol: UInt32) -> [UInt32] {
    guard Folder.fold(symbol).isIdentity else { return [] }
    return [symbol] + Self.scalars(of: symbol, in: single)
  }

  /// Returns all scalars whose fold has several symbols, this one among them (㍿ for 株).
  ///
  /// - Complexity: O(log of the table + result).
  package func compounds(holding symbol: UInt32) -> [UInt32] {
    Self.scalars(of: symbol, in: compound)
  }

  private static func scalars(of symbol: UInt32, in pairs: [UInt64]) -> [UInt32] {
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle] < UInt64(symbol) << 32 { low = middle + 1 } else { high = middle }
    }
    return pairs[low...].prefix { $0 >> 32 == UInt64(symbol) }
      .map { UInt32(truncatingIfNeeded: $0) }
  }
}
