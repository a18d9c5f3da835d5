import Rules
import Testing

struct RuleScannerTests {
  @Test func `findings are leftmost and do not overlap`() throws {
    #expect(finds(try makeRule("aba"), "abababa") == ["aba", "aba"])
    #expect(finds(try makeRule("a{1,3}"), "aaaaa") == ["aaa", "aa"])
    #expect(finds(try makeRule("abcd|bc|d"), "abcxd abcd") == ["bc", "d", "abcd"])
  }

  @Test func `the first alternative wins over a longer one`() throws {
    #expect(finds(try makeRule("a|ab"), "ab") == ["a"])
    #expect(finds(try makeRule("ab{0,3}?"), "abb") == ["a"])
  }

  @Test func `empty matches are dropped`() throws {
    #expect(finds(try makeRule("a{0,2}"), "baab") == ["aa"])
    #expect(finds(try makeRule("(?:|a)"), "aaa") == [])
    #expect(finds(try makeRule("a?(?=b)"), "abb") == ["a"])
  }

  @Test func `an attempt sees its window and no more`() throws {
    #expect(finds(try makeRule("a+", window: 3), "aaaaaaa") == ["aaa", "aaa", "a"])
    #expect(finds(try makeRule("a[^b]*b", window: 4), "axxxb axxb") == ["axxb"])
    #expect(finds(try makeRule("ab(?=c+d)", window: 4), "abccd abcd") == ["ab"])
  }

  @Test func `a caret is true at the start of the text or after a split only`() throws {
    let rule = try makeRule("^ab")
    #expect(finds(rule, "abab\nab") == ["ab"])
    let set = RuleSet(rules: [rule])
    #expect(scan(set, "xab\u{FFFF}abab", .stream).map { $0.start } == [4])
    #expect(finds(try makeRule("(?m)^ab"), "abab\nab") == ["ab", "ab"])
  }

  @Test func `a dollar is true at the end of the text or before a split only`() throws {
    let rule = try makeRule("ab$")
    #expect(finds(rule, "ab\nabab") == ["ab"])
    #expect(finds(rule, "abab\n") == [])
    let set = RuleSet(rules: [rule])
    #expect(scan(set, "abab\u{FFFF}x", .whole).map { $0.start } == [2])
    #expect(finds(try makeRule("(?m)ab$"), "ab\nabab\nabc") == ["ab", "ab"])
  }

  @Test func `a declared window hides the end of the text behind it`() throws {
    #expect(finds(try makeRule("a+$", window: 3), "aaaa") == ["aa"])
  }

  @Test func `an ill-formed scalar splits the subject`() throws {
    let set = RuleSet(rules: [try makeRule("ab"), try makeRule("(?<=a)b"), try makeRule("a(?!b)")])
    for mode in [RuleScanMode.stream, .whole] {
      let found = scan(set, "a\u{FFFF}b", mode)
      #expect(found == [RuleMatch(rule: 2, start: 0, end: 1, isLimit: false)])
    }
  }

  @Test func `look-behind sees text from before the attempt at every edge`() throws {
    #expect(finds(try makeRule("(?<=不)加[vq]"), "加v不加q") == ["加q"])
    #expect(finds(try makeRule("(?<!不)加[vq]"), "加v不加q") == ["加v"])
    #expect(finds(try makeRule("(?<=a(?<=ba))c"), "ac bac") == ["c"])
    // Far beyond the buffer, so that it was compacted between.
    let far = String(repeating: "xy", count: 500)
    #expect(finds(try makeRule("(?<=xyxy)z"), far + "z" + far + "yz" + "z") == ["z"])
  }

  @Test func `symbols of several bytes keep their source ranges`() throws {
    #expect(finds(try makeRule("木.马"), "木木𠮷马é木马马") == ["木𠮷马", "木马马"])
    let set = RuleSet(rules: [try makeRule("g木")])
    var scanner = RuleScanner(set, enabled: [0], mode: .stream)
    var found: [RuleMatch] = []
    // ㎏ folds to two symbols of one scalar of three bytes.
    scanner.append(0x6B, start: 10, end: 13) { found.append($0) }
    scanner.append(0x67, start: 10, end: 13) { found.append($0) }
    #expect(scanner.heldFrom == 10)
    scanner.append(0x6728, start: 16, end: 19) { found.append($0) }
    #expect(found == [RuleMatch(rule: 0, start: 10, end: 19, isLimit: false)])
    #expect(scanner.heldFrom == nil)
  }

  @Test func `a streamed match is decided at the first symbol that can decide it`() throws {
    let set = RuleSet(rules: [try makeRule("ab(?:cd){0,1}")])
    var scanner = RuleScanner(set, enabled: [0], mode: .stream)
    var found: [RuleMatch] = []
    let text = Array("xabcx".unicodeScalars)
    var held: [Int?] = []
    for (index, scalar) in text.enumerated() {
      scanner.append(scalar.value, start: index, end: index + 1) { found.append($0) }
      held.append(scanner.heldFrom)
    }
    #expect(held == [nil, 1, 1, 1, nil])
    #expect(found == [RuleMatch(rule: 0, start: 1, end: 3, isLimit: false)])
  }

  @Test func `disabled rules find nothing and hold nothing`() throws {
    let set = RuleSet(rules: [try makeRule("ab"), try makeRule("abc")])
    var scanner = RuleScanner(set, enabled: [0], mode: .stream)
    #expect(scan(&scanner, "abc").map { $0.rule } == [0])
    #expect(scanner.heldFrom == nil)
  }

  @Test func `a scanner is ready for another text when one is finished`() throws {
    let set = RuleSet(rules: [try makeRule("^ab$")])
    for mode in [RuleScanMode.stream, .whole] {
      var scanner = RuleScanner(set, enabled: [0], mode: mode)
      for _ in 0..<3 { #expect(scan(&scanner, "ab").count == 1) }
      #expect(scan(&scanner, "abab") == [])
    }
  }

  @Test func `vectorscan#402: no match is lost at any edge of chunk or buffer`() throws {
    let set = RuleSet(rules: [try makeRule("ab[xy]c"), try makeRule("(?<=b)[xy]c")])
    for pad in 0..<300 {
      let text = String(repeating: "a", count: pad) + "abxc" + String(repeating: "b", count: pad)
      for mode in [RuleScanMode.stream, .whole] {
        #expect(scan(set, text, mode).map { $0.start } == [pad, pad + 2], "pad \(pad)")
      }
    }
  }

  @Test func `PCRE2#867: a failed start gives way to a later one inside its text`() throws {
    #expect(finds(try makeRule("1234|3789"), "ABC1237890") == ["3789"])
    #expect(finds(try makeRule("aaab|ab"), "aaaac aaab") == ["aaab"])
    #expect(finds(try makeRule("a{4}c|aab"), "aaab") == ["aab"])
  }

  @Test func `shared sets run on many threads`() async throws {
    let set = RuleSet(rules: [try makeRule(#"\d{3}"#), try makeRule("[ab]c")])
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { scan(set, String(repeating: "123ac", count: 200), .stream).count }
      }
      for await count in group { #expect(count == 400) }
    }
  }
}
