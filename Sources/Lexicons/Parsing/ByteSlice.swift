/// A stretch of a keyword file, which knows its place in it.
typealias ByteSlice = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
  /// The slice without blanks (U+0020) at its ends.
  var trimmed: ByteSlice {
    var slice = self
    while slice.first == .blank { slice.removeFirst() }
    while slice.last == .blank { slice.removeLast() }
    return slice
  }

  /// The slice as a string; the bytes are known to be UTF-8.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The slice as it is quoted in messages: cut at 40 scalars.
  var quoted: String {
    let scalars = text.unicodeScalars
    let cut = scalars.prefix(40)
    return "'" + String(cut) + (cut.endIndex < scalars.endIndex ? "…'" : "'")
  }

  /// Whether the slice begins with the bytes of `prefix`.
  func begins(with prefix: StaticString) -> Bool {
    prefix.description.utf8.elementsEqual(self.prefix(prefix.utf8CodeUnitCount))
  }

  /// Whether some bytes stand in the slice, one behind the other.
  func holds(_ wanted: [UInt8]) -> Bool {
    guard count >= wanted.count else { return false }
    return (startIndex...endIndex - wanted.count).contains { start in
      wanted.indices.allSatisfy { self[start + $0] == wanted[$0] }
    }
  }

  /// Splits at each `separator` that no backslash stands before; pieces are trimmed.
  func split(unescaped separator: UInt8) -> [ByteSlice] {
    var pieces: [ByteSlice] = []
    var start = startIndex
    var index = startIndex
    while index < endIndex {
      if self[index] == .backslash {
        index += 2
        continue
      }
      if self[index] == separator {
        pieces.append(self[start..<index].trimmed)
        start = index + 1
      }
      index += 1
    }
    pieces.append(self[start..<endIndex].trimmed)
    return pieces
  }

  /// Splits where `separator` stands between blanks; pieces are trimmed.
  ///
  /// A separator at the very start or end of the slice needs a blank on its inner side only.
  func split(blankDelimited separator: UInt8) -> [ByteSlice] {
    guard contains(separator) else { return [trimmed] }
    var pieces: [ByteSlice] = []
    var start = startIndex
    for index in indices where self[index] == separator {
      let isAfterBlank = index == startIndex || self[index - 1] == .blank
      let isBeforeBlank = index + 1 == endIndex || self[index + 1] == .blank
      guard isAfterBlank, isBeforeBlank, index >= start else { continue }
      pieces.append(self[start..<index].trimmed)
      start = index + 1
    }
    pieces.append(self[start..<endIndex].trimmed)
    return pieces
  }
}

extension UInt8 {
  static var blank: UInt8 { 0x20 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var backslash: UInt8 { UInt8(ascii: "\\") }
  static var slash: UInt8 { UInt8(ascii: "/") }
  static var bar: UInt8 { UInt8(ascii: "|") }

  /// Whether the byte is one that a backslash makes literal.
  var isEscapable: Bool {
    switch self {
    case .bar, .slash, .backslash, UInt8(ascii: "!"), UInt8(ascii: "+"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "~"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// Whether the byte may stand in the name of a set.
  var isSetNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
