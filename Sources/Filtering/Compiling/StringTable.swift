/// Collects strings for the database; equal strings, byte by byte, are stored once.
///
/// - Invariant: `slots` has a power of two of slots, at most half of them used, each holding −1 or
///   the place in `ranges` of a string.
struct StringTable {
  private(set) var bytes: [UInt8] = []
  private var ranges: [TextRange] = []
  private var slots = [Int32](repeating: -1, count: 64)

  /// Finds or adds a string.
  mutating func add(_ text: String) -> TextRange {
    if text.isEmpty { return TextRange() }
    let utf8 = text.utf8
    // The string is written where it will stay, and taken away again where it is known.
    let start = bytes.count
    bytes.append(contentsOf: utf8)
    let range = TextRange(start: UInt32(start), count: UInt32(bytes.count - start))
    var slot = hash(range) & (slots.count - 1)
    while slots[slot] >= 0 {
      let known = ranges[Int(slots[slot])]
      if isEqual(known, range) {
        bytes.removeSubrange(start...)
        return known
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(ranges.count)
    ranges.append(range)
    if ranges.count * 2 > slots.count { grow() }
    return range
  }

  /// Gives up what is only needed to find equal strings: those added from now on are stored anew.
  mutating func forgetPlaces() {
    ranges = []
    slots = [Int32](repeating: -1, count: 64)
  }

  private func isEqual(_ first: TextRange, _ second: TextRange) -> Bool {
    guard first.count == second.count else { return false }
    for offset in 0..<Int(first.count)
    where bytes[Int(first.start) + offset] != bytes[Int(second.start) + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, range) in ranges.enumerated() {
      var slot = hash(range) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }

  private func hash(_ range: TextRange) -> Int {
    var hash: UInt64 = 0x9E37_79B1_85EB_CA87
    for index in Int(range.start)..<range.end {
      hash = (hash ^ UInt64(bytes[index])) &* 0xC2B2_AE3D_27D4_EB4F
    }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash >> 1)
  }
}

/// The 64-bit hash FNV-1a: short, stable, the same on every machine.
struct StableHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
    combine(0xFF)
  }

  mutating func combine(_ symbols: some Sequence<UInt32>) {
    for symbol in symbols {
      for shift in 0..<4 { combine(UInt8(truncatingIfNeeded: symbol >> UInt32(8 * shift))) }
    }
    combine(0xFF)
  }
}
