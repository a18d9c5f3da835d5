public import Lexicons

/// How the text hid what was found; empty for a plain occurrence.
public struct Evasion: OptionSet, Sendable, Hashable {
  /// One bit a kind.
  public let rawValue: UInt16

  /// Creates a set from its bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Noise between the characters.
  public static let noise = Evasion(rawValue: 1)
  /// A clause mark in every gap.
  public static let clauseMarks = Evasion(rawValue: 2)
  /// Spelled out, letter by letter.
  public static let spelled = Evasion(rawValue: 4)
  /// Invisible characters.
  public static let invisible = Evasion(rawValue: 8)
  /// Full-width and other compatibility forms.
  public static let width = Evasion(rawValue: 16)
  /// Traditional or variant Han characters.
  public static let variant = Evasion(rawValue: 32)
  /// Letters that look like others.
  public static let lookAlike = Evasion(rawValue: 64)

  /// The names of the kinds, in a fixed order.
  public var names: [String] {
    let all: [(Evasion, String)] = [
      (.noise, "noise"), (.clauseMarks, "clause-marks"), (.spelled, "spelled"),
      (.invisible, "invisible"), (.width, "width"), (.variant, "variant"),
      (.lookAlike, "look-alike"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

/// One interception or notice: an entry and the place where it applies.
public struct Finding: Sendable, Hashable {
  /// Why there is a finding.
  public enum Cause: Sendable, Hashable {
    /// An entry of the lexicon, by its index.
    case entry(Int)
    /// More invisible characters than are skipped lie behind the beginning of a term.
    case invisibleFlood
    /// A regex rule ran into its limits over this window; the entry's index.
    case ruleLimit(Int)
  }

  /// Why there is a finding.
  public var cause: Cause
  /// The entry's stable number; 0 for an invisible flood.
  public var entryID: UInt64
  /// The risk that counts.
  public var risk: Risk?
  /// What to do about it under the policy of the scan.
  public var action: Action
  /// The bytes: whole characters of the text.
  public var range: Range<Int>
  /// How the text hid it.
  public var evasion: Evasion
  /// The other parts of a combination: their byte ranges, in text order.
  public var otherParts: [Range<Int>]

  /// The lexicon's entry.
  public var entry: Int? {
    switch cause {
    case .entry(let index), .ruleLimit(let index): return index
    case .invisibleFlood: return nil
    }
  }

  /// The order of reports: by start, then the longer, then the entry.
  public static func precedes(_ a: Finding, _ b: Finding) -> Bool {
    if a.range.lowerBound != b.range.lowerBound {
      return a.range.lowerBound < b.range.lowerBound
    }
    if a.range.upperBound != b.range.upperBound {
      return a.range.upperBound > b.range.upperBound
    }
    return a.entryID < b.entryID
  }
}

/// An occurrence of a term that an exception cleared.
public struct ClearedHit: Sendable, Hashable {
  /// The entry's index.
  public var entry: Int
  /// The bytes of the occurrence.
  public var range: Range<Int>
  /// The exception, as written.
  public var exception: String
}
