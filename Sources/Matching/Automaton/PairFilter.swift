/// A bit table of the pairs of symbols that can lead on from a state of one symbol.
///
/// It may say yes for others (a Bloom filter of one hash), never no for one of them.
struct PairFilter {
  /// The bits, a power of two of bytes.
  private(set) var bytes: [UInt8]
  private let shift: UInt32

  /// Creates a table for a number of pairs: sixteen bits each, 8 KB to 512 KB.
  init(pairs: Int) {
    var count = 1 << 13
    while count < 2 * pairs && count < 1 << 19 { count <<= 1 }
    bytes = [UInt8](repeating: 0, count: count)
    shift = Self.shift(byteCount: count)
  }

  /// Adds a pair of symbol numbers.
  mutating func insert(_ first: Int, _ second: Int) {
    let hash = Self.hash(first, second, shift)
    bytes[Int(hash >> 3)] |= 1 << UInt8(hash & 7)
  }

  /// The place of a pair's bit.
  @inline(__always)
  static func hash(_ first: Int, _ second: Int, _ shift: UInt32) -> UInt32 {
    let pair = UInt32(truncatingIfNeeded: first) << 16 | UInt32(truncatingIfNeeded: second)
    return (pair &* 0x9E37_79B1) &>> shift
  }

  /// How far a product is shifted to give the place of a bit.
  static func shift(byteCount: Int) -> UInt32 {
    UInt32(max(32 - 3 - byteCount.trailingZeroBitCount, 0))
  }
}
