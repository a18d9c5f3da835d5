/// A hashed set of the neighbours inside of patterns: whether anything that begins before a place can
/// go on beyond it.
///
/// It may hold others (a Bloom filter of one hash), and never lacks one. Its members end where a
/// pattern goes on; those at a pattern's end are left out. `kw_take_chunk` asks it.
struct InnerFilter {
  /// One bit a hash.
  private(set) var bits: [UInt8]

  /// Creates a set with sixteen bits for each member, 4 KB to 1 MB.
  init(members: Int) {
    var count = 1 << 12
    while 8 * count < 16 * members && count < 1 << 20 { count <<= 1 }
    bits = [UInt8](repeating: 0, count: count)
  }

  mutating func insert(_ key: UInt64) {
    let place = Self.hash(key) >> UInt64(Self.shift(byteCount: bits.count))
    bits[Int(place >> 3)] |= 1 << UInt8(place & 7)
  }

  /// The key of two symbols, by their numbers.
  @inline(__always)
  static func key(_ first: Int, _ second: Int) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: first | second << 16))
  }

  /// The key of three or four.
  @inline(__always)
  static func key(_ first: Int, _ second: Int, _ third: Int, _ fourth: Int = 0) -> UInt64 {
    key(first, second) | key(third, fourth) << 32
  }

  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

  /// How far a hash is shifted to give a bit's place.
  static func shift(byteCount: Int) -> UInt32 { UInt32(61 - byteCount.trailingZeroBitCount) }
}
