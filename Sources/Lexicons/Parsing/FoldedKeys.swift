/// A set of symbol sequences, numbered in the order of insertion, all in one array.
///
/// It takes one allocation for a million sequences where a dictionary of arrays takes a million.
///
/// - Invariant: `ends` is ascending; `slots` has a power of two of slots, at most half of them used,
///   each holding −1 or the number of a sequence.
struct FoldedKeys {
  private var symbols: [UInt32] = []
  private var ends: [UInt32] = []
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
    ends.append(UInt32(symbols.count))
    slots[slot] = Int32(number)
    if ends.count * 2 > slots.count { grow() }
    return (number, true)
  }

  private subscript(number: Int) -> ArraySlice<UInt32> {
    symbols[Int(number == 0 ? 0 : ends[number - 1])..<Int(ends[number])]
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
    // Keyword files are their owner's: nobody gains by making keys collide.
    var hash: UInt64 = 0x9E37_79B1_85EB_CA87
    for symbol in key {
      hash = (hash ^ UInt64(symbol)) &* 0xC2B2_AE3D_27D4_EB4F
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }
}
