extension PatternParser {
  /// An escape that means one symbol, inside a class or outside.
  enum Escape {
    case literal(UInt32)
    /// A class of PCRE2's, with its spelling for a start set; `nil` where it is a complement.
    case members(String?)
  }

  /// Reads an escape outside a class, its backslash taken.
  mutating func escape(at place: Int) throws(RuleError) -> PatternShape {
    let scalar = index < tokens.count ? tokens[index].scalar : "\\"
    if let remedy = Self.remedies[scalar] {
      throw .construct(spelling: "\\\(scalar)", remedy: remedy, column: place)
    }
    switch scalar {
    case "R":
      index += 1
      var first = StartSet.symbols(0x0A...0x0D)
      for value: UInt32 in [0x85, 0x2028, 0x2029] { first.formUnion(.symbols(value...value)) }
      return PatternShape(least: 1, most: 2, extent: 2, first: first, isLiteral: false)
    case "X":
      index += 1
      mark(unbounded: "\\X", at: place)
      return PatternShape(least: 1, most: nil, extent: nil, first: .unrestricted, isLiteral: false)
    case "N" where !followsBraceU:
      index += 1
      return .symbol(.unrestricted)
    case "k": return backReference(isRecursion: false, at: place)
    case "g":
      let isCall =
        index + 1 < tokens.count && "<'".unicodeScalars.contains(tokens[index + 1].scalar)
      return backReference(isRecursion: isCall, at: place)
    case "1"..."9":
      if let number = digits(), number > 9 {
        throw .construct(
          spelling: "\\\(number)", remedy: "write \\x{…} or \\g{\(number)}", column: place)
      }
      mark(unbounded: "\\\(scalar)", at: place)
      return .unknown
    default: break
    }
    switch try symbolEscape(at: place) {
    case .literal(let value): return try literal(value, at: place)
    case .members(let text): return .symbol(text.map { .members($0) } ?? .unrestricted)
    }
  }

  private static let remedies: [Unicode.Scalar: String] = [
    "b": "use boundary= for word edges", "B": "use boundary= for word edges",
    "K": "a match starts where its attempt does; use a look-behind",
    "G": "an attempt may start anywhere; leave it out",
    "C": "a symbol is never cut; use . instead",
    "A": "write ^ for the start of the text", "z": "write $ for the end of the text",
    "Z": "write $ for the end of the text",
  ]

  private var followsBraceU: Bool { index + 1 < tokens.count && tokens[index + 1].scalar == "{" }

  private mutating func backReference(isRecursion: Bool, at place: Int) -> PatternShape {
    let letter = next()
    if take("{") {
      _ = text(to: "}")
    } else if take("<") {
      _ = text(to: ">")
    } else if take("'") {
      _ = text(to: "'")
    } else {
      if !take("-") { _ = take("+") }
      _ = digits()
    }
    mark(unbounded: "\\\(letter)", at: place)
    hasRecursion = hasRecursion || isRecursion
    return .unknown
  }

  /// Reads an escape that stands for one symbol, its backslash taken.
  mutating func symbolEscape(at place: Int) throws(RuleError) -> Escape {
    let scalar = next()
    switch scalar {
    case "d", "s", "w", "h", "v": return .members("\\\(scalar)")
    case "D", "S", "W", "H", "V": return .members(nil)
    case "p", "P": return try property(isComplement: scalar == "P", at: place)
    case "a": return .literal(0x07)
    case "b": return .literal(0x08)
    case "e": return .literal(0x1B)
    case "f": return .literal(0x0C)
    case "n": return .literal(0x0A)
    case "r": return .literal(0x0D)
    case "t": return .literal(0x09)
    case "c": return .literal((next().value & 0xDF) ^ 0x40)
    case "x":
      if take("{") { return .literal(number(text(to: "}"), radix: 16)) }
      return .literal(shortNumber(radix: 16, most: 2))
    case "o":
      index += 1
      return .literal(number(text(to: "}"), radix: 8))
    case "N":
      index += 3
      return .literal(number(text(to: "}"), radix: 16))
    case "0"..."7":
      index -= 1
      return .literal(shortNumber(radix: 8, most: 3))
    default: return .literal(scalar.value)
    }
  }

  private func number(_ text: String, radix: Int) -> UInt32 {
    UInt32(text.filter { $0 != " " }, radix: radix) ?? 0
  }

  private mutating func shortNumber(radix: Int, most: Int) -> UInt32 {
    var text = ""
    while text.count < most, index < tokens.count, !tokens[index].isQuoted,
      Character(tokens[index].scalar).isASCII,
      Character(tokens[index].scalar).hexDigitValue.map({ $0 < radix }) == true
    {
      text.unicodeScalars.append(next())
    }
    return number(text, radix: radix)
  }

  private mutating func property(isComplement: Bool, at place: Int) throws(RuleError) -> Escape {
    let first = next()
    let name = first == "{" ? text(to: "}") : String(first)
    let plain = String(name.filter { $0 != " " && $0 != "_" && $0 != "-" }).lowercased()
    if ["lu", "lt", "upper", "uppercase"].contains(plain) && !isComplement {
      throw .unfolded(spelling: "\\p{\(name)}", folded: "\\p{Ll}", column: place)
    }
    let isNegated = isComplement || name.hasPrefix("^") || plain == "any"
    return .members(isNegated ? nil : "\\p{\(name)}")
  }

  /// Checks a literal symbol and returns its shape under the flags in force.
  mutating func literal(_ symbol: UInt32, at place: Int) throws(RuleError) -> PatternShape {
    try check(symbol, at: place)
    let isCased = flags.isCaseless && symbol >= 0x80 && symbol < 0x2E80
    return .symbol(startSet(symbol...symbol), literal: isCased ? nil : symbol)
  }

  /// The start set of a range; folded text has one case, but PCRE2 knows more pairs than ASCII's.
  func startSet(_ range: ClosedRange<UInt32>) -> StartSet {
    if !flags.isCaseless || range.upperBound < 0x80 || range.lowerBound >= 0x2E80 {
      return .symbols(range)
    }
    let low = String(range.lowerBound, radix: 16)
    let high = String(range.upperBound, radix: 16)
    return .members("\(ClassMembers.caseless)\\x{\(low)}-\\x{\(high)}")
  }

  func check(_ symbol: UInt32, at place: Int) throws(RuleError) {
    let folded = fold(symbol)
    if folded == [symbol] { return }
    throw .unfolded(spelling: Self.spelling([symbol]), folded: Self.spelling(folded), column: place)
  }

  static func spelling(_ symbols: [UInt32]) -> String {
    var text = ""
    for symbol in symbols {
      if let scalar = Unicode.Scalar(symbol) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}
