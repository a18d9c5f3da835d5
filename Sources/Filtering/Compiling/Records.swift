/// A place in the database's string table.
struct TextRange: BitwiseCopyable, Sendable {
  var start: UInt32 = 0
  var count: UInt32 = 0

  var end: Int { Int(start) + Int(count) }
}

/// A range of another table.
struct TableRange: BitwiseCopyable, Sendable {
  var start: UInt32 = 0
  var count: UInt32 = 0

  var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// One entry of the lexicon.
struct EntryRecord: BitwiseCopyable, Sendable {
  /// A hash of risk and folded entry: stable across edits of other entries.
  var id: UInt64
  /// Bit r: the entry has the risk whose raw value is r.
  var risks: UInt32
  var primary: UInt8
  var action: UInt8
  var kind: UInt8
  var hasReplacement: UInt8
  /// What was written: the term, combination or regex.
  var text: TextRange
  var replacement: TextRange
  var source: UInt32
  var line: UInt32
}

/// An entry that was dropped as the duplicate of an earlier one; reports name it.
struct DuplicateRecord: BitwiseCopyable, Sendable {
  /// The entry that was kept.
  var kept: UInt32
  var source: UInt32
  var line: UInt32
  var primary: UInt8
  var action: UInt8
  var kind: UInt8
  var reserved: UInt8 = 0
  var text: TextRange
}

/// What an entry is.
public enum EntryKind: UInt8, Sendable {
  /// A literal.
  case term
  /// Parts that occur together.
  case combination
  /// A regex rule.
  case regex
}

/// One use of a pattern: as a term, or as a word of one or more sets.
struct UseRecord: BitwiseCopyable, Sendable {
  /// The entry, or the set group.
  var target: UInt32
  var isPart: UInt8
  /// Found whatever it touches.
  var isLoose: UInt8
  var reserved: UInt16 = 0
  var exceptions: TableRange
}

/// Sets that have a word in common, with equal exceptions: one occurrence counts for all of them.
struct SetGroupRecord: BitwiseCopyable, Sendable {
  /// The sets as words of a bit set (`SetMask`).
  var masks: TableRange
  /// The combinations that wait for one of the sets: their rarest part.
  var combinations: TableRange
  /// Whether one of the sets is a part of a combination, not only of its conditions.
  var isPart: UInt32

  /// Whether combinations wait for one of the sets.
  var isLoud: Bool { combinations.count > 0 }
}

/// 64 sets of a group.
struct SetMask: BitwiseCopyable, Sendable {
  var word: UInt32
  var reserved: UInt32 = 0
  var bits: UInt64
}

/// One way in which a use can lie inside one of its exceptions.
struct ExceptionRecord: BitwiseCopyable, Sendable {
  /// The exception's symbol numbers in the table of exception symbols.
  var symbols: TableRange
  /// How many symbols of the exception lie before the use.
  var before: UInt16
  var startsInWord: UInt8
  var endsInWord: UInt8
  var text: TextRange
}

/// One combination.
struct CombinationRecord: BitwiseCopyable, Sendable {
  var entry: UInt32
  /// Symbols allowed between neighbouring parts.
  var within: UInt32
  var isOrdered: UInt32
  /// Sets, in order: the parts, then `with`, then `without`.
  var parts: TableRange
  var with: TableRange
  var without: TableRange
}

/// A regex rule.
struct RuleRecord: BitwiseCopyable, Sendable {
  var entry: UInt32
  var window: UInt32
  var fromLiteral: UInt32
  /// In the table of patterns, which a scan wants before anything is found.
  var pattern: TextRange
}

/// One keyword file.
struct SourceRecord: BitwiseCopyable, Sendable {
  var name: TextRange
  var title: TextRange
  var version: TextRange
}

/// Bits of the automaton's masks: what a live prefix may become.
enum FindingKind {
  /// Entries whose own action intercepts, by risk.
  static func strong(risks: UInt32) -> UInt64 { UInt64(risks & 0x7FFF_FFFF) }
  /// Entries that are only reported, by risk.
  static func weak(risks: UInt32) -> UInt64 { UInt64(risks & 0x7FFF_FFFF) << 32 }
  /// Parts of combinations.
  static let part: UInt64 = 1 << 31
  /// Parts without which a combination is not complete: its rarest words.
  static let loudPart: UInt64 = 1 << 63
}
