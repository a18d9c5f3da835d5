/// A word with the longer wordings in which it is innocent.
package struct OracleWord: Hashable, Sendable {
  package var text: String
  package var exceptions: [String]

  /// Makes a word.
  package init(_ text: String, exceptions: [String] = []) {
    self.text = text
    self.exceptions = exceptions
  }
}

/// An entry of a keyword file, as the oracle and a file's writer see it.
package struct OracleItem: Sendable {
  /// What it looks for.
  package enum Kind: Sendable {
    case term(OracleWord)
    case combination(
      parts: [[OracleWord]], within: Int, isOrdered: Bool, with: [[OracleWord]],
      without: [[OracleWord]])
    case regex(OracleRegex)
  }

  package var kind: Kind
  package var action: OracleAction
  /// The first is the primary one.
  package var risks: [String]
  package var isLoose: Bool
  package var replacement: String?

  /// Makes an entry.
  package init(
    _ kind: Kind, action: OracleAction = .block, risks: [String] = ["A.1.f"],
    isLoose: Bool = false, replacement: String? = nil
  ) {
    self.kind = kind
    self.action = action
    self.risks = risks
    self.isLoose = isLoose
    self.replacement = replacement
  }

  /// The entry as a line of a keyword file.
  package var line: String {
    var line: String
    switch kind {
    case .term(let word):
      line = Self.escaped(word.text)
      if !word.exceptions.isEmpty {
        line += " | except=" + word.exceptions.map(Self.escaped).joined(separator: "/")
      }
    case .combination(let parts, let within, let isOrdered, let with, let without):
      line = "& " + parts.map(Self.list).joined(separator: " + ") + " | within=\(within)"
      if isOrdered { line += " | ordered" }
      for words in with { line += " | with=" + Self.list(words) }
      for words in without { line += " | without=" + Self.list(words) }
    case .regex(let regex): line = "~ " + regex.pattern
    }
    if action != .block && replacement == nil { line += " | action=\(action)" }
    if let replacement { line += " | replace=\(replacement)" }
    if risks.count > 1 { line += " | also=" + risks.dropFirst().joined(separator: ",") }
    if isLoose { line += " | boundary=none" }
    return line
  }

  private static func list(_ words: [OracleWord]) -> String {
    words.map { ([$0.text] + $0.exceptions).map(escaped).joined(separator: "!") }
      .joined(separator: "/")
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { "|/!+{}#&~\\:".unicodeScalars.contains($0) ? "\\\($0)" : "\($0)" }
      .joined()
  }
}

/// What is done with a finding, from the weakest to the strongest.
package enum OracleAction: Int, Sendable, Comparable, CaseIterable {
  case tag, review, mask, block

  /// Orders by strength.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// What a scan does about findings.
package struct OraclePolicy: Sendable {
  package var actions: [String: OracleAction] = [:]
  package var disabled: Set<String> = []
  package var noiseLimit = 3
  package var limitAction = OracleAction.block

  /// The default policy.
  package init() {}

  /// The strongest action over an entry's enabled risks; `nil` where none is enabled.
  func action(of item: OracleItem) -> OracleAction? {
    item.risks.filter { !disabled.contains($0) }.map { actions[$0] ?? item.action }.max()
  }
}

/// What was found.
package struct OracleFinding: Hashable, Sendable {
  /// The index of the entry; `nil` for too many invisible characters.
  package var item: Int?
  package var range: Range<Int>
  package var action: OracleAction

  /// Names a finding.
  package init(item: Int?, range: Range<Int>, action: OracleAction) {
    self.item = item
    self.range = range
    self.action = action
  }
}

/// A literal, read by the rule by which texts are read.
struct OraclePattern: Hashable, Sendable {
  let symbols: [UInt32]
  let traits: [OracleTrait]
  /// For each symbol the noise in front of it that must stand there; empty beside Han.
  let literals: [[UInt32]]
  private let hasMarks: Bool

  /// Reads a literal; `nil` where it cannot be a pattern.
  init?(_ literal: String, _ characters: OracleCharacters) {
    let trimmed = literal.unicodeScalars.drop { characters.entry($0.value).kind == .whiteSpace }
    let text = OracleText(Array(String(trimmed).utf8), characters)
    let solid = text.units.filter { !$0.vanishes && $0.kind != .whiteSpace }
    guard let first = solid.first, let last = solid.last, first.isTextSymbol, last.isTextSymbol,
      !text.units.contains(where: \.breaks)
    else { return nil }
    symbols = text.symbols.map(\.value)
    traits = text.symbols.map(\.trait)
    hasMarks = text.units.contains { $0.kind == .clauseMark || $0.kind == .sentenceMark }
    var literals: [[UInt32]] = [[]]
    for index in text.symbols.indices.dropFirst() {
      if traits[index] == .han || traits[index - 1] == .han {
        literals.append([])
      } else if let literal = text.gap(before: index).literal {
        literals.append(literal)
      } else {
        return nil
      }
    }
    self.literals = literals
    if length > 64 { return nil }
  }

  /// Symbols, those of noise included.
  var length: Int { symbols.count + literals.reduce(0) { $0 + $1.count } }

  /// Whether noise is skipped in front of a symbol.
  func skipsNoise(before index: Int) -> Bool {
    traits[index] == .han || traits[index - 1] == .han
  }

  /// Whether clause marks in every gap are skipped.
  var isClauseEligible: Bool {
    length >= 3 && !hasMarks && symbols.indices.dropFirst().allSatisfy(skipsNoise)
  }

  /// Whether it is also found spelled out.
  var isSpelledEligible: Bool {
    length >= 4 && length == symbols.count && traits.allSatisfy { $0 == .letter }
  }
}
