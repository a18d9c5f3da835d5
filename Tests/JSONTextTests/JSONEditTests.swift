import Foundation
import JSONText
import Testing

struct JSONEditTests {
  @Test func `only the replaced bytes change`() throws {
    let line = Array(#"{ "id":1.0, "t":"a\u0062木马\n\/c", "z":"\u00e9" }"#.utf8)
    let value = try #require(try values("t", line).first)
    #expect(value.bytes == Array("ab木马\n/c".utf8))
    let edited = JSONEdit.apply(
      [JSONEdit(value, [.init(2..<8, with: Array("**".utf8))])], to: line)
    #expect(
      String(decoding: edited, as: UTF8.self)
        == #"{ "id":1.0, "t":"a\u0062**\n\/c", "z":"\u00e9" }"#)
  }

  @Test func `replacements are escaped`() throws {
    let line = Array(#"{"t":"xyz"}"#.utf8)
    let value = try #require(try values("t", line).first)
    let edits = [JSONEdit(value, [.init(1..<2, with: Array("\"\\\n\u{1}\t木".utf8))])]
    let edited = JSONEdit.apply(edits, to: line)
    #expect(String(decoding: edited, as: UTF8.self) == #"{"t":"x\"\\\n\u0001\t木z"}"#)
  }

  @Test func `several strings of a line are edited at once`() throws {
    let line = Array(#"{"m":[{"c":"ab"},{"c":"ab"}]}"#.utf8)
    let edits = try values("m.*.c", line).map { JSONEdit($0, [.init(1..<2, with: [])]) }
    #expect(
      String(decoding: JSONEdit.apply(edits, to: line), as: UTF8.self)
        == #"{"m":[{"c":"a"},{"c":"a"}]}"#)
  }

  @Test func `ill-formed bytes are written as JSON can hold them`() {
    var result: [UInt8] = []
    JSONEscaping.append([0x61, 0xED, 0xA0, 0xBD, 0xFF, 0x22, 0xE4, 0xB8], to: &result)
    #expect(String(decoding: result, as: UTF8.self) == #"a\ud83d�\"�"#)
    #expect(JSONEscaping.quoted("a\"b") == Array(#""a\"b""#.utf8))
  }

  @Test(arguments: 0..<256)
  func `an edit that changes nothing is the identity`(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let (text, units) = randomText(&generator, withLoneSurrogates: true)
    let value = try #require(try values("t", text).first)
    #expect(JSONEdit.apply([], to: text) == text)
    var offset = 0
    let same = units.map { unit in
      defer { offset += unit.decoded.count }
      return JSONEdit.Replacement(offset..<(offset + unit.decoded.count), with: unit.decoded)
    }
    #expect(JSONEdit.apply([JSONEdit(value, same)], to: text) == text, "seed \(seed)")
  }

  @Test(arguments: 0..<256)
  func `an edited line decodes to the edited text`(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let (text, units) = randomText(&generator, withLoneSurrogates: false)
    let value = try #require(try values("t", text).first)
    var expected: [UInt8] = []
    var replacements: [JSONEdit.Replacement] = []
    var source = Array(text[..<value.sourceRange.lowerBound])
    var offset = 0
    for unit in units {
      if Int.random(in: 0..<4, using: &generator) == 0 {
        let word = ["", "*", "█\"", "\n\u{7}"].randomElement(using: &generator) ?? ""
        replacements.append(.init(offset..<(offset + unit.decoded.count), with: Array(word.utf8)))
        expected += Array(word.utf8)
        JSONEscaping.append(Array(word.utf8), to: &source)
      } else {
        expected += unit.decoded
        source += unit.source
      }
      offset += unit.decoded.count
    }
    source += text[value.sourceRange.upperBound...]
    let edited = JSONEdit.apply([JSONEdit(value, replacements)], to: text)
    #expect(edited == source, "seed \(seed)")
    let object = try JSONSerialization.jsonObject(with: Data(edited)) as? [String: Any]
    #expect((object?["t"] as? String).map { Array($0.utf8) } == expected, "seed \(seed)")
  }
}
