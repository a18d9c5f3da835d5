/// A scalar read from UTF-8, or a maximal subpart of an ill-formed sequence.
@usableFromInline @frozen
package struct DecodedScalar: Equatable, Sendable {
  /// The value of `scalar` for an ill-formed subpart: no code point, and no pattern has it.
  @inlinable package static var illFormed: UInt32 { .max }

  /// The scalar, or `illFormed`.
  @usableFromInline package let scalar: UInt32
  /// The number of bytes it takes, 1…4.
  @usableFromInline package let byteCount: UInt8
  /// Whether the bytes are the beginning of a character that the end of the span cuts.
  @usableFromInline package let isCut: Bool

  @inlinable package init(scalar: UInt32, byteCount: UInt8, isCut: Bool = false) {
    self.scalar = scalar
    self.byteCount = byteCount
    self.isCut = isCut
  }

  /// The number of bytes it takes, 1…4.
  @inlinable package var length: Int { Int(truncatingIfNeeded: byteCount) }

  /// Whether the bytes are no scalar; true of a cut character too, until more bytes come.
  @inlinable package var isIllFormed: Bool { scalar == Self.illFormed }
}

/// Reads scalars from UTF-8 that may be ill-formed.
///
/// Ill-formed sequences are cut into maximal subparts, as `String(decoding:as:)` and web browsers
/// do.
///
/// - SeeAlso: The Unicode Standard, section 3.9, table 3-7 and "Maximal Subpart".
@usableFromInline @frozen
package enum UTF8Decoder {
  /// Reads the scalar at an offset.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, ill-formed or cut anywhere.
  ///   - offset: In bytes, below `bytes.count`.
  /// - Returns: The scalar, or an ill-formed subpart of 1…3 bytes.
  /// - Complexity: O(1).
  @inlinable @inline(__always)
  package static func decode(_ bytes: Span<UInt8>, at offset: Int) -> DecodedScalar {
    let lead = bytes[offset]
    if lead < 0x80 { return DecodedScalar(scalar: UInt32(lead), byteCount: 1) }
    // By far the commonest in Chinese text: no overlong form (E0), no surrogate (ED).
    if lead &- 0xE1 < 15, lead != 0xED, bytes.count &- offset > 2 {
      let second = bytes[offset &+ 1]
      let third = bytes[offset &+ 2]
      if second & 0xC0 == 0x80, third & 0xC0 == 0x80 {
        let high = UInt32(lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6
        return DecodedScalar(scalar: high | UInt32(third & 0x3F), byteCount: 3)
      }
    }
    if lead &- 0xC2 < 30, bytes.count &- offset > 1 {
      let second = bytes[offset &+ 1]
      if second & 0xC0 == 0x80 {
        let scalar = UInt32(lead & 0x1F) << 6 | UInt32(second & 0x3F)
        return DecodedScalar(scalar: scalar, byteCount: 2)
      }
    }
    return decodeMultibyte(bytes, at: offset, lead: lead)
  }

  /// Reads what is not ASCII, byte by byte.
  @usableFromInline
  package static func decodeMultibyte(
    _ bytes: Span<UInt8>, at offset: Int, lead: UInt8
  ) -> DecodedScalar {
    let length: UInt8
    var scalar: UInt32
    // Only the second byte's range depends on the first.
    var range: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: (length, scalar) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF:
      (length, scalar) = (3, UInt32(lead & 0x0F))
      if lead == 0xE0 { range = 0xA0...0xBF }
      if lead == 0xED { range = 0x80...0x9F }
    case 0xF0...0xF4:
      (length, scalar) = (4, UInt32(lead & 0x07))
      if lead == 0xF0 { range = 0x90...0xBF }
      if lead == 0xF4 { range = 0x80...0x8F }
    default: return DecodedScalar(scalar: DecodedScalar.illFormed, byteCount: 1)
    }
    for index in 1..<length {
      let place = offset + Int(index)
      guard place < bytes.count else {
        return DecodedScalar(scalar: DecodedScalar.illFormed, byteCount: index, isCut: true)
      }
      let byte = bytes[place]
      guard range.contains(byte) else {
        return DecodedScalar(scalar: DecodedScalar.illFormed, byteCount: index)
      }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
      range = 0x80...0xBF
    }
    return DecodedScalar(scalar: scalar, byteCount: length)
  }
}
