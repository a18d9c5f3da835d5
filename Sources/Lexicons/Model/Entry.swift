/// One checked line of a keyword file: what is sought, which risk it is, what is done with it.
public struct Entry: Sendable, Equatable {
  /// What an entry looks for.
  public enum Kind: Sendable, Equatable {
    /// One literal.
    case term(Pattern)
    /// Several words near each other in one sentence.
    indirect case combination(Combination)
    /// A regular expression on the folded text.
    indirect case regex(RegexSource)
  }

  /// Whether an edge that is a Latin letter or a digit may touch another one.
  public enum Boundary: UInt8, Sendable, Hashable {
    /// It must not touch: `ass` is not in `class`.
    case word
    /// It may touch.
    case none
  }

  /// What is looked for.
  public var kind: Kind {
    get { target }
    set {
      // The line stays what it was.
      let text = sourceText
      target = newValue
      sourceText = text
    }
  }
  /// The primary risk, to which the entry is counted.
  public var risk: Risk
  /// Further risks, without the primary one.
  public var secondaryRisks: RiskSet = []
  /// What is done with a finding; `mask` where there is a replacement.
  public var action: Action = .block
  /// How the edges are bounded; of a combination, the edges of every word of its parts.
  public var boundary: Boundary = .word
  private var target: Kind
  private var details: Details?
  private var place: (source: Int32, line: Int32)

  /// Makes an entry that blocks, with no exception, note or further risk.
  public init(_ kind: Kind, risk: Risk, source: Int, line: Int, sourceText: String) {
    target = kind
    self.risk = risk
    place = (Int32(source), Int32(line))
    self.sourceText = sourceText
  }

  /// The primary and the secondary risks.
  public var allRisks: RiskSet { secondaryRisks.union(RiskSet(risk)) }

  /// The index of the entry's file in ``Lexicon/sources``.
  public var source: Int {
    get { Int(place.source) }
    set { place.source = Int32(newValue) }
  }

  /// The line in that file, from 1.
  public var line: Int {
    get { Int(place.line) }
    set { place.line = Int32(newValue) }
  }

  /// The line as it was written, without blanks at its ends.
  public var sourceText: String {
    get { details?.attributes.sourceText ?? literal }
    set {
      let text = newValue == literal ? nil : newValue
      if text != details?.attributes.sourceText { change { $0.sourceText = text } }
    }
  }

  /// What a term's line is if it has no attributes.
  private var literal: String {
    if case .term(let pattern) = target { return pattern.text }
    return ""
  }

  /// The text that is written in place of a finding.
  public var replacement: String? {
    get { details?.attributes.replacement }
    set { change { $0.replacement = newValue } }
  }

  /// Longer wordings in which a term or regex is innocent.
  ///
  /// Empty for combinations, whose words hold their own: ``Alternative/exceptions``.
  public var exceptions: [String] {
    get { details?.attributes.exceptions ?? [] }
    set { change { $0.exceptions = newValue } }
  }

  /// The writer's remark.
  public var note: String? {
    get { details?.attributes.note }
    set { change { $0.note = newValue } }
  }

  /// The day on which the entry was added.
  public var added: CalendarDate? {
    get { details?.attributes.added }
    set { change { $0.added = newValue } }
  }

  /// Tells whether two entries are the same in every respect.
  public static func == (first: Entry, second: Entry) -> Bool {
    first.target == second.target && first.risk == second.risk
      && first.secondaryRisks == second.secondaryRisks && first.action == second.action
      && first.boundary == second.boundary && first.place == second.place
      && first.details?.attributes == second.details?.attributes
  }

  private mutating func change(_ edit: (inout RareAttributes) -> Void) {
    var attributes = details?.attributes ?? RareAttributes()
    edit(&attributes)
    details = attributes == RareAttributes() ? nil : Details(attributes)
  }
}

/// What few entries have; kept apart, so that a million entries without it stay small.
private struct RareAttributes: Sendable, Equatable {
  /// The line, where it is not just the term.
  var sourceText: String?
  var replacement: String?
  var exceptions: [String] = []
  var note: String?
  var added: CalendarDate?
}

private final class Details: Sendable {
  let attributes: RareAttributes

  init(_ attributes: RareAttributes) { self.attributes = attributes }
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
