import Foundation
import JSONText
import Testing

struct JSONStringValueTests {
  static func value(_ contents: String) throws -> JSONStringValue {
    try #require(try values("t", Array("{\"t\":\"\(contents)\"}".utf8)).first)
  }

  @Test(arguments: [
    (#"a\n\t\r\b\f\/\\\"b"#, Array("a\n\t\r\u{8}\u{C}/\\\"b".utf8)),
    (#"\u4e2d\u4E2D"#, Array("中中".utf8)),
    (#"\u0041\u00e9"#, Array("Aé".utf8)),
    (#"x\ud83d\ude00y"#, Array("x😀y".utf8)),
    (#"\ud800"#, [0xED, 0xA0, 0x80]),
    (#"\udfffa"#, [0xED, 0xBF, 0xBF, 0x61]),
    (#"\ud83d\u0041"#, [0xED, 0xA0, 0xBD, 0x41]),
    (#"\ud83d\ud83d\ude00"#, [0xED, 0xA0, 0xBD] + Array("😀".utf8)),
    (#"\ude00\ud83d"#, [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD]),
    (#"\ud83dx"#, [0xED, 0xA0, 0xBD, 0x78]),
    ("中文", Array("中文".utf8)),
  ])
  func `escapes are decoded`(contents: String, expected: [UInt8]) throws {
    #expect(try Self.value(contents).bytes == expected)
  }

  @Test func `decoded offsets lead back to source bytes`() throws {
    let text = #"{"t":"a\n中\ud83d\ude00b"}"#
    let value = try #require(try values("t", Array(text.utf8)).first)
    #expect(value.sourceRange == 6..<25)
    #expect(value.sourceRange(of: 0..<1) == 6..<7)
    #expect(value.sourceRange(of: 1..<2) == 7..<9)
    #expect(value.sourceRange(of: 2..<5) == 9..<12)
    #expect(value.sourceRange(of: 5..<9) == 12..<24)
    #expect(value.sourceRange(of: 6..<7) == 12..<24)
    #expect(value.sourceRange(of: 9..<10) == 24..<25)
    #expect(value.sourceRange(of: 0..<10) == 6..<25)
    #expect(value.sourceRange(of: 10..<10) == 25..<25)
    #expect(value.sourceRange(of: 2..<2) == 9..<9)
  }

  @Test func `ill-formed bytes pass through`() throws {
    let bytes = Array("{\"t\":\"a".utf8) + [0xFF, 0xE4, 0xB8] + Array("\\n\"}".utf8)
    let value = try #require(try values("t", bytes).first)
    #expect(value.bytes == [0x61, 0xFF, 0xE4, 0xB8, 0x0A])
    #expect(JSONEdit.apply([JSONEdit(value, [])], to: bytes) == bytes)
  }

  @Test(arguments: 0..<256)
  func `random escapes decode as Foundation decodes them`(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let (text, _) = randomText(&generator, withLoneSurrogates: false)
    let object = try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
    let expected = try #require(object?["t"] as? String)
    #expect(try values("t", text).map(\.bytes) == [Array(expected.utf8)], "seed \(seed)")
  }

  @Test(arguments: 0..<256)
  func `units of the source tile the string`(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let (text, units) = randomText(&generator, withLoneSurrogates: true)
    let value = try #require(try values("t", text).first)
    var offset = 0
    var source = value.sourceRange.lowerBound
    for unit in units {
      let decoded = offset..<(offset + unit.decoded.count)
      #expect(value.sourceRange(of: decoded) == source..<(source + unit.source.count))
      #expect(value.bytes[decoded].elementsEqual(unit.decoded), "seed \(seed)")
      offset = decoded.upperBound
      source += unit.source.count
    }
    #expect(offset == value.bytes.count && source == value.sourceRange.upperBound)
  }
}

/// A written character and what it stands for.
struct WrittenUnit {
  var source: [UInt8]
  var decoded: [UInt8]

  init(_ source: String, _ decoded: String) {
    self.source = Array(source.utf8)
    self.decoded = Array(decoded.utf8)
  }

  init(_ source: String, bytes: [UInt8]) {
    self.source = Array(source.utf8)
    decoded = bytes
  }
}

/// A line whose field `t` is written with units of many kinds.
func randomText(
  _ generator: inout SeededGenerator, withLoneSurrogates: Bool
) -> ([UInt8], [WrittenUnit]) {
  var kinds: [WrittenUnit] = [
    WrittenUnit("a", "a"), WrittenUnit("木", "木"), WrittenUnit("😀", "😀"), WrittenUnit(#"\n"#, "\n"),
    WrittenUnit(#"\""#, "\""), WrittenUnit(#"\\"#, "\\"), WrittenUnit("/", "/"),
    WrittenUnit(#"\/"#, "/"), WrittenUnit(#"\u0061"#, "a"), WrittenUnit(#"\u6728"#, "木"),
    WrittenUnit(#"\uD83D\uDE00"#, "😀"), WrittenUnit(#"\u0000"#, "\0"), WrittenUnit("é", "é"),
  ]
  if withLoneSurrogates {
    // A low one in front of no high one, and a high one in front of no low one.
    kinds.append(WrittenUnit(#"\udc00"#, bytes: [0xED, 0xB0, 0x80]))
    kinds.append(WrittenUnit(#"\udc00x"#, bytes: [0xED, 0xB0, 0x80, 0x78]))
  }
  let count = Int.random(in: 0...30, using: &generator)
  var units: [WrittenUnit] = []
  for _ in 0..<count {
    if let unit = kinds.randomElement(using: &generator) { units.append(unit) }
  }
  let text =
    Array("{\"n\":1.50,  \"t\" :\"".utf8) + units.flatMap(\.source)
    + Array("\",\"z\":\"\\u00e9\"} ".utf8)
  return (text, units)
}
