/// A set of symbol sequences, numbered in the order of insertion, all in one array.
///
/// It takes one allocation for a million sequences where a dictionary of arrays takes a million.
///
/// - Invariant: `ends` is ascending; `slots` has a power of two of slots, at most half of them used,
///   each holding −1 or the number of a sequence.
struct FoldedKeys {
  private var symbols: [UInt32] = []
  private var ends: [Int] = []
  private var slots = [Int32](repeating: -1, count: 64)

  /// Finds or adds a sequence.
  ///
  /// - Complexity: O(*n*) in the sequence's length, amortised.
  mutating func insert(_ key: [UInt32]) -> (number: Int, isNew: Bool) {
    var slot = Self.hash(key[...]) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if self[number] == key[...] { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = ends.count
    symbols += key
    ends.append(symbols.count)
    slots[slot] = Int32(number)
    if ends.count * 2 > slots.count { grow() }
    return (number, true)
  }

  private subscript(number: Int) -> ArraySlice<UInt32> {
    symbols[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for number in ends.indices {
      var slot = Self.hash(self[number]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  private static func hash(_ key: ArraySlice<UInt32>) -> Int {
    var hasher = Hasher()
    for symbol in key { hasher.combine(symbol) }
    return hasher.finalize()
  }
}
