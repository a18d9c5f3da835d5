extension PatternParser {
  /// Ranges of up to this many symbols are checked member by member; of longer ones, such as all
  /// ideographs, only the ends, since their other members do no harm.
  private static let largestCheckedRange: UInt32 = 256

  /// Reads a character class, its bracket taken.
  mutating func characterClass(at place: Int) throws(RuleError) -> PatternShape {
    let isNegated = take("^")
    var ranges: [(range: ClosedRange<UInt32>, column: Int)] = []
    var first = StartSet.empty
    var isStart = true
    while index < tokens.count, isStart || !sees("]") {
      isStart = false
      let column = self.column
      if sees("[:") {
        first.formUnion(try posixClass(at: column))
        continue
      }
      switch try member() {
      case .members(let text): first.formUnion(text.map { .members($0) } ?? .unrestricted)
      case .literal(let low):
        var high = low
        if sees("-"), index + 1 < tokens.count, !closesClass(index + 1) {
          let back = index
          index += 1
          if case .literal(let value) = try member() { high = value } else { index = back }
        }
        ranges.append((low...max(low, high), column))
      }
    }
    index += 1
    for entry in ranges {
      try check(entry.range, among: ranges.map { $0.range }, at: entry.column)
      first.formUnion(startSet(entry.range))
    }
    if isNegated { return .symbol(.unrestricted) }
    let only = ranges.count == 1 && first.classes.isEmpty && !first.isUnrestricted
    let symbol = ranges.first.flatMap { $0.range.count == 1 ? $0.range.lowerBound : nil }
    return .symbol(first, literal: only ? symbol : nil)
  }

  private func closesClass(_ position: Int) -> Bool {
    tokens[position].scalar == "]" && !tokens[position].isQuoted
  }

  private mutating func member() throws(RuleError) -> Escape {
    let place = column
    let isQuoted = tokens[index].isQuoted
    let scalar = next()
    return scalar == "\\" && !isQuoted ? try symbolEscape(at: place) : .literal(scalar.value)
  }

  private mutating func posixClass(at place: Int) throws(RuleError) -> StartSet {
    var end = index + 2
    while end < tokens.count,
      tokens[end].scalar.properties.isAlphabetic || tokens[end].scalar == "^"
    {
      end += 1
    }
    guard end + 1 < tokens.count, tokens[end].scalar == ":", tokens[end + 1].scalar == "]" else {
      index += 1
      try check(0x5B, at: place)
      return .symbols(0x5B...0x5B)
    }
    let name = Self.spelling(tokens[(index + 2)..<end].map { $0.scalar.value })
    index = end + 2
    if name == "upper" {
      throw .unfolded(spelling: "[:upper:]", folded: "[:lower:]", column: place)
    }
    return name.hasPrefix("^") ? .unrestricted : .members("[:\(name):]")
  }

  /// Refuses a member that folded text never has, unless the class has what it folds to as well.
  private func check(
    _ range: ClosedRange<UInt32>, among ranges: [ClosedRange<UInt32>], at place: Int
  ) throws(RuleError) {
    guard range.upperBound - range.lowerBound < Self.largestCheckedRange else {
      try check(range.lowerBound, at: place)
      return try check(range.upperBound, at: place)
    }
    for symbol in range where Unicode.Scalar(symbol) != nil {
      let isEnd = symbol == range.lowerBound || symbol == range.upperBound
      let folded = fold(symbol)
      let isCovered =
        !isEnd && folded.allSatisfy { value in ranges.contains { $0.contains(value) } }
      if !isCovered { try check(symbol, at: place) }
    }
  }
}
