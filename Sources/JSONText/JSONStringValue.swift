/// A string of a JSON text: its decoded bytes, and the way back to the bytes it was written with.
///
/// An escaped lone surrogate decodes to the three bytes that UTF-8 would need for it (`\ud800` to
/// ED A0 80), which are ill-formed UTF-8, as no well-formed bytes can stand for it. Raw bytes, well-
/// formed or not, decode to themselves.
///
/// - Invariant: `escapes` is ascending; between two escapes, decoded and source bytes are the same.
package struct JSONStringValue: Sendable, Hashable {
  /// The decoded bytes.
  package let bytes: [UInt8]
  /// The range of the contents in the JSON text, without the quotation marks.
  package let sourceRange: Range<Int>

  private let escapes: [Escape]

  private struct Escape: Sendable, Hashable {
    var decoded: Range<Int>
    var source: Range<Int>
  }

  /// Decodes the contents of a string that a scanner has found well-formed.
  ///
  /// - Complexity: O(*n*) in the bytes of the string.
  init(decoding sourceRange: Range<Int>, of text: [UInt8]) {
    self.sourceRange = sourceRange
    var bytes: [UInt8] = []
    var escapes: [Escape] = []
    bytes.reserveCapacity(sourceRange.count)
    var index = sourceRange.lowerBound
    while index < sourceRange.upperBound {
      let start = index
      while index < sourceRange.upperBound, text[index] != JSONScanner.backslash { index += 1 }
      bytes += text[start..<index]
      guard index < sourceRange.upperBound else { break }
      let decodedStart = bytes.count
      let length = Self.appendEscape(at: index, of: text, to: &bytes)
      escapes.append(
        Escape(decoded: decodedStart..<bytes.count, source: index..<(index + length)))
      index += length
    }
    self.bytes = bytes
    self.escapes = escapes
  }

  /// The source bytes of a range of decoded bytes.
  ///
  /// An escape is one unit: a range that begins or ends inside what it decodes to covers all of it.
  /// An empty range is an empty range at the same place.
  ///
  /// - Complexity: O(log *e*) in the number of escapes.
  package func sourceRange(of range: Range<Int>) -> Range<Int> {
    let lower = unit(at: range.lowerBound).lowerBound
    return range.isEmpty ? lower..<lower : lower..<unit(at: range.upperBound - 1).upperBound
  }

  /// The source bytes that the decoded byte at `offset` comes from; empty at the end.
  private func unit(at offset: Int) -> Range<Int> {
    precondition(0...bytes.count ~= offset, "an offset lies inside the decoded bytes")
    var low = 0
    var high = escapes.count
    while low < high {
      let middle = (low + high) / 2
      if escapes[middle].decoded.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return single(sourceRange.lowerBound + offset) }
    let escape = escapes[low - 1]
    guard offset >= escape.decoded.upperBound else { return escape.source }
    return single(escape.source.upperBound + offset - escape.decoded.upperBound)
  }

  private func single(_ index: Int) -> Range<Int> {
    index..<min(index + 1, sourceRange.upperBound)
  }

  /// Appends what the escape at `index` stands for and returns the escape's length.
  private static func appendEscape(
    at index: Int, of text: [UInt8], to bytes: inout [UInt8]
  ) -> Int {
    switch text[index + 1] {
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      let unit = codeUnit(at: index + 2, of: text)
      if 0xD800...0xDBFF ~= unit, index + 7 < text.count,
        text[index + 6] == JSONScanner.backslash, text[index + 7] == UInt8(ascii: "u"),
        case let low = codeUnit(at: index + 8, of: text), 0xDC00...0xDFFF ~= low
      {
        append(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF), to: &bytes)
        return 12
      }
      append(unit, to: &bytes)
      return 6
    case let byte: bytes.append(byte)
    }
    return 2
  }

  private static func codeUnit(at index: Int, of text: [UInt8]) -> UInt32 {
    text[index..<(index + 4)].reduce(0) { unit, digit in
      unit << 4 | UInt32(digit & 15) + (digit > 0x39 ? 9 : 0)
    }
  }

  /// Appends the UTF-8 form of a code point, surrogates included.
  private static func append(_ point: UInt32, to bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | point >> shift & 0x3F) }
    switch point {
    case 0..<0x80: bytes.append(UInt8(point))
    case 0..<0x800: bytes += [UInt8(0xC0 | point >> 6), tail(0)]
    case 0..<0x10000: bytes += [UInt8(0xE0 | point >> 12), tail(6), tail(0)]
    default: bytes += [UInt8(0xF0 | point >> 18), tail(12), tail(6), tail(0)]
    }
  }
}
