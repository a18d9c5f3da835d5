import Commands
import Testing

@Suite struct TranscoderTests {
  /// Converts in chunks of a size.
  static func convert(
    _ bytes: [UInt8], _ encoding: TextEncoding, by size: Int
  ) throws -> (text: [UInt8], map: OffsetMap) {
    var transcoder = Transcoder(encoding)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let chunk = bytes[start..<min(start + size, bytes.count)]
      try transcoder.convert(chunk, isFinal: false, into: &text)
    }
    try transcoder.convert([], isFinal: true, into: &text)
    return (text, transcoder.map)
  }

  @Test(arguments: [1, 2, 3, 5, 1000]) func `UTF-16 maps back`(size: Int) throws {
    let string = "a中𠮷é\n好"
    for (encoding, swaps) in [(TextEncoding.utf16LittleEndian, false), (.utf16BigEndian, true)] {
      let bytes = string.utf16.flatMap { unit -> [UInt8] in
        let pair = [UInt8(unit & 255), UInt8(unit >> 8)]
        return swaps ? pair.reversed() : pair
      }
      let (text, map) = try Self.convert(bytes, encoding, by: size)
      #expect(text == Array(string.utf8))
      #expect([0, 1, 4, 8, 10, 11, 14].map(map.fileOffset) == [0, 2, 4, 8, 10, 12, 14])
    }
  }

  @Test(arguments: [1, 2, 3, 1000]) func `GB18030 maps back, two and four bytes`(size: Int) throws {
    // a, 中 (D6D0), U+20BB7 (four bytes), é (A8A6), €: A2E3.
    let bytes: [UInt8] = [0x61, 0xD6, 0xD0, 0x95, 0x32, 0xAF, 0x38, 0xA8, 0xA6, 0x62]
    let (text, map) = try Self.convert(bytes, .gb18030, by: size)
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    #expect(scalars.count == 5)
    #expect([0, 1, 4, 8, 10].map(map.fileOffset) == [0, 1, 3, 7, 9])
  }

  @Test(arguments: [1, 2, 7]) func `what is no character is one ill-formed byte`(
    size: Int
  ) throws {
    let (gb, map) = try Self.convert([0x61, 0xFF, 0x62, 0xD6], .gbk, by: size)
    #expect(gb == [0x61, 0xFF, 0x62, 0xFF])
    #expect([0, 1, 2, 3, 4].map(map.fileOffset) == [0, 1, 2, 3, 4])
    let (wide, wideMap) = try Self.convert(
      [0x61, 0, 0, 0xDC, 0x62, 0, 0x63], .utf16LittleEndian, by: size)
    #expect(wide == [0x61, 0xFF, 0x62, 0xFF])
    #expect([0, 1, 2, 3, 4].map(wideMap.fileOffset) == [0, 2, 4, 6, 7])
  }

  @Test func `every byte and pair of bytes keeps the map in step`() throws {
    for lead in 0x80...0xFF {
      for second in [0x20, 0x30, 0x40, 0x7F, 0x80, 0xA1, 0xFE, 0xFF] {
        let bytes = [UInt8(lead), UInt8(second), 0x0A, 0x61]
        let (text, map) = try Self.convert(bytes, .gb18030, by: 4)
        #expect(map.fileOffset(of: text.count) == 4)
        #expect(map.fileOffset(of: text.count - 1) == 3 || text.last != 0x61)
      }
    }
  }

  @Test func `the byte order mark decides`() throws {
    let (text, _) = try Self.convert([0xFE, 0xFF, 0, 0x61], .utf16, by: 1)
    #expect(text == Array("\u{FEFF}a".utf8))
    #expect(try Self.convert([0x61, 0], .utf16, by: 1).text == [0x61])
  }
}
