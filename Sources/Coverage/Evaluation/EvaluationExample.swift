package import Lexicons

/// A row to look at: a false alarm or a miss.
package struct EvaluationExample: Sendable, Equatable {
  /// The file that the row comes from, and the line there, from 1.
  package let file: String, line: Int
  /// The label of the row.
  package let risk: Risk?, source: String?, kind: String?
  /// The text before what was found, what was found, and the text after it, each on one line.
  package let before: String, match: String, after: String

  init(_ row: EvaluationRow, _ range: Range<Int>) {
    file = row.file
    line = row.line
    risk = row.risk
    source = row.source
    kind = row.kind
    before = Self.end(of: row.text[..<range.lowerBound])
    match = Self.oneLine(row.text[range])
    after = Self.start(of: row.text[range.upperBound...])
  }

  /// How much of the text is shown on each side, in bytes.
  private static let width = 90

  private static func end(of text: ArraySlice<UInt8>) -> String {
    let part = text.suffix(width).drop { $0 & 0xC0 == 0x80 }
    return (part.count < text.count ? "…" : "") + oneLine(part)
  }

  private static func start(of text: ArraySlice<UInt8>) -> String {
    var part = text.prefix(width)
    guard part.count < text.count else { return oneLine(part) }
    // The last character may be cut: it goes as far back as its first byte.
    while let last = part.popLast(), last & 0xC0 == 0x80 {}
    return oneLine(part) + "…"
  }

  private static func oneLine(_ text: ArraySlice<UInt8>) -> String {
    String(decoding: text.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
  }
}

/// An entry that hit rows which should have passed.
package struct FalseAlarms: Sendable {
  /// The entry's index in the engine.
  package let entry: Int
  /// All rows that it hit.
  package let counts: EntryCounts
  /// The first of the rows that should have passed.
  package let examples: [EvaluationExample]
}

/// A row that should have been intercepted and was not.
package struct MissedRow: Sendable {
  /// The row; nothing in it matches, so it is shown from its start.
  package let example: EvaluationExample
  /// The entry that asks for review of it, where there is one.
  package let reviewedBy: Int?
}
