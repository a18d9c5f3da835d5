/// One checked line of a keyword file: what is sought, which risk it is, what is done with it.
public struct Entry: Sendable, Equatable {
  /// What an entry looks for.
  public enum Kind: Sendable, Equatable {
    /// One literal.
    case term(Pattern)
    /// Several words near each other in one sentence.
    case combination(Combination)
    /// A regular expression on the folded text.
    case regex(RegexSource)
  }

  /// Whether an edge that is a Latin letter or a digit may touch another one.
  public enum Boundary: UInt8, Sendable, Hashable {
    /// It must not touch: `ass` is not in `class`.
    case word
    /// It may touch.
    case none
  }

  /// What is looked for.
  public var kind: Kind
  /// The primary risk, to which the entry is counted.
  public var risk: Risk
  /// Further risks, without the primary one.
  public var secondaryRisks: RiskSet = []
  /// What is done with a finding; `mask` where there is a replacement.
  public var action: Action = .block
  /// The text that is written in place of a finding.
  public var replacement: String?
  /// How the edges are bounded; of a combination, the edges of every word of its parts.
  public var boundary: Boundary = .word
  /// Longer wordings in which a term or regex is innocent.
  ///
  /// Empty for combinations, whose words hold their own: ``Alternative/exceptions``.
  public var exceptions: [String] = []
  /// The writer's remark.
  public var note: String?
  /// The day on which the entry was added.
  public var added: CalendarDate?
  /// The index of the entry's file in ``Lexicon/sources``.
  public var source: Int
  /// The line in that file, from 1.
  public var line: Int
  /// The line as it was written, without blanks at its ends.
  public var sourceText: String

  /// Makes an entry that blocks, with no exception, note or further risk.
  public init(_ kind: Kind, risk: Risk, source: Int, line: Int, sourceText: String) {
    self.kind = kind
    self.risk = risk
    self.source = source
    self.line = line
    self.sourceText = sourceText
  }

  /// The primary and the secondary risks.
  public var allRisks: RiskSet { secondaryRisks.union(RiskSet(risk)) }
}

/// A literal, as its writer meant it: escapes are resolved, nothing is folded.
public struct Pattern: Sendable, Hashable {
  /// The literal.
  public var text: String

  /// Makes a pattern of `text`.
  public init(_ text: String) { self.text = text }
}

/// The source of a regular expression (PCRE2 syntax), unchecked by this module.
public struct RegexSource: Sendable, Hashable {
  /// The expression, which is matched on folded text.
  public var pattern: String
  /// The most symbols that a match with its look-ahead covers, where the writer declares it.
  public var window: Int?
  /// Whether the finding starts at the expression's required literal (`from=literal`).
  public var isFromLiteral: Bool

  /// Makes the source of an expression.
  public init(pattern: String, window: Int? = nil, isFromLiteral: Bool = false) {
    self.pattern = pattern
    self.window = window
    self.isFromLiteral = isFromLiteral
  }
}
