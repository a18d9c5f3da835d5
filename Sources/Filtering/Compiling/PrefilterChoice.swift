import Matching
import Storage

/// The patterns that a prefilter seeks: terms, and the words that combinations wait for.
struct PrefilterChoice {
  /// The most such words per character of ordinary text with which a prefilter still pays.
  private static let highestRate = 2e-3

  private let patterns: [PrefilterPattern]
  /// Whether whole texts should go through a prefilter.
  let pays: Bool

  /// - Parameters:
  ///   - texts: The automaton's patterns.
  ///   - uses: What each is for.
  init(_ texts: [PatternText], _ uses: [PatternUse]) {
    let frequencies = AnchorFrequencies()
    var rate = 0.0
    var patterns: [PrefilterPattern] = []
    for (text, use) in zip(texts, uses) where use.begins {
      if use.isPart { rate += frequencies.rate(of: text) }
      patterns.append(PrefilterPattern(term: text.symbols, isBounded: use.looseMask == 0))
    }
    let canSeek = patterns.allSatisfy { pattern in
      pattern.symbols.count > 1 || (pattern.symbols.first ?? 0) >= 0x80
    }
    self.patterns = patterns
    pays = canSeek && !patterns.isEmpty && rate <= Self.highestRate
  }

  /// Adds the prefilter's sections to a database.
  func write(to writer: inout DatabaseWriter) {
    Prefilter.write(patterns, folding: FolderFolding(), to: &writer)
  }
}
