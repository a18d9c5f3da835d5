/// How the symbols of a term stand in a text.
enum OracleLane: Hashable, Sendable {
  case text, clause, spelled
}

/// An occurrence of a literal: its first and last symbol in the text.
struct OracleHit: Hashable, Sendable {
  var lane: OracleLane
  var first: Int
  var last: Int
}

extension OracleText {
  /// Returns the occurrences of a literal that its boundaries allow, in every lane.
  func hits(of pattern: OraclePattern, isLoose: Bool, noise limit: Int) -> [OracleHit] {
    var result: [OracleHit] = []
    for first in symbols.indices {
      let last = first + pattern.symbols.count - 1
      if last < symbols.count, matchesPrefix(pattern, pattern.symbols.count, at: first, limit),
        isLoose || isBounded(first, last)
      {
        result.append(OracleHit(lane: .text, first: first, last: last))
      }
      let lastInClauses = first + 2 * (pattern.symbols.count - 1)
      if pattern.isClauseEligible, lastInClauses < symbols.count,
        matchesClauses(pattern, at: first),
        isLoose || isBounded(first, lastInClauses)
      {
        result.append(OracleHit(lane: .clause, first: first, last: lastInClauses))
      }
    }
    if pattern.isSpelledEligible {
      for run in spelledRuns() where symbols[run].map(\.value) == pattern.symbols {
        result.append(OracleHit(lane: .spelled, first: run.lowerBound, last: run.upperBound - 1))
      }
    }
    return result
  }

  /// The bytes of an occurrence.
  func range(of hit: OracleHit) -> Range<Int> {
    units[symbols[hit.first].unit].range.lowerBound..<units[symbols[hit.last].unit].range.upperBound
  }

  /// Whether the first symbols of a literal stand at a place, noise skipped.
  func matchesPrefix(_ pattern: OraclePattern, _ count: Int, at first: Int, _ limit: Int) -> Bool {
    for index in 0..<count {
      guard symbols[first + index].value == pattern.symbols[index] else { return false }
      if index == 0 { continue }
      let gap = gap(before: first + index)
      guard gap.isPassable else { return false }
      if pattern.skipsNoise(before: index) {
        guard gap.counted <= limit else { return false }
      } else {
        guard gap.literal == pattern.literals[index] else { return false }
      }
    }
    return true
  }

  /// Whether a literal stands at a place with the same clause mark, and nothing else, in each gap.
  func matchesClauses(_ pattern: OraclePattern, at first: Int) -> Bool {
    let mark = symbols[first + 1]
    for index in pattern.symbols.indices {
      let symbol = symbols[first + 2 * index]
      guard symbol.value == pattern.symbols[index] else { return false }
      if index == 0 { continue }
      let between = symbols[first + 2 * index - 1]
      guard units[between.unit].kind == .clauseMark, between.value == mark.value,
        symbols[first + 2 * index - 2].unit + 1 == between.unit, between.unit + 1 == symbol.unit
      else { return false }
    }
    return true
  }

  // MARK: - Boundaries

  func isBounded(_ first: Int, _ last: Int) -> Bool {
    !touchesLeft(first) && !touchesRight(last)
  }

  func isWord(_ index: Int) -> Bool {
    symbols[index].trait == .letter || symbols[index].trait == .digit
  }

  /// Whether a symbol that is a letter or digit touches one before it.
  func touchesLeft(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    if index > 0, gap(before: index).touches, isWord(index - 1) { return true }
    let isFirst = index == 0 || symbols[index - 1].unit != symbols[index].unit
    guard symbols[index].trait == .digit, isFirst,
      let mark = neighbour(of: symbols[index].unit, step: -1), isDigitMark(mark),
      let other = neighbour(of: mark, step: -1)
    else { return false }
    return units[other].isTextSymbol && units[other].traits.last == .digit
  }

  /// Whether a symbol that is a letter or digit touches one behind it.
  func touchesRight(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    let next = index + 1
    if next < symbols.count, gap(before: next).touches, isWord(next) { return true }
    let isLast = next == symbols.count || symbols[next].unit != symbols[index].unit
    guard symbols[index].trait == .digit, isLast,
      let mark = neighbour(of: symbols[index].unit, step: 1), isDigitMark(mark),
      let other = neighbour(of: mark, step: 1)
    else { return false }
    return units[other].isTextSymbol && units[other].traits.first == .digit
  }

  private func isDigitMark(_ unit: Int) -> Bool {
    units[unit].symbols == [0x2E] || units[unit].symbols == [0x2C]
  }

  /// The scalar directly beside another one, at most 32 invisible ones skipped.
  private func neighbour(of unit: Int, step: Int) -> Int? {
    var place = unit + step
    var skipped = 0
    while units.indices.contains(place), units[place].vanishes {
      place += step
      skipped += 1
    }
    guard units.indices.contains(place), skipped <= 32, !units[place].breaks else { return nil }
    return place
  }

  // MARK: - Spelled out

  /// Whether a symbol is a letter on its own.
  func isSingle(_ index: Int) -> Bool {
    guard units[symbols[index].unit].symbols.count == 1, symbols[index].trait == .letter else {
      return false
    }
    if index > 0, gap(before: index).touches, isWord(index - 1) { return false }
    if index + 1 < symbols.count, gap(before: index + 1).touches, isWord(index + 1) { return false }
    return true
  }

  /// The noise scalar between two single letters, `nil` where there is not exactly one.
  func separator(before index: Int) -> UInt32? {
    guard isSingle(index - 1), isSingle(index) else { return nil }
    let gap = gap(before: index)
    return gap.isPassable && gap.noise.count == 1 ? gap.noise[0] : nil
  }

  /// The maximal runs of single letters with the same separator, two letters or more.
  func spelledRuns() -> [Range<Int>] {
    var result: [Range<Int>] = []
    var first = 0
    while first + 1 < symbols.count {
      guard let mark = separator(before: first + 1) else {
        first += 1
        continue
      }
      var last = first + 1
      while last + 1 < symbols.count, separator(before: last + 1) == mark { last += 1 }
      result.append(first..<last + 1)
      first = last
    }
    return result
  }
}
