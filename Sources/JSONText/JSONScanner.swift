/// Walks over the tokens of a JSON text and refuses what RFC 8259 does not allow.
///
/// Bytes above 7F are taken as they are inside strings: whether they are UTF-8 is another matter.
struct JSONScanner {
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  let text: [UInt8]
  private(set) var index = 0

  /// Starts before the first value; a byte order mark is passed over.
  init(_ text: [UInt8]) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// The column of the next byte, from 1.
  var column: Int { index + 1 }

  /// The next byte that is no white space; `nil` at the end.
  mutating func peek() -> UInt8? {
    while index < text.count {
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Passes over one byte.
  mutating func skip() { index += 1 }

  /// Passes over white space and the byte `wanted`, which must be there.
  mutating func skip(_ wanted: UInt8, _ expected: String) throws(JSONTextError) {
    guard peek() == wanted else { throw unexpected(expected) }
    index += 1
  }

  /// The error that the next byte is none of `expected`.
  func unexpected(_ expected: String) -> JSONTextError {
    guard index < text.count else { return .unexpectedEnd(column: column) }
    return .unexpectedByte(column: column, byte: text[index], expected: expected)
  }

  /// Passes over a string and returns the range of its contents.
  mutating func string() throws(JSONTextError) -> Range<Int> {
    try skip(Self.quote, "a string")
    let start = index
    while index < text.count {
      switch text[index] {
      case Self.quote:
        index += 1
        return start..<(index - 1)
      case Self.backslash: try escape()
      case 0..<0x20: throw .controlCharacter(column: column, byte: text[index])
      default: index += 1
      }
    }
    throw .unexpectedEnd(column: column)
  }

  /// Passes over a number, `true`, `false` or `null`.
  mutating func primitive() throws(JSONTextError) {
    switch text[index] {
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    case UInt8(ascii: "-"), 0x30...0x39: try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func escape() throws(JSONTextError) {
    let start = column
    guard index + 1 < text.count else { throw .unexpectedEnd(column: text.count + 1) }
    switch text[index + 1] {
    case Self.quote, Self.backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    case UInt8(ascii: "u"):
      guard index + 5 < text.count else { throw .badEscape(column: start) }
      for digit in text[(index + 2)...(index + 5)] {
        switch digit {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: break
        default: throw .badEscape(column: start)
        }
      }
      index += 6
    default: throw .badEscape(column: start)
    }
  }

  private mutating func literal(_ word: StaticString) throws(JSONTextError) {
    for byte in word.description.utf8 {
      guard index < text.count, text[index] == byte else { throw unexpected("'\(word)'") }
      index += 1
    }
  }

  private mutating func number() throws(JSONTextError) {
    if text[index] == UInt8(ascii: "-") { index += 1 }
    if index < text.count, text[index] == 0x30 { index += 1 } else { try digits() }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      try digits()
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(JSONTextError) {
    let start = index
    while index < text.count, 0x30...0x39 ~= text[index] { index += 1 }
    if index == start { throw unexpected("a digit") }
  }
}
