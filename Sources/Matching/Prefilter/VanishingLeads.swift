import CScan
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

  /// Whether a scalar that vanishes may begin among bytes, but for the last one.
  ///
  /// - Complexity: O(bytes), without a branch for each.
  func mayBegin(in bytes: Span<UInt8>) -> Bool {
    // SAFETY: there are 64 words, and no byte beyond the count is read.
    unsafe seconds.withUnsafeBufferPointer { seconds in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress, let first = seconds.baseAddress else { return false }
        return unsafe kw_may_vanish(first, base, bytes.count) != 0
      }
    }
  }
}
