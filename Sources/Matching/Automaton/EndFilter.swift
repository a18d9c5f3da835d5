import CScan

/// A hashed set of what may be under way at the end of a text.
///
/// It may hold others (a blocked Bloom filter), and never lacks one. `kw_take_chunk` asks it. Of
/// letters and digits it holds those of ASCII, and takes them by their bytes; the end of a text with
/// others is not plain. It holds, as far as a pattern goes on behind them:
///
/// - The *neighbours* at either side of each place inside a pattern where a text may have a gap: of a
///   word its last seven letters before, its first two behind; between words with the first and the
///   last symbol of the gap, which beside Han is skipped.
/// - Any three Han characters that touch.
/// - Noise or a mark with the symbol before it, and with the one behind it.
/// - *Beginnings*: the first two to seven letters of patterns.
struct EndFilter {
  /// By how many letters a word is told, at most: of one that ends, the last ones.
  static let letters = Int(KW_END_LETTERS)

  /// Three bits of one word of 64 for each member.
  private(set) var words: [UInt64]

  /// Creates a set with sixteen bits for each member, 4 KB to 1 MB.
  init(members: Int) {
    var count = 1 << 9
    while 4 * count < members && count < 1 << 17 { count <<= 1 }
    words = [UInt64](repeating: 0, count: count)
  }

  /// Adds neighbours, and the symbols at both ends of the gap between two words.
  mutating func insert(_ left: UInt64, _ right: UInt64, gap: UInt64 = 0) {
    insert(hash: left &* 0x9E37_79B9_7F4A_7C15 &+ (right | gap << 32) &* 0xD6E8_FEB8_6659_FD93)
  }

  /// Adds a beginning, its first letter in the lowest byte.
  mutating func insert(beginning letters: UInt64) {
    insert(hash: letters &* 0xC2B2_AE3D_27D4_EB4F)
  }

  private mutating func insert(hash: UInt64) {
    words[Int(hash >> UInt64(Self.shift(count: words.count)))] |= Self.mask(hash)
  }

  /// The bits of a hash in its word.
  private static func mask(_ hash: UInt64) -> UInt64 {
    1 << (hash >> 24 & 63) | 1 << (hash >> 30 & 63) | 1 << (hash >> 36 & 63)
  }

  /// How far a hash is shifted to give a word's place.
  static func shift(count: Int) -> UInt32 { UInt32(64 - count.trailingZeroBitCount) }
}

/// What stands at either side of a place, by symbols' numbers or, of words, by their letters.
extension EndFilter {
  /// The symbols at both ends of a gap between words.
  static func gap(_ first: Int, _ last: Int) -> UInt64 { UInt64(first | last << 16) }

  /// A Han character before a gap or behind it.
  static func han(_ number: Int) -> UInt64 { UInt64(number) | 1 << 24 }

  /// The last of three Han characters that touch.
  static func touching(_ number: Int) -> UInt64 { UInt64(number) | 1 << 25 }

  /// The first two of them.
  static func pair(_ first: Int, _ second: Int) -> UInt64 { UInt64(first << 16 | second) }

  /// A symbol beside noise or a mark, and that.
  static func mark(_ number: Int) -> UInt64 { UInt64(number) | 1 << 26 }
}
