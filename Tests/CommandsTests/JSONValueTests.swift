import Commands
import Testing

@Suite struct JSONValueTests {
  @Test func `values are written without blanks, members in order`() {
    let value = JSONValue.object([
      ("b", .integer(-1)), ("a\"", .array([.null, .bool(true), .string("好\n\u{1}")])),
      ("x", .object([])), ("y", .number(0.5)), ("z", .number(.nan)), ("o", JSONValue(nil)),
    ])
    #expect(
      String(decoding: value.line, as: UTF8.self)
        == #"{"b":-1,"a\"":[null,true,"好\n\u0001"],"x":{},"y":0.5,"z":null,"o":null}"# + "\n")
  }

  @Test func `ill-formed bytes become replacement characters`() {
    #expect(JSONValue.bytes([0x61, 0xFF, 0x62]).line == Array("\"a\u{FFFD}b\"\n".utf8))
  }
}
