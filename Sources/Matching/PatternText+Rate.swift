import Folding

extension AnchorFrequencies {
  /// Estimates how often a literal occurs in ordinary text, per character.
  ///
  /// - Complexity: O(symbols).
  package func rate(of symbols: ArraySlice<UInt32>) -> Double {
    var least = 1.0
    var last: UInt32?
    for symbol in symbols {
      guard Folder.trait(ofSymbol: symbol) == .han else {
        last = nil
        continue
      }
      least = min(least, han(symbol))
      if let last { least = min(least, hanPair(last, symbol)) }
      last = symbol
    }
    let letters = symbols.prefix { $0 < 0x80 && $0 != 0x20 }
    if letters.count > 1 {
      least = min(least, word(Array(letters), isWhole: letters.count == symbols.count))
    }
    return least
  }
}
