import Folding

extension AnchorFrequencies {
  /// Estimates how often a literal occurs in ordinary text, per character.
  ///
  /// - Complexity: O(symbols).
  package func rate(of text: PatternText) -> Double {
    let symbols = text.symbols
    let traits = text.traits
    var least = 1.0
    for index in symbols.indices where traits[index] == .han {
      least = min(least, han(symbols[index]))
      if index > 0, traits[index - 1] == .han {
        least = min(least, hanPair(symbols[index - 1], symbols[index]))
      }
    }
    let letters = symbols.prefix { $0 < 0x80 && $0 != 0x20 }
    if letters.count > 1 {
      least = min(least, word(Array(letters), isWhole: letters.count == symbols.count))
    }
    return least
  }
}
