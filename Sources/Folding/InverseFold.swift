/// From a symbol back to the scalars that fold to it.
///
/// - Complexity: Made in one pass over all scalars (a millisecond): make it once and keep it.
package struct InverseFold: Sendable {
  /// Pairs of a symbol and a scalar whose fold is that symbol and which is not the symbol, sorted.
  private let pairs: [UInt64]

  /// Folds every scalar.
  package init() {
    var pairs: [UInt64] = []
    // Most pages are alike, all of symbols that fold to themselves or of several.
    var plainPages: Set<UInt32> = []
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 256) {
      let page = FoldEntry.page(of: first)
      if plainPages.contains(page) { continue }
      let known = pairs.count
      for scalar in first..<first + 256 {
        let fold = Folder.fold(scalar)
        if fold.count == 1, !fold.isIdentity {
          pairs.append(UInt64(fold.symbol) << 32 | UInt64(scalar))
        }
      }
      if pairs.count == known { plainPages.insert(page) }
    }
    self.pairs = pairs.sorted()
  }

  /// Returns all scalars whose fold is this one symbol, the symbol itself first.
  ///
  /// - Returns: Nothing when the symbol is no fixed point.
  /// - Complexity: O(log of the table + result).
  package func forms(of symbol: UInt32) -> [UInt32] {
    guard Folder.fold(symbol).isIdentity else { return [] }
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle] < UInt64(symbol) << 32 { low = middle + 1 } else { high = middle }
    }
    var forms = [symbol]
    while low < pairs.count, pairs[low] >> 32 == UInt64(symbol) {
      forms.append(UInt32(truncatingIfNeeded: pairs[low]))
      low += 1
    }
    return forms
  }
}
