/// Makes pieces of a text fit to be shown on a terminal.
package enum DisplayText {
  /// Text in which control characters cannot move the cursor, and ill-formed bytes are visible.
  package static func printable(_ bytes: some Sequence<UInt8>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E,
        0x2066...0x2069:
        result.append("·")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The end of a line's part before a match, at most `limit` characters, with `…` where it is cut.
  package static func before(_ bytes: ArraySlice<UInt8>, limit: Int) -> String {
    var start = bytes.endIndex
    var count = 0
    while start > bytes.startIndex, bytes[start - 1] != 0x0A {
      if count == limit { return "…" + printable(bytes[start...]) }
      start -= 1
      if bytes[start] & 0xC0 != 0x80 { count += 1 }
    }
    // The window may begin inside a character.
    while start < bytes.endIndex, bytes[start] & 0xC0 == 0x80 { start += 1 }
    return printable(bytes[start...])
  }

  /// The beginning of a line's part behind a match, at most `limit` characters.
  package static func after(_ bytes: ArraySlice<UInt8>, limit: Int) -> String {
    var end = bytes.startIndex
    var count = 0
    while end < bytes.endIndex, bytes[end] != 0x0A {
      if bytes[end] == 0x0D, end + 1 < bytes.endIndex, bytes[end + 1] == 0x0A { break }
      if bytes[end] & 0xC0 != 0x80 {
        if count == limit { return printable(bytes[..<end]) + "…" }
        count += 1
      }
      end += 1
    }
    return printable(bytes[..<end])
  }
}
