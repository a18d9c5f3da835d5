import Foundation
import JSONText
import Testing

struct JSONFieldCursorTests {
  @Test(arguments: [
    ("text", #"{"id":1,"text":"a"}"#, ["a"]),
    ("text", #" { "text" : "a" , "x" : { "text" : "b" } } "#, ["a"]),
    ("x.text", #"{"text":"a","x":{"text":"b"}}"#, ["b"]),
    ("m.*.c", #"{"m":[{"c":"1"},{"d":"2"},{"c":"3"},"c",[{"c":"4"}]]}"#, ["1", "3"]),
    ("m.*", #"{"m":["1",2,null,"3"]}"#, ["1", "3"]),
    ("*.t", #"[{"t":"1"},{"t":"2"}]"#, ["1", "2"]),
    ("t", #"{"t":"1","t":"2"}"#, ["1", "2"]),
    ("t", #"{"\u0074":"1"}"#, ["1"]),
    (#"a\.b"#, #"{"a.b":"1","a":{"b":"2"}}"#, ["1"]),
    ("键", #"{"键":"值"}"#, ["值"]),
    ("t", #"{"t":""}"#, [""]),
    ("t", #"{"t":{"t":"x"}}"#, []),
    ("t", "[]", []),
    ("t", "{}\r\n", []),
    ("t", "\u{FEFF}{\"t\":\"x\"}", ["x"]),
  ])
  func `strings at a path are found`(path: String, text: String, expected: [String]) throws {
    #expect(try strings(path, text) == expected)
  }

  @Test func `values that are no strings are told`() throws {
    let path = try #require(JSONFieldPath("t"))
    let fields = try JSONFieldCursor(path).fields(in: Array(#"{"t":[1],"t":null,"t":7}"#.utf8))
    #expect(fields.strings.isEmpty)
    #expect(fields.otherOffsets == [5, 22])
  }

  @Test func `paths with an empty component are refused`() {
    for text in ["", ".", "a.", ".a", "a..b", "a\\"] { #expect(JSONFieldPath(text) == nil) }
  }

  @Test(arguments: [
    ("", JSONTextError.unexpectedEnd(column: 1)), ("{", .unexpectedEnd(column: 2)),
    ("{\"a\":1,}", .unexpectedByte(column: 8, byte: 0x7D, expected: "a member's name")),
    ("{\"a\" 1}", .unexpectedByte(column: 6, byte: 0x31, expected: "':'")),
    ("[1 2]", .unexpectedByte(column: 4, byte: 0x32, expected: "',' or ']'")),
    ("[1}", .unexpectedByte(column: 3, byte: 0x7D, expected: "',' or ']'")),
    ("{\"a\":1]", .unexpectedByte(column: 7, byte: 0x5D, expected: "',' or '}'")),
    ("[1,]", .unexpectedByte(column: 4, byte: 0x5D, expected: "a value")),
    ("\"ab", .unexpectedEnd(column: 4)), ("\"ab\\", .unexpectedEnd(column: 5)),
    ("\"a\\x\"", .badEscape(column: 3)), ("\"\\u12g4\"", .badEscape(column: 2)),
    ("\"\\u12", .badEscape(column: 2)), ("\"a\tb\"", .controlCharacter(column: 3, byte: 9)),
    ("01", .unexpectedByte(column: 2, byte: 0x31, expected: "the end of the line")),
    ("1.", .unexpectedEnd(column: 3)), ("-", .unexpectedEnd(column: 2)),
    ("1e+", .unexpectedEnd(column: 4)), ("nul", .unexpectedEnd(column: 4)),
    ("tru1", .unexpectedByte(column: 4, byte: 0x31, expected: "'true'")),
    ("{} x", .unexpectedByte(column: 4, byte: 0x78, expected: "the end of the line")),
    ("text", .unexpectedByte(column: 2, byte: 0x65, expected: "'true'")),
    ("'a'", .unexpectedByte(column: 1, byte: 0x27, expected: "a value")),
  ])
  func `what is no JSON is refused at its column`(text: String, expected: JSONTextError) {
    #expect(error(text) == expected)
  }

  @Test func `nesting has a limit and no cost of stack`() {
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(error(deep) == nil)
    let tooDeep = String(repeating: "{\"a\":", count: 1_000_000)
    #expect(error(tooDeep) == .tooDeep(column: 512 * 5 + 1, limit: 512))
    #expect(error(tooDeep)?.description.contains("nested more than 512 deep") == true)
  }

  @Test(arguments: 0..<300)
  func `mutated texts are judged as Foundation judges them`(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    var bytes = Array(#"{"a":[1,-2.5e3,true,null,"x\n\u4e2d"],"b":{"c":{},"d":[]},"t":"y"}"#.utf8)
    let marks = Array(#"{}[],:"\0123456789-+.eEtrufalsn "#.utf8)
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes.remove(at: index)
      case 1: bytes[index] = marks.randomElement(using: &generator) ?? 0
      default: bytes.insert(marks.randomElement(using: &generator) ?? 0, at: index)
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let judged = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    #expect((error(text) == nil) == (judged != nil), "seed \(seed): \(text)")
  }
}
