import Folding

/// The first two bytes with which a scalar that vanishes may begin.
///
/// Whether any begins in a text is known without decoding what does not.
struct VanishingLeads: Sendable {
  /// By the low six bits of a first byte, a bit for each second one.
  private var seconds = [UInt64](repeating: 0, count: 64)

  /// That of the fold tables, made when it is first asked for in a fraction of a millisecond.
  static let shared = VanishingLeads()

  private init() {
    for scalar in 0x80..<0x1_0000 as Range<UInt32> where FoldEntry(scalar).kind.vanishes {
      let (lead, second) =
        scalar < 0x800
        ? (0xC0 | scalar >> 6, scalar & 0x3F) : (0xE0 | scalar >> 12, scalar >> 6 & 0x3F)
      seconds[Int(lead & 0x3F)] |= 1 << UInt64(second)
    }
    // Of four bytes nothing is ruled out.
    for lead in 0xF0...0xF4 { seconds[lead & 0x3F] = .max }
  }

  /// Whether a scalar that begins with two bytes may vanish, of which the first is 0xC0 or more.
  @inline(__always)
  func mayBegin(_ lead: UInt8, _ second: UInt8) -> Bool {
    seconds[Int(lead & 0x3F)] >> UInt64(second & 0x3F) & 1 != 0
  }
}
