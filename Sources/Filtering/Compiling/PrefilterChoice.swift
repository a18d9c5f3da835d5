import Folding
import Matching
import Storage

/// The patterns that a prefilter seeks: terms, and the words that combinations wait for.
struct PrefilterChoice {
  /// The most such words per character of ordinary text with which a prefilter still pays.
  private static let highestRate = 2e-3
  /// The most patterns: the prefilter of a million would take more memory than all else, 200 MB.
  private static let mostPatterns = 500_000

  private let patterns: [PrefilterPattern]
  /// Whether whole texts should go through a prefilter.
  let pays: Bool

  /// - Parameters:
  ///   - list: The automaton's patterns.
  ///   - purposes: What each is for.
  init(_ list: SymbolSequences, _ purposes: PatternPurposes) {
    guard list.count <= Self.mostPatterns else {
      patterns = []
      pays = false
      return
    }
    let frequencies = AnchorFrequencies()
    var rate = 0.0
    var patterns: [PrefilterPattern] = []
    patterns.reserveCapacity(list.count)
    for number in 0..<list.count {
      let use = purposes[number]
      guard use.begins else { continue }
      if use.isPart { rate += frequencies.rate(of: list[number]) }
      patterns.append(PrefilterPattern(term: list[number], isBounded: use.looseMask == 0))
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
