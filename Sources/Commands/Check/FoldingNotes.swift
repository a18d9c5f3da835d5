import Folding

/// What folding and skipping undid in a match, for people.
package enum FoldingNotes {
  /// The parts of a match that were read as something else, or skipped.
  ///
  /// - Parameter match: The bytes of a match.
  /// - Returns: Such as `Ｋ→k`, `幣→币`, `"*" skipped`, `U+200B skipped`; each once, in order.
  package static func notes(on match: [UInt8]) -> [String] {
    var notes: [String] = []
    var at = 0
    let bytes = match.span
    while at < bytes.count {
      let decoded = UTF8Decoder.decode(bytes, at: at)
      at += decoded.length
      guard let scalar = UnicodeScalar(decoded.scalar) else { continue }
      let note = note(on: scalar)
      if let note, !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  private static func note(on scalar: UnicodeScalar) -> String? {
    let fold = Folder.fold(scalar.value)
    if fold.kind.vanishes || (fold.kind.isNoise && !isVisible(scalar)) {
      return "\(codePoint(scalar)) skipped"
    }
    if fold.kind != .symbol { return "\"\(scalar)\" skipped" }
    if fold.isIdentity { return nil }
    let symbols = fold.symbols.compactMap(UnicodeScalar.init).map(String.init).joined()
    return "\(scalar)→\(symbols)"
  }

  private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
    scalar.value > 0x20 && !scalar.properties.isWhitespace
      && scalar.properties.generalCategory != .control
  }

  private static func codePoint(_ scalar: UnicodeScalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
