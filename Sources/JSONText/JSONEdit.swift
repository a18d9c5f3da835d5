/// What is to change in one string of a JSON text.
package struct JSONEdit: Sendable {
  /// A range of decoded bytes and what stands there afterwards.
  package struct Replacement: Sendable, Hashable {
    /// The range in ``JSONStringValue/bytes``, whole characters.
    package var range: Range<Int>
    /// The new text, unescaped UTF-8.
    package var text: [UInt8]

    /// Makes a replacement.
    package init(_ range: Range<Int>, with text: [UInt8]) {
      self.range = range
      self.text = text
    }
  }

  /// The string.
  package var value: JSONStringValue
  /// The replacements, ascending and disjoint.
  package var replacements: [Replacement]

  /// Makes an edit.
  package init(_ value: JSONStringValue, _ replacements: [Replacement]) {
    self.value = value
    self.replacements = replacements
  }

  /// Writes the edits into a text, in which all other bytes stay as they are.
  ///
  /// A replacement by the same bytes changes nothing, not even the spelling of an escape. Where a
  /// deletion makes two lone surrogates neighbours, a reader may join them.
  ///
  /// - Parameters:
  ///   - edits: Edits of strings of `text`, in the order in which the strings stand there.
  ///   - text: The JSON text that the strings were found in.
  /// - Returns: The new text.
  /// - Precondition: Replacements are ascending and disjoint, and lie inside their strings.
  /// - Complexity: O(*n*) in the bytes of both texts.
  package static func apply(_ edits: [JSONEdit], to text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var copied = 0
    for edit in edits {
      var previous = 0
      for replacement in edit.replacements {
        let range = replacement.range
        precondition(range.lowerBound >= previous, "replacements are ascending and disjoint")
        previous = range.upperBound
        if replacement.text.elementsEqual(edit.value.bytes[range]) { continue }
        let source = edit.value.sourceRange(of: range)
        // Two replacements inside one escape both widen to it.
        let start = max(source.lowerBound, copied)
        result += text[copied..<start]
        JSONEscaping.append(replacement.text, to: &result)
        copied = max(source.upperBound, copied)
      }
    }
    result += text[copied...]
    return result
  }
}
