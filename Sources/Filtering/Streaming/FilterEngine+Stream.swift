import Matching
import Rules

extension FilterEngine {
  /// Opens a stream; its memory is allocated here.
  ///
  /// - Parameters:
  ///   - policy: What is done about findings.
  ///   - blockHandling: What is done about findings that block.
  /// - Returns: The stream at the start of its text.
  public func stream(
    policy: Policy = Policy(), blockHandling: BlockHandling = .stop
  ) -> StreamFilter {
    stream(policy: policy, blockHandling: blockHandling, skips: ShortTest.pays)
  }

  /// The same, saying whether chunks are skipped in which nothing can be, which no result depends on.
  package func stream(
    policy: Policy, blockHandling: BlockHandling, skips: Bool
  ) -> StreamFilter {
    StreamFilter(lexicon, policy, blockHandling, skips: skips)
  }
}

extension CompiledLexicon {
  /// The most bytes that a stream can hold: the longest term, exception or rule window, each symbol
  /// four bytes, each gap as long as a gap can be, and what decides a right edge.
  func holdbackBound(noiseLimit: Int) -> Int {
    let symbols = max(automaton.longestPattern, longestException)
    let gap = Gap.maximumScalars(noise: noiseLimit)
    let literals = 4 * (symbols + (symbols + 1) * gap) + 16
    let perSymbol = 4 * (Gap.maximumVanishing + 1)
    return max(literals, rules.maxReach * perSymbol + 16)
  }
}
