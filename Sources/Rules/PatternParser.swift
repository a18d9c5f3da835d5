/// Reads a pattern that PCRE2 has accepted, checks what rules allow, and measures its shape.
///
/// The grammar is PCRE2's; what has no computable window (back references, recursion, conditions)
/// is read past and marked, so that its literals are checked and a declared window can serve.
struct PatternParser {
  /// A scalar of the pattern; one between `\Q` and `\E` is always a literal.
  struct Token {
    var scalar: Unicode.Scalar
    var isQuoted: Bool
    var column: Int
  }

  /// The inline options that change what this parser reads.
  struct Flags {
    var isCaseless = false
    var isMultiline = false
    var isExtended = false
  }

  let tokens: [Token]
  let fold: (UInt32) -> [UInt32]
  var index = 0
  var flags = Flags()
  /// The first construct past which no window can be computed.
  var unbounded: (spelling: String, column: Int)?
  /// The sum of all look-behinds, the reach where recursion may nest them.
  var lookBehindSum = 0
  var hasRecursion = false

  /// Prepares to read a pattern.
  ///
  /// - Parameters:
  ///   - pattern: A pattern that PCRE2 compiles.
  ///   - fold: The folding of one scalar; fixed points fold to themselves.
  init(_ pattern: String, fold: @escaping (UInt32) -> [UInt32]) {
    tokens = Self.tokens(of: pattern)
    self.fold = fold
  }

  /// Resolves `\Q…\E`, which is lexical in PCRE2: it may begin or end anywhere, classes included.
  private static func tokens(of pattern: String) -> [Token] {
    let scalars = Array(pattern.unicodeScalars)
    var tokens: [Token] = []
    var isQuoted = false
    var index = 0
    while index < scalars.count {
      let next = index + 1 < scalars.count ? scalars[index + 1] : "\0"
      let isEscape = scalars[index] == "\\"
      if isEscape && (next == "E" || (next == "Q" && !isQuoted)) {
        isQuoted = next == "Q"
        index += 2
      } else {
        tokens.append(Token(scalar: scalars[index], isQuoted: isQuoted, column: index + 1))
        index += 1
        if isEscape && !isQuoted && index < scalars.count {
          tokens.append(Token(scalar: next, isQuoted: false, column: index + 1))
          index += 1
        }
      }
    }
    return tokens
  }

  /// Reads the whole pattern.
  ///
  /// - Throws: `RuleError.construct` and `RuleError.unfolded`, at the first place in the pattern.
  /// - Complexity: O(pattern); ranges of a class are checked member by member up to 256.
  mutating func parse() throws(RuleError) -> PatternShape {
    var shape = try alternation()
    if index < tokens.count {
      throw .construct(spelling: ")", remedy: "it closes nothing here", column: column)
    }
    if hasRecursion { shape.back = max(shape.back, lookBehindSum) }
    return shape
  }

  // MARK: Tokens

  var column: Int { index < tokens.count ? tokens[index].column : tokens.count + 1 }

  /// Whether the next tokens spell `text` as syntax, not as quoted literals.
  func sees(_ text: StaticString) -> Bool {
    var position = index
    for scalar in "\(text)".unicodeScalars {
      guard position < tokens.count, !tokens[position].isQuoted,
        tokens[position].scalar == scalar
      else { return false }
      position += 1
    }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard sees(text) else { return false }
    index += text.utf8CodeUnitCount
    return true
  }

  /// Takes the next token; the pattern is known to be complete, so the zero is never seen.
  mutating func next() -> Unicode.Scalar {
    guard index < tokens.count else { return "\0" }
    index += 1
    return tokens[index - 1].scalar
  }

  /// Takes everything up to `end`, and `end` itself.
  mutating func text(to end: Unicode.Scalar) -> String {
    var text = ""
    while index < tokens.count, tokens[index].scalar != end { text.unicodeScalars.append(next()) }
    index += 1
    return text
  }

  mutating func digits() -> Int? {
    var value: Int?
    while index < tokens.count, !tokens[index].isQuoted,
      "0"..."9" ~= tokens[index].scalar
    {
      value = min((value ?? 0) * 10 + Int(next().value - 48), 1 << 20)
    }
    return value
  }

  mutating func mark(unbounded spelling: String, at column: Int) {
    if unbounded == nil { unbounded = (spelling, column) }
  }

  // MARK: Grammar

  mutating func alternation() throws(RuleError) -> PatternShape {
    var shape = try sequence()
    while take("|") { shape.formAlternation(try sequence()) }
    return shape
  }

  private mutating func sequence() throws(RuleError) -> PatternShape {
    var shape = PatternShape.empty
    while true {
      skipIgnored()
      if index >= tokens.count || sees("|") || sees(")") { return shape }
      let part = try atom()
      shape.append(try quantified(part))
    }
  }

  /// Skips comments, and white space where `(?x)` is on.
  private mutating func skipIgnored() {
    while index < tokens.count, !tokens[index].isQuoted {
      if sees("(?#") {
        _ = text(to: ")")
      } else if flags.isExtended, Self.isPatternSpace(tokens[index].scalar) {
        index += 1
      } else if flags.isExtended, sees("#") {
        _ = text(to: "\n")
      } else {
        return
      }
    }
  }

  private static func isPatternSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0x200E, 0x200F, 0x2028, 0x2029: true
    default: false
    }
  }

  private mutating func quantified(_ part: PatternShape) throws(RuleError) -> PatternShape {
    skipIgnored()
    let place = column
    var part = part
    switch true {
    case take("*"): part = unbounded(part, from: 0, "*", place)
    case take("+"): part = unbounded(part, from: 1, "+", place)
    case take("?"): part = part.repeated(0, 1)
    case take("{"):
      guard let low = digits() else { throw brace(place) }
      if take("}") {
        part = part.repeated(low, low)
      } else if take(",}") {
        part = unbounded(part, from: low, "{\(low),}", place)
      } else if take(","), let high = digits(), take("}") {
        part = part.repeated(low, high)
      } else {
        throw brace(place)
      }
    default: return part
    }
    skipIgnored()
    if !take("?") { _ = take("+") }
    return part
  }

  private mutating func unbounded(
    _ part: PatternShape, from low: Int, _ spelling: String, _ column: Int
  ) -> PatternShape {
    if part.most != 0 { mark(unbounded: spelling, at: column) }
    return part.repeated(low, nil)
  }

  /// PCRE2 releases differ on what such a brace means, so it has to be spelled out.
  func brace(_ column: Int) -> RuleError {
    .construct(
      spelling: "{", remedy: "write \\{ for the character, {0,n} for a quantifier", column: column)
  }

  private mutating func atom() throws(RuleError) -> PatternShape {
    let place = column
    if tokens[index].isQuoted { return try literal(next().value, at: place) }
    switch next() {
    case "(": return try group(at: place)
    case "[": return try characterClass(at: place)
    case "\\": return try escape(at: place)
    case ".": return .symbol(.unrestricted)
    case "^": return PatternShape(back: flags.isMultiline ? 1 : 0)
    case "$": return PatternShape(extent: 1)
    case "{": throw brace(place)
    case let scalar: return try literal(scalar.value, at: place)
    }
  }
}
