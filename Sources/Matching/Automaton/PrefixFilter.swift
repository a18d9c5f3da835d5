/// Hashed sets of the first two and the first three symbols of patterns.
///
/// They may hold others (Bloom filters of one hash), and never lack one. `kw_read_run` asks them.
struct PrefixFilter {
  /// Two bits a field: a longer pattern begins with the two symbols; a pattern ends with them.
  private(set) var pairs: [UInt8]
  /// One bit a field.
  private(set) var triples: [UInt8]

  /// Creates sets with sixteen fields for each member.
  init(pairs: Int, triples: Int) {
    self.pairs = [UInt8](repeating: 0, count: Self.byteCount(bits: 32 * pairs))
    self.triples = [UInt8](repeating: 0, count: Self.byteCount(bits: 16 * triples))
  }

  /// Adds the numbers of two symbols that a longer pattern begins with, or that end a pattern.
  mutating func insert(_ first: Int, _ second: Int, ends: Bool) {
    let field = Self.product(first, second) >> Self.pairShift(byteCount: pairs.count)
    pairs[Int(field >> 2)] |= (ends ? 2 : 1) << UInt8(field & 3 * 2)
  }

  /// Adds the numbers of three symbols that a pattern begins with.
  mutating func insert(_ first: Int, _ second: Int, _ third: Int) {
    let mixed = Self.product(first, second) ^ UInt32(truncatingIfNeeded: third) &* 0x85EB_CA6B
    let field = (mixed &* 0xC2B2_AE35) >> Self.tripleShift(byteCount: triples.count)
    triples[Int(field >> 3)] |= 1 << UInt8(field & 7)
  }

  /// How far a product is shifted to give a field of the pairs.
  static func pairShift(byteCount: Int) -> UInt32 { UInt32(30 - byteCount.trailingZeroBitCount) }

  /// How far a product is shifted to give a field of the triples.
  static func tripleShift(byteCount: Int) -> UInt32 { UInt32(29 - byteCount.trailingZeroBitCount) }

  /// Whether a table has a size that a shift can be made of.
  static func isSound(byteCount: Int) -> Bool {
    byteCount > 0 && byteCount & (byteCount - 1) == 0 && byteCount <= 1 << 28
  }

  private static func product(_ first: Int, _ second: Int) -> UInt32 {
    (UInt32(truncatingIfNeeded: first) << 16 | UInt32(truncatingIfNeeded: second)) &* 0x9E37_79B1
  }

  /// 4 KB to 1 MB.
  private static func byteCount(bits: Int) -> Int {
    var count = 1 << 12
    while 8 * count < bits && count < 1 << 20 { count <<= 1 }
    return count
  }
}
