extension PatternParser {
  /// Reads a group whose parenthesis has been taken.
  mutating func group(at place: Int) throws(RuleError) -> PatternShape {
    if sees("*") {
      throw .construct(
        spelling: "(*", remedy: "verbs are not for rules; leave it out", column: place)
    }
    guard take("?") else { return try body() }
    switch next() {
    case ":", "|", ">": return try body()
    case "=", "!", "*": return try body().asLookAhead
    case "<":
      if take("=") || take("!") || take("*") { return try lookBehind() }
      _ = text(to: ">")
      return try body()
    case "'":
      _ = text(to: "'")
      return try body()
    case "P":
      if take("<") {
        _ = text(to: ">")
        return try body()
      }
      return reference(isRecursion: sees(">"), at: place)
    case "C":
      throw .construct(
        spelling: "(?C", remedy: "callouts are not for rules; leave it out", column: place)
    case "(": return try condition(at: place)
    case "R", "&", "+", "0"..."9": return reference(isRecursion: true, at: place)
    case "-" where index < tokens.count && "0"..."9" ~= tokens[index].scalar:
      return reference(isRecursion: true, at: place)
    default:
      index -= 1
      return try options(at: place)
    }
  }

  /// Reads to the closing parenthesis; option settings end there.
  private mutating func body() throws(RuleError) -> PatternShape {
    let outer = flags
    let shape = try alternation()
    index += 1
    flags = outer
    return shape
  }

  private mutating func lookBehind() throws(RuleError) -> PatternShape {
    let shape = try body()
    lookBehindSum += shape.most ?? 0
    return shape.asLookBehind
  }

  /// A back reference or a call of a group, in parentheses.
  private mutating func reference(isRecursion: Bool, at place: Int) -> PatternShape {
    let start = index - 1
    _ = text(to: ")")
    let name = String(String.UnicodeScalarView(tokens[start..<index].map { $0.scalar }))
    mark(unbounded: "(?\(name)", at: place)
    hasRecursion = hasRecursion || isRecursion
    return .unknown
  }

  /// `(?(condition)yes|no)`: the condition may itself be a look-around.
  private mutating func condition(at place: Int) throws(RuleError) -> PatternShape {
    mark(unbounded: "(?(", at: place)
    var test = PatternShape.empty
    if sees("?") { test = try group(at: column) } else { _ = text(to: ")") }
    var shape = try body()
    shape.formAlternation(.empty)
    test.append(shape)
    test.most = nil
    test.extent = nil
    return test
  }

  /// `(?flags)` or `(?flags:…)`.
  private mutating func options(at place: Int) throws(RuleError) -> PatternShape {
    var new = flags
    if take("^") { new = Flags() }
    var value = true
    while true {
      switch next() {
      case "-": value = false
      case "i": new.isCaseless = value
      case "m": new.isMultiline = value
      case "x":
        new.isExtended = value
        if sees("x") {
          throw .construct(
            spelling: "(?xx", remedy: "write (?x) and no space in classes", column: place)
        }
      case "s", "n", "J", "U": break
      case ")":
        flags = new
        return .empty
      case ":":
        let outer = flags
        flags = new
        let shape = try body()
        flags = outer
        return shape
      default:
        throw .construct(spelling: "(?", remedy: "this kind of group is not known", column: place)
      }
    }
  }
}
