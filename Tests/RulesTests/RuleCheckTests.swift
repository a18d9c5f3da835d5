import Rules
import Testing

struct RuleCheckTests {
  @Test(arguments: [
    ("abc", 3, 0), (#"加[vq]\d{6,12}"#, 14, 0), ("a|bcd", 3, 0), ("(?:ab){2,3}c?", 7, 0),
    ("(?<n>a)(b)", 2, 0), ("ab(?=cde)", 5, 0), ("a(?!b)c", 2, 0), ("(?<=xy)a", 1, 2),
    ("ab(?<!xyz)c", 3, 1), ("(?<=a(?<=ba))c", 1, 2), ("^a$", 2, 0), ("(?m)^a", 1, 1),
    ("(?m:^)a", 1, 1), ("a{3}", 3, 0), ("a{2,4}?b", 5, 0), ("a?+b", 2, 0), (#"a\Rb"#, 4, 0),
    (#"\x{61}\061?\Qb.c\E"#, 5, 0), ("(?x) a b # c*\n c", 3, 0), ("a(?#b*)c", 2, 0),
    (#"[\d\p{Han}]x"#, 2, 0), ("(?>a|ab)c", 3, 0), ("(?|(a)|(b))c", 2, 0), (#"a[]\]]"#, 2, 0),
    ("a[[:alpha:]-]", 2, 0), ("a(?=b{2,4})c{9}", 10, 0), ("a{2}(?<=(?=bcd)a)", 4, 0),
    (#"a\Q{\E\{"#, 3, 0), ("a(?i)b|c", 2, 0), ("a{0}b", 1, 0), ("(?:a|b?)c{1,2}", 3, 0),
  ])
  func `a window and a look-behind are computed`(pattern: String, window: Int, back: Int) throws {
    let rule = try makeRule(pattern)
    #expect(rule.window == window)
    #expect(rule.lookbehind == back)
  }

  @Test(arguments: [
    ("ab*", 3), ("a+", 2), ("a{2,}", 2), ("(ab)+c", 5), (#"(a)\1"#, 4), ("a(?R)?", 2),
    ("(a)(?1)", 4), (#"a\X"#, 2), ("a(?(?=b)b|c)", 2), (#"(?<n>a)\k<n>"#, 8),
    ("(?<n>a)(?P=n)", 8), ("(?<n>a)(?&n)", 8), (#"(a)\g{-1}"#, 4), ("a(?:b?){2,}", 8),
  ])
  func `what has no finite window needs a declared one`(pattern: String, column: Int) throws {
    guard case .noFiniteWindow(_, let found)? = refusal(pattern) else {
      Issue.record("\(pattern): \(refusal(pattern)?.description ?? "accepted")")
      return
    }
    #expect(found == column)
    #expect(try makeRule(pattern, window: 20).window == 20)
  }

  @Test func `a declared window narrows a computed one and never widens it`() throws {
    #expect(try makeRule("a{10}", window: 4).window == 4)
    #expect(try makeRule("a{10}", window: 40).window == 10)
    #expect(refusal("a+", window: 0) == .declaredWindow(window: 0))
    #expect(refusal("a+", window: 4097) == .declaredWindow(window: 4097))
    #expect(refusal("a{5000}") == .windowTooLarge(window: 5000))
    #expect(refusal("(?:(?:a{30}){30}){30}") == .windowTooLarge(window: 27_000))
    #expect(try makeRule("a{5000}", window: 4096).window == 4096)
  }

  @Test(arguments: [
    ("aＡ", "Ａ", "a", 2), ("ab馬", "馬", "马", 3), (#"\x{FF21}b"#, "Ａ", "a", 1),
    ("a[xＡ]", "Ａ", "a", 4), ("a[B-D]", "B", "b", 3), (#"a[\x{41}]"#, "A", "a", 3),
    ("(?i)Foo", "F", "f", 5), ("a\u{FE0F}", "\u{FE0F}", "", 2), (#"\QaB\E"#, "B", "b", 4),
    (#"\N{U+FF21}"#, "Ａ", "a", 1), (#"\o{101}"#, "A", "a", 1),
    (#"a\p{Lu}"#, #"\p{Lu}"#, #"\p{Ll}"#, 2), ("a[[:upper:]]", "[:upper:]", "[:lower:]", 3),
    ("a[\\QB\\E]", "B", "b", 5), ("a(?!B)", "B", "b", 5), ("[^A]", "A", "a", 3),
    ("a[!-Z]", "A", "a", 3),
  ])
  func `a literal that is no fixed point of folding is refused with its folded spelling`(
    pattern: String, spelling: String, folded: String, column: Int
  ) {
    #expect(
      refusal(pattern) == .unfolded(spelling: spelling, folded: folded, column: column))
  }

  @Test func `a range may span what folds into the same class`() throws {
    _ = try makeRule("a[!-~]")
    _ = try makeRule(#"a[\x{4e00}-\x{9fa5}]"#)
    _ = try makeRule("(?i)foo[a-z]")
  }

  @Test(arguments: [
    (#"a\b"#, #"\b"#, 2), (#"a\B"#, #"\B"#, 2), (#"ab\K"#, #"\K"#, 3), (#"\Ga"#, #"\G"#, 1),
    (#"a\C"#, #"\C"#, 2), ("a(*FAIL)", "(*", 2), ("(*UTF)a", "(*", 1), ("a(?C1)", "(?C", 2),
    (#"\Aa"#, #"\A"#, 1), (#"a\z"#, #"\z"#, 2), (#"a\Z"#, #"\Z"#, 2), ("a{,3}", "{", 2),
    ("(?xx)a", "(?xx", 1), ("(a)\\12", "\\12", 4),
  ])
  func `constructs that streams cannot honour are refused`(
    pattern: String, spelling: String, column: Int
  ) {
    guard case .construct(spelling, let remedy, column)? = refusal(pattern) else {
      Issue.record("\(pattern): \(refusal(pattern)?.description ?? "accepted")")
      return
    }
    #expect(!remedy.isEmpty)
  }

  @Test func `word boundaries are sent to the boundary attribute`() {
    #expect(refusal(#"a\b"#)?.description.contains("boundary=") == true)
  }

  @Test func `a backspace in a class is no word boundary`() throws {
    #expect(finds(try makeRule(#"a[\b]"#), "a\u{8}") == ["a\u{8}"])
  }

  @Test(arguments: [("a(b", 4), ("好[", 3), ("a)", 2), ("好*+*", 4), ("a{2,1}", 6)])
  func `bad patterns carry PCRE2's message and column`(pattern: String, column: Int) {
    guard case .syntax(let message, let found)? = refusal(pattern) else {
      Issue.record("\(pattern) was accepted")
      return
    }
    #expect(!message.isEmpty)
    #expect(found == column)
  }

  @Test(arguments: [
    ".a", "[^a]b", #"\Da"#, #"\P{Han}a"#, "a?.b", "(?:a|.)b", #"(?!a).b"#, #"\p{Any}"#,
  ])
  func `a rule that can start anywhere is refused`(pattern: String) {
    #expect(refusal(pattern) == .startsAnywhere(column: 1))
  }

  @Test(arguments: ["^", "$", "(?=a)", "(?:)", "a{0}"])
  func `a rule that finds only empty text is refused`(pattern: String) {
    #expect(refusal(pattern) == .matchesNothing)
  }

  @Test func `from=literal needs a literal that begins every match`() throws {
    #expect(
      try makeRule(#"(?:加微|加)[vq]\d"#, fromLiteral: true).requiredLiteral
        == "加".unicodeScalars.map { $0.value })
    #expect(
      try makeRule("(?<!x)(ab){2}c*", window: 9, fromLiteral: true).requiredLiteral
        == "abab".unicodeScalars.map { $0.value })
    #expect(try makeRule("ab").requiredLiteral == nil)
    for pattern in [#"\dab"#, "(?:a|b)c", ".ab", "a?b", "[ab]c"] {
      #expect(refusal(pattern, fromLiteral: true) == .noLiteral(column: 1), "\(pattern)")
    }
  }

  @Test func `a start set is what a match can begin with`() throws {
    let rule = try makeRule(#"(?<=z)(?:x?[0-3]|\p{Han}|(?i)é)k"#)
    for symbol in "x03木éÉ".unicodeScalars { #expect(rule.mayStart(symbol.value), "\(symbol)") }
    for symbol in "z4kaか".unicodeScalars { #expect(!rule.mayStart(symbol.value), "\(symbol)") }
    let digits = RuleSet(rules: [try makeRule(#"\d"#)])
    for value in UInt32(0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isDigit = scalar.properties.generalCategory == .decimalNumber
      if isDigit && value < 0x1_0000 { #expect(digits.mayStart(value), "\(value)") }
      if digits.mayStart(value) { #expect(isDigit, "\(value)") }
    }
  }
}
