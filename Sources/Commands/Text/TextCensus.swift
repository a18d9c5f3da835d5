/// Counts a text's characters and lines while it is read, and what is none.
///
/// A text in another encoding than UTF-8 is mostly ill-formed or, as UTF-16 of Latin text, full of
/// NUL; both count as suspicious.
package struct TextCensus: Sendable {
  /// Well-formed characters.
  package private(set) var characters = 0
  /// Maximal subparts of ill-formed sequences.
  package private(set) var illFormed = 0
  /// U+0000 among the characters.
  package private(set) var nulls = 0
  /// Line feeds, wherever they stand.
  package private(set) var lineFeeds = 0

  /// How many bytes the character that is being read still needs, and where the next one must lie.
  private var needed = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Makes an empty census.
  package init() {}

  /// Whether more than 1 % is no text.
  package var isSuspicious: Bool { (illFormed + nulls) * 100 > characters + illFormed }

  /// The share that is no text, in percent.
  package var percentage: Double {
    let all = characters + illFormed
    return all == 0 ? 0 : Double(illFormed + nulls) * 100 / Double(all)
  }

  /// How many bytes are read one by one where something is ill-formed.
  private static let slowStretch = 1024

  /// Reads a chunk, cut anywhere.
  ///
  /// - Complexity: O(`bytes.count`).
  package mutating func read(_ bytes: Span<UInt8>) {
    var at = 0
    while at < bytes.count {
      if needed == 0 {
        let plain = TextCounts(beginOf: bytes.extracting(at...))
        characters += plain.characters
        nulls += plain.nulls
        lineFeeds += plain.lineFeeds
        at += plain.byteCount
      }
      let end = min(at + Self.slowStretch, bytes.count)
      while at < end || (needed > 0 && at < bytes.count) {
        read(bytes[at])
        at += 1
      }
    }
  }

  /// Ends the text: a cut character is ill-formed.
  package mutating func finish() {
    if needed > 0 { illFormed += 1 }
    needed = 0
  }

  private mutating func read(_ byte: UInt8) {
    if needed > 0 {
      if low <= byte && byte <= high {
        needed -= 1
        if needed == 0 { characters += 1 }
        low = 0x80
        high = 0xBF
        return
      }
      illFormed += 1
      needed = 0
      low = 0x80
      high = 0xBF
    }
    if byte == 0x0A { lineFeeds += 1 }
    // The Unicode Standard, table 3-7.
    switch byte {
    case 0: (nulls, characters) = (nulls + 1, characters + 1)
    case 1..<0x80: characters += 1
    case 0xC2...0xDF: needed = 1
    case 0xE0: (needed, low) = (2, 0xA0)
    case 0xED: (needed, high) = (2, 0x9F)
    case 0xE1...0xEF: needed = 2
    case 0xF0: (needed, low) = (3, 0x90)
    case 0xF1...0xF3: needed = 3
    case 0xF4: (needed, high) = (3, 0x8F)
    default: illFormed += 1
    }
  }
}
