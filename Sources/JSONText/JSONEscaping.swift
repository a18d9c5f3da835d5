/// Writes text as the contents of JSON strings (RFC 8259 §7).
package enum JSONEscaping {
  /// Appends `bytes`, with quotation marks, backslashes and control characters escaped.
  ///
  /// Bytes that stand for a lone surrogate (ED A0 80 … ED BF BF) become its escape; other
  /// ill-formed bytes become U+FFFD, as JSON must be UTF-8.
  ///
  /// - Complexity: O(*n*).
  package static func append(_ bytes: [UInt8], to result: inout [UInt8]) {
    if (try? UTF8Span(validating: bytes.span)) != nil {
      for byte in bytes { append(byte, to: &result) }
      return
    }
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xED, index + 2 < bytes.count, 0xA0...0xBF ~= bytes[index + 1],
        0x80...0xBF ~= bytes[index + 2]
      {
        let unit = 0xD000 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F)
        appendEscape(of: unit, to: &result)
        index += 3
        continue
      }
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = bytes[index...].makeIterator()
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        for byte in scalar { append(byte, to: &result) }
        index += scalar.count
      case .error(let length):
        result += [0xEF, 0xBF, 0xBD]
        index += length
      case .emptyInput: return
      }
    }
  }

  /// The JSON string of `text`, with its quotation marks.
  package static func quoted(_ text: String) -> [UInt8] {
    var result = [JSONScanner.quote]
    append(Array(text.utf8), to: &result)
    result.append(JSONScanner.quote)
    return result
  }

  private static func append(_ byte: UInt8, to result: inout [UInt8]) {
    switch byte {
    case JSONScanner.quote, JSONScanner.backslash: result += [JSONScanner.backslash, byte]
    case 0x08: result += [JSONScanner.backslash, UInt8(ascii: "b")]
    case 0x09: result += [JSONScanner.backslash, UInt8(ascii: "t")]
    case 0x0A: result += [JSONScanner.backslash, UInt8(ascii: "n")]
    case 0x0C: result += [JSONScanner.backslash, UInt8(ascii: "f")]
    case 0x0D: result += [JSONScanner.backslash, UInt8(ascii: "r")]
    case 0..<0x20: appendEscape(of: UInt16(byte), to: &result)
    default: result.append(byte)
    }
  }

  private static func appendEscape(of unit: UInt16, to result: inout [UInt8]) {
    result += [JSONScanner.backslash, UInt8(ascii: "u")]
    for shift in [12, 8, 4, 0] as [UInt16] {
      let digit = UInt8(unit >> shift & 15)
      result.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
