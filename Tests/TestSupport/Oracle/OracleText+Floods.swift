extension OracleText {
  /// Returns a range for each gap in which the 33rd invisible scalar ends the beginning of a literal.
  ///
  /// It reaches from the earliest such beginning to that scalar.
  func floods(
    of patterns: [(pattern: OraclePattern, isLoose: Bool)], noise limit: Int
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for index in symbols.indices {
      let unit = symbols[index].unit
      if index + 1 < symbols.count, symbols[index + 1].unit == unit { continue }
      // What follows up to the next symbol, line break or ill-formed part.
      let rest = units[(unit + 1)...].prefix { !$0.isTextSymbol && !$0.breaks }
      let vanishing = rest.indices.filter { units[$0].vanishes }
      guard vanishing.count > 32 else { continue }
      let before = gap(of: units[unit + 1..<vanishing[32]])
      let starts = patterns.flatMap {
        liveStarts(of: $0.pattern, isLoose: $0.isLoose, endingAt: index, before, limit)
      }
      if let first = starts.map({ units[symbols[$0].unit].range.lowerBound }).min() {
        result.append(first..<units[vanishing[32]].range.upperBound)
      }
    }
    return result
  }

  /// The symbols at which a beginning of a literal starts that ends at a symbol and the gap after it.
  private func liveStarts(
    of pattern: OraclePattern, isLoose: Bool, endingAt end: Int, _ gap: OracleGap, _ limit: Int
  ) -> [Int] {
    var starts: [Int] = []
    for count in 1..<max(pattern.symbols.count, 1) {
      let first = end - count + 1
      if first < 0 { break }
      let goesOn =
        pattern.skipsNoise(before: count)
        ? gap.counted <= limit
        : gap.literal.map { pattern.literals[count].starts(with: $0) } ?? false
      if goesOn, matchesPrefix(pattern, count, at: first, limit), isLoose || !touchesLeft(first) {
        starts.append(first)
      }
    }
    if pattern.isSpelledEligible { starts += spelledStart(of: pattern, endingAt: end, gap) }
    return starts
  }

  /// The start of a run of single letters that is a beginning of a term; or all of it, as it is not
  /// yet certain that the run ends there.
  private func spelledStart(
    of pattern: OraclePattern, endingAt end: Int, _ gap: OracleGap
  ) -> [Int] {
    guard isSingle(end), gap.noise.count <= 1 else { return [] }
    var first = end
    let mark = gap.noise.first ?? (end > 0 ? separator(before: end) : nil)
    while first > 0, let mark, separator(before: first) == mark { first -= 1 }
    let run = symbols[first...end]
    let isBeginning =
      run.count <= pattern.symbols.count && pattern.symbols.starts(with: run.map(\.value))
    return isBeginning ? [first] : []
  }
}
