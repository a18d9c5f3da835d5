/// Where words begin in a pattern, whatever stands between its symbols.
struct PatternEdges {
  /// The symbols, a bit each, that are no letter of ASCII or have none right before.
  private var starts: UInt64
  private let isBounded: Bool
  private let count: Int

  /// Gathers the edges of a pattern.
  ///
  /// - Parameters:
  ///   - pattern: The pattern.
  ///   - numbers: Its symbols' numbers.
  ///   - mayBeLetter: By number: whether the symbol may be written with a letter of ASCII.
  init(_ pattern: PrefilterPattern, _ numbers: [UInt16], mayBeLetter: [Bool]) {
    starts = pattern.wordStarts | (pattern.isBounded ? 1 : 0)
    isBounded = pattern.isBounded
    count = numbers.count
    for index in numbers.indices where !mayBeLetter[Int(numbers[index])] {
      starts |= 1 << UInt64(index)
      if index + 1 < 64 { starts |= 1 << UInt64(index + 1) }
    }
  }

  /// Whether a word begins at a symbol, or the symbol is in none.
  func isStart(_ index: Int) -> Bool { index < 64 && starts >> UInt64(index) & 1 != 0 }

  /// Returns the length of the word that begins at a symbol, nil where either end is open.
  func word(at index: Int) -> Int? {
    guard isStart(index) else { return nil }
    let end = (index + 1..<count).first(where: isStart)
    return end.map { $0 - index } ?? (isBounded ? count - index : nil)
  }
}
