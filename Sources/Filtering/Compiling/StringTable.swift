/// Collects strings for the database; equal strings are stored once.
struct StringTable {
  private(set) var bytes: [UInt8] = []
  private var known: [String: TextRange] = [:]

  mutating func add(_ text: String) -> TextRange {
    if text.isEmpty { return TextRange() }
    if let range = known[text] { return range }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    let range = TextRange(start: UInt32(start), count: UInt32(bytes.count - start))
    known[text] = range
    return range
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

  mutating func combine(_ symbols: [UInt32]) {
    for symbol in symbols {
      for shift in 0..<4 { combine(UInt8(truncatingIfNeeded: symbol >> UInt32(8 * shift))) }
    }
    combine(0xFF)
  }
}
