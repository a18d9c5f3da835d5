/// Finds the strings at a path of a JSON text, such as one line of a JSON Lines file.
///
///     let cursor = JSONFieldCursor(path)  // messages.*.content
///     let fields = try cursor.fields(in: line)
///     fields.strings.map(\.bytes)
///
/// The whole text is checked (RFC 8259), nested values on a stack of its own, so that hostile
/// nesting ends in an error and not in a crash.
package struct JSONFieldCursor: Sendable {
  /// What stands at the path.
  package struct Fields: Sendable, Hashable {
    /// The strings, in the order of the text; of members with the same name, all.
    package var strings: [JSONStringValue] = []
    /// The offsets of values other than strings and `null`, in which nothing is looked for.
    package var otherOffsets: [Int] = []
  }

  /// The deepest nesting of arrays and objects.
  package static let depthLimit = 512

  /// Where strings are looked for.
  package let path: JSONFieldPath

  /// Makes a cursor for a path.
  package init(_ path: JSONFieldPath) { self.path = path }

  /// A container whose values are being read.
  private struct Level {
    var isObject: Bool
    /// How many components of the path lead to the container; −1 where it is off the path.
    var matched: Int
  }

  /// Finds the strings at the path.
  ///
  /// - Parameter text: One JSON text, perhaps with white space around it.
  /// - Returns: The strings, none where the text has no such field.
  /// - Throws: The first place at which the text is no JSON.
  /// - Complexity: O(*n*).
  package func fields(in text: [UInt8]) throws(JSONTextError) -> Fields {
    var scanner = JSONScanner(text)
    var fields = Fields()
    var levels: [Level] = []
    var matched = 0
    while true {
      // One value begins here; `matched` says how much of the path leads to it.
      let isOpened = try open(matched, &scanner, &levels, &fields)
      if isOpened, try !isEmpty(levels, &scanner) {
        matched = try beginMember(levels, &scanner)
        continue
      }
      if isOpened { levels.removeLast() }
      guard let next = try close(&levels, &scanner) else { break }
      matched = next
    }
    if scanner.peek() != nil { throw scanner.unexpected("the end of the line") }
    return fields
  }

  /// Reads a value without members, or the opening bracket of one with members.
  private func open(
    _ matched: Int, _ scanner: inout JSONScanner, _ levels: inout [Level], _ fields: inout Fields
  ) throws(JSONTextError) -> Bool {
    guard let byte = scanner.peek() else { throw scanner.unexpected("a value") }
    let isWanted = matched == path.components.count
    switch byte {
    case JSONScanner.quote:
      let range = try scanner.string()
      if isWanted {
        fields.strings.append(JSONStringValue(decoding: range, of: scanner.text))
      }
      return false
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if isWanted { fields.otherOffsets.append(scanner.index) }
      guard levels.count < Self.depthLimit else {
        throw .tooDeep(column: scanner.column, limit: Self.depthLimit)
      }
      scanner.skip()
      levels.append(
        Level(isObject: byte == UInt8(ascii: "{"), matched: isWanted ? -1 : matched))
      return true
    default:
      if isWanted, byte != UInt8(ascii: "n") { fields.otherOffsets.append(scanner.index) }
      try scanner.primitive()
      return false
    }
  }

  /// Passes over the closing bracket where the innermost container has no members.
  private func isEmpty(
    _ levels: [Level], _ scanner: inout JSONScanner
  ) throws(JSONTextError) -> Bool {
    guard let level = levels.last, scanner.peek() == Self.closing(level) else { return false }
    scanner.skip()
    return true
  }

  /// Reads a member's name, if there is one, and returns how much of the path leads to its value.
  private func beginMember(
    _ levels: [Level], _ scanner: inout JSONScanner
  ) throws(JSONTextError) -> Int {
    guard let level = levels.last else { return -1 }
    let wanted = level.matched < 0 ? nil : path.components[level.matched]
    guard level.isObject else {
      return wanted == [UInt8(ascii: "*")] ? level.matched + 1 : -1
    }
    guard scanner.peek() == JSONScanner.quote else {
      throw scanner.unexpected("a member's name")
    }
    let range = try scanner.string()
    try scanner.skip(UInt8(ascii: ":"), "':'")
    guard let wanted else { return -1 }
    let hasEscape = scanner.text[range].contains(JSONScanner.backslash)
    let isSame =
      hasEscape
      ? JSONStringValue(decoding: range, of: scanner.text).bytes == wanted
      : scanner.text[range].elementsEqual(wanted)
    return isSame ? level.matched + 1 : -1
  }

  /// Passes over closing brackets after a value up to the next member; `nil` at the end of the text.
  private func close(
    _ levels: inout [Level], _ scanner: inout JSONScanner
  ) throws(JSONTextError) -> Int? {
    while let level = levels.last {
      let byte = scanner.peek()
      guard byte == Self.closing(level) else {
        let expected = level.isObject ? "',' or '}'" : "',' or ']'"
        try scanner.skip(UInt8(ascii: ","), expected)
        return try beginMember(levels, &scanner)
      }
      scanner.skip()
      levels.removeLast()
    }
    return nil
  }

  private static func closing(_ level: Level) -> UInt8 {
    UInt8(ascii: level.isObject ? "}" : "]")
  }
}
