/// Patterns that stand side by side in the member table: where the first one begins, in 16-bit
/// numbers (24 bits), and how many there are (8 bits).
struct MemberRun {
  /// The run in one word.
  var packed: UInt32

  /// Wraps a packed run.
  init(packed: UInt32) { self.packed = packed }

  /// Packs a run.
  init(start: Int, count: Int) { packed = UInt32(start) | UInt32(count) << 24 }

  /// Where the first member begins.
  var start: Int { Int(packed & 0xFF_FFFF) }
  /// The number of members, not above `maximumCount`.
  var count: Int { Int(packed >> 24) }

  /// The most members of a run.
  static let maximumCount = 255
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
  init(_ shape: UInt16, _ bounds: UInt16, _ low: UInt16, _ high: UInt16) {
    length = Int(shape & 0xFF)
    offset = Int(shape >> 8)
    isBoundedBefore = bounds & 1 != 0
    isBoundedBehind = bounds & 2 != 0
    pattern = Int(low) | Int(high) << 16
  }

  /// Appends the header.
  func append(to members: inout [UInt16]) {
    members.append(UInt16(length) | UInt16(offset) << 8)
    members.append((isBoundedBefore ? 1 : 0) | (isBoundedBehind ? 2 : 0))
    members.append(UInt16(truncatingIfNeeded: pattern))
    members.append(UInt16(truncatingIfNeeded: pattern >> 16))
  }
}
