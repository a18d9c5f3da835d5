/// Why a line is no JSON text (RFC 8259); columns count bytes from 1.
package enum JSONTextError: Error, Equatable, Sendable {
  /// The line ends before its value does.
  case unexpectedEnd(column: Int)
  /// The byte at `column` cannot stand there; `expected` says what can.
  case unexpectedByte(column: Int, byte: UInt8, expected: String)
  /// A string holds an unescaped control character.
  case controlCharacter(column: Int, byte: UInt8)
  /// A backslash begins no escape that JSON knows.
  case badEscape(column: Int)
  /// Arrays and objects are nested more than `limit` deep.
  case tooDeep(column: Int, limit: Int)

  /// The column of the byte at which the line stopped being JSON.
  package var column: Int {
    switch self {
    case .unexpectedEnd(let column), .unexpectedByte(let column, _, _),
      .controlCharacter(let column, _), .badEscape(let column), .tooDeep(let column, _):
      column
    }
  }
}

extension JSONTextError: CustomStringConvertible {
  /// A sentence for the owner of the file.
  package var description: String {
    let what: String
    switch self {
    case .unexpectedEnd: what = "the line ends inside a value"
    case .unexpectedByte(_, let byte, let expected):
      what = "\(Self.name(of: byte)) stands where \(expected) should"
    case .controlCharacter(_, let byte):
      what = "\(Self.name(of: byte)) must be escaped in a string"
    case .badEscape: what = "the backslash begins no escape"
    case .tooDeep(_, let limit): what = "values are nested more than \(limit) deep"
    }
    return "not JSON at column \(column): \(what)"
  }

  private static func name(of byte: UInt8) -> String {
    0x21...0x7E ~= byte
      ? "'\(UnicodeScalar(byte))'" : "the byte 0x" + String(byte, radix: 16, uppercase: true)
  }
}
