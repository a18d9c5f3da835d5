/// A slot of the anchor table: the fingerprint of a key and the run of members that have the key.
///
/// Zero is an empty slot. Keys with more than 255 members take several slots.
struct AnchorSlot {
  /// The slot in one word: fingerprint 32 bits, start 24, count 8.
  var packed: UInt64

  /// Wraps a packed slot.
  @inline(__always) init(packed: UInt64) { self.packed = packed }

  /// Packs a slot.
  init(fingerprint: UInt32, start: Int, count: Int) {
    packed = UInt64(fingerprint) | UInt64(start) << 32 | UInt64(count) << 56
  }

  /// The low half of the key's hash.
  @inline(__always) var fingerprint: UInt32 { UInt32(truncatingIfNeeded: packed) }
  /// Where the first member begins, in 16-bit numbers.
  @inline(__always) var start: Int { Int(packed >> 32 & 0xFF_FFFF) }
  /// The number of members.
  @inline(__always) var count: Int { Int(packed >> 56) }
}

/// A pattern as one of those that share an anchor's key.
///
/// It is coded in 16-bit numbers: a header of four, then the pattern's symbols. The header is the
/// length and, eight bits higher, the anchor's offset in the pattern; the bounded edges, the first in
/// bit 0; and the pattern's index, low half first.
struct AnchorMember {
  /// The numbers of the header.
  static let headerCount = 4

  /// The pattern's symbols.
  var length: Int
  /// The index of the anchor in the pattern.
  var offset: Int
  /// Whether no letter or digit may stand before the pattern.
  var isBoundedBefore: Bool
  /// Whether no letter or digit may stand behind the pattern.
  var isBoundedBehind: Bool
  /// The pattern.
  var pattern: Int

  /// Creates a member.
  init(length: Int, offset: Int, bounds: (Bool, Bool), pattern: Int) {
    self.length = length
    self.offset = offset
    (isBoundedBefore, isBoundedBehind) = bounds
    self.pattern = pattern
  }

  /// Reads the four numbers of a header.
  @inline(__always)
  init(_ shape: UInt16, _ bounds: UInt16, _ low: UInt16, _ high: UInt16) {
    length = Int(shape & 0xFF)
    offset = Int(shape >> 8)
    isBoundedBefore = bounds & 1 != 0
    isBoundedBehind = bounds & 2 != 0
    pattern = Int(low) | Int(high) << 16
  }

  /// The header.
  var header: [UInt16] {
    [
      UInt16(length) | UInt16(offset) << 8, (isBoundedBefore ? 1 : 0) | (isBoundedBehind ? 2 : 0),
      UInt16(truncatingIfNeeded: pattern), UInt16(truncatingIfNeeded: pattern >> 16),
    ]
  }
}
