import Folding
import Testing

/// A small seeded generator (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

private func decodeAll(_ bytes: [UInt8]) -> [DecodedScalar] {
  var result: [DecodedScalar] = []
  var offset = 0
  while offset < bytes.count {
    let decoded = UTF8Decoder.decode(bytes.span, at: offset)
    result.append(decoded)
    offset += decoded.length
  }
  return result
}

@Suite struct UTF8DecoderTests {
  @Test func `a scalar decodes to itself, and every cut of it is cut`() {
    var failures: [UInt32] = []
    // All of the first plane; of the others, enough to meet every lead and second byte.
    let others = stride(from: 0x1_0000 as UInt32, through: 0x10_FFFF, by: 251)
    for value in Array(0...0xFFFF as ClosedRange<UInt32>) + others + [0x10_FFFF] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(UTF8.encode(scalar) ?? .init())
      let whole = DecodedScalar(scalar: value, byteCount: UInt8(bytes.count))
      if UTF8Decoder.decode(bytes.span, at: 0) != whole { failures.append(value) }
      for cut in 1..<bytes.count where bytes.count > 1 {
        let head = Array(bytes[..<cut])
        let expected = DecodedScalar(
          scalar: DecodedScalar.illFormed, byteCount: UInt8(cut), isCut: true)
        if UTF8Decoder.decode(head.span, at: 0) != expected { failures.append(value) }
      }
    }
    #expect(failures.isEmpty)
  }

  @Test(arguments: 0..<64 as Range<UInt64>)
  func `ill-formed bytes are cut as the standard library cuts them`(seed: UInt64) {
    var generator = SplitMix64(state: seed)
    // The leads and trails where the rules differ.
    let alphabet: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
      0xED,
      0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
      let decoded = decodeAll(bytes).map { $0.isIllFormed ? 0xFFFD : $0.scalar }
      #expect(decoded == expected, "\(bytes)")
    }
  }

  @Test func `only a valid prefix at the end is cut`() {
    #expect(decodeAll([0xE4, 0xBD]).map(\.isCut) == [true])
    #expect(decodeAll([0xE4, 0x41]).map(\.isCut) == [false, false])
    #expect(decodeAll([0xE0, 0x80]).map(\.isCut) == [false, false])
    #expect(decodeAll([0xF0, 0x90, 0x80]).map(\.isCut) == [true])
    #expect(decodeAll([0xC0]).map(\.isCut) == [false])
    #expect(decodeAll([0xED, 0xA0]).map(\.isCut) == [false, false])
  }

  @Test func `each ill-formed subpart gives one symbol`() {
    let bytes: [UInt8] = [0x41, 0xE4, 0xBD, 0x42]
    #expect(Folder.fold(text: bytes.span).map(\.symbol) == [0x61, DecodedScalar.illFormed, 0x62])
  }
}
