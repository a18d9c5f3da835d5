/// A 64-bit checksum of a blob: four lanes of multiply and rotate, eight bytes a step.
///
/// Every step is a bijection of its lane for fixed input, so a change confined to one 8-byte word
/// always changes the result. It guards against damage, not against forgery.
package enum Checksum {
  private static let prime: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let mix: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  /// Returns the checksum of some bytes.
  ///
  /// - Parameter bytes: The bytes; their count is part of the result.
  /// - Returns: The checksum.
  /// - Complexity: O(`bytes.count`).
  package static func of(_ bytes: Span<UInt8>) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    let words = bytes.count / 8
    let rounds = words / 4
    unsafe bytes.withUnsafeBytes { raw in
      for round in 0..<rounds {
        // SAFETY: round * 32 + 31 < words * 8 <= bytes.count.
        let at = round &* 32
        unsafe step(&lanes.0, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        unsafe step(&lanes.1, raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self))
        unsafe step(&lanes.2, raw.loadUnaligned(fromByteOffset: at &+ 16, as: UInt64.self))
        unsafe step(&lanes.3, raw.loadUnaligned(fromByteOffset: at &+ 24, as: UInt64.self))
      }
    }
    var tail = UInt64(bytes.count)
    for index in (rounds * 32)..<bytes.count {
      step(&tail, UInt64(bytes[index]))
    }
    step(&tail, lanes.0)
    step(&tail, lanes.1)
    step(&tail, lanes.2)
    step(&tail, lanes.3)
    return tail ^ tail >> 32
  }

  @inline(__always)
  private static func step(_ lane: inout UInt64, _ word: UInt64) {
    lane = (lane ^ word &* mix) &* prime
    lane = lane << 31 | lane >> 33
  }
}
