/// Different sequences of symbols, numbered in the order of their first insertion.
///
/// All lie in one array: a million sequences take a few allocations, where a dictionary of arrays
/// takes a million.
///
/// - Invariant: `ends` is ascending; `slots` has a power of two of slots, at most half of them used,
///   each holding −1 or the number of a sequence.
package struct SymbolSequences: Sendable {
  /// The symbols of all sequences, one behind the other.
  package private(set) var allSymbols: [UInt32] = []
  /// Where each sequence ends in `allSymbols`.
  package private(set) var ends: [UInt32] = []
  private var slots = [Int32](repeating: -1, count: 64)

  /// Creates a set without sequences.
  package init() {}

  /// The number of sequences.
  package var count: Int { ends.count }

  /// The symbols of a sequence.
  package subscript(number: Int) -> ArraySlice<UInt32> { allSymbols[range(number)] }

  /// The number of symbols of a sequence.
  package func length(of number: Int) -> Int { range(number).count }

  /// Whether any sequence holds a symbol.
  ///
  /// - Complexity: O(symbols).
  package func contains(symbol: UInt32) -> Bool { allSymbols.contains(symbol) }

  /// Finds or adds a sequence.
  ///
  /// - Parameter symbols: At most 2³² of all sequences together.
  /// - Returns: Its number, and whether it was not there.
  /// - Complexity: O(`symbols.count`), amortised.
  @discardableResult
  package mutating func insert(_ symbols: [UInt32]) -> (number: Int, isNew: Bool) {
    var slot = Self.hash(symbols) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if holds(symbols, at: range(number)) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = ends.count
    allSymbols.append(contentsOf: symbols)
    ends.append(UInt32(allSymbols.count))
    slots[slot] = Int32(number)
    if ends.count * 2 > slots.count { grow() }
    return (number, true)
  }

  private func range(_ number: Int) -> Range<Int> {
    Int(number == 0 ? 0 : ends[number - 1])..<Int(ends[number])
  }

  private func holds(_ symbols: [UInt32], at range: Range<Int>) -> Bool {
    guard symbols.count == range.count else { return false }
    for index in symbols.indices where allSymbols[range.lowerBound + index] != symbols[index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for number in ends.indices {
      var slot = Self.hash(self[number]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// A multiplicative hash: lexicons are their owner's, so nobody gains by making them collide.
  private static func hash(_ symbols: some Sequence<UInt32>) -> Int {
    var hash: UInt64 = 0x9E37_79B1_85EB_CA87
    for symbol in symbols {
      hash = (hash ^ UInt64(symbol)) &* 0xC2B2_AE3D_27D4_EB4F
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }
}
