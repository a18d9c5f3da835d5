import Lexicons
import Testing

struct LexiconParserTests {
  @Test func `a term blocks unless its attributes say otherwise`() throws {
    let lexicon = try parse(
      """
      雇凶杀人
      大麻 | except=大麻烦/大麻花 | also=A.1.d, a1h | note=why not | added=2026-01-02
      k粉 | action=review | boundary=none
      替人卸条腿 | replace=某事
      """)
    let terms = lexicon.entries
    #expect(terms.count == 4)
    #expect(terms[0].kind == .term(Pattern("雇凶杀人")))
    #expect(terms[0].action == .block && terms[0].boundary == .word && terms[0].line == 4)
    #expect(terms[1].exceptions == ["大麻烦", "大麻花"])
    #expect(terms[1].secondaryRisks.risks == [.terrorism, .otherProhibited])
    #expect(terms[1].note == "why not" && terms[1].added?.description == "2026-01-02")
    #expect(terms[1].sourceText.hasPrefix("大麻 | except="))
    #expect(terms[2].action == .review && terms[2].boundary == .none)
    #expect(terms[3].action == .mask && terms[3].replacement == "某事")
    #expect(lexicon.location(of: terms[3]) == "f.txt:7")
  }

  @Test func `the header gives risk title and version`() throws {
    let lexicon = try parse("雇凶杀人")
    #expect(lexicon.sources.map(\.risk) == [.violenceAndObscenity])
    #expect(lexicon.sources.map(\.title) == ["宣扬暴力、淫秽色情"])
    #expect(lexicon.version?.description == "2026-11-22")
  }

  @Test func `comments blank lines CRLF and a byte order mark are accepted`() throws {
    let text = "\u{FEFF}\(head)# comment\n\n   \n## Act: x\n雇凶杀人 \n"
    let lexicon = try parse(files: ["f.txt": text.replacing("\n", with: "\r\n")])
    #expect(lexicon.entries.map(\.sourceText) == ["雇凶杀人"])
    #expect(lexicon.entries.map(\.line) == [8])
  }

  @Test func `escapes make marks literal`() throws {
    let lexicon = try parse(
      #"""
      a \| b\\c
      title\: x
      \#tag甲 | note=x
      """#.replacing(#"\#tag甲 | note=x"#, with: "c1\\#2"))
    #expect(
      lexicon.entries.map(\.kind) == ["a | b\\c", "title: x", "c1#2"].map { .term(Pattern($0)) })
  }

  @Test func `marks that need no escape are taken as they are`() throws {
    let lexicon = try parse("a/b!c\n1+1=2|3\nhttp://x")
    #expect(lexicon.entries.map(\.sourceText) == ["a/b!c", "1+1=2|3", "http://x"])
  }

  @Test func `a regex keeps its bars and backslashes`() throws {
    let lexicon = try parse(#"~ 加[vq]\d{6,12}(a|b) | from=literal | window=20 | action=mask"#)
    let regex = RegexSource(pattern: #"加[vq]\d{6,12}(a|b)"#, window: 20, isFromLiteral: true)
    #expect(lexicon.entries.map(\.kind) == [.regex(regex)])
    #expect(lexicon.entries.map(\.action) == [.mask])
  }

  @Test func `files are ordered by name whatever the order of reading`() throws {
    let files = [
      "b.txt": head + "甲乙\n丙丁", "a.txt": head + "戊己", "sets.txt": sharedHead + "{x} = 子 / 丑",
    ]
    let expected = try parse(files: files)
    #expect(expected.sources.map(\.name) == ["a.txt", "b.txt", "sets.txt"])
    #expect(expected.entries.map(\.sourceText) == ["戊己", "甲乙", "丙丁"])
    let pairs = files.map { (name: $0.key, bytes: Array($0.value.utf8)) }
    for order in [pairs.sorted { $0.name < $1.name }, pairs.sorted { $0.name > $1.name }] {
      #expect(try LexiconParser.parse(files: order) == expected)
    }
  }

  @Test func `the first of equal entries is kept and gains the risks of the others`() throws {
    let lexicon = try parse(files: [
      "a.txt": head + "甲乙\nHitman\n& 甲 + 乙 | within=3\n~ x[yz]",
      "b.txt": head.replacing("A.1.f", with: "A.1.d")
        + "hitman | action=review | also=A.1.f\n丙丁\n& 乙 + 甲 | within=3\n& 甲 + 乙\n~ x[yz]\nHITMAN",
    ])
    #expect(
      lexicon.entries.map(\.sourceText) == [
        "甲乙", "Hitman", "& 甲 + 乙 | within=3", "~ x[yz]", "丙丁", "& 甲 + 乙",
      ])
    #expect(lexicon.duplicates.map(\.kept) == [1, 2, 3, 1])
    #expect(lexicon.duplicates.map(\.dropped.line) == [4, 6, 8, 9])
    #expect(
      lexicon.entries.map(\.secondaryRisks.risks) == [
        [], [.terrorism], [.terrorism], [.terrorism], [], [],
      ])
    #expect(lexicon.entries[1].action == .block)
  }

  @Test func `terms that differ in case blanks and noise beside Han are equal`() throws {
    let lexicon = try parse("卖 zorb\n卖ZORB\n卖*zorb\nhit  man\nhit man\nhit-man\nhitman\n法 币")
    #expect(lexicon.entries.map(\.line) == [4, 7, 9, 10, 11])
    #expect(lexicon.duplicates.map(\.dropped.line) == [5, 6, 8])
  }

  @Test func `terms that fold to the same symbols are equal`() throws {
    let lexicon = try parse("買槍\n买枪\nＨＩＴＭＡＮ\nhitman\nh\u{200B}itman\n& 怎么/怎麽 + 买\n& 怎麼 + 買")
    #expect(lexicon.entries.map(\.line) == [4, 6, 9])
    #expect(lexicon.duplicates.map(\.dropped.line) == [5, 7, 8, 10])
    #expect(lexicon.sets.map(\.alternatives.count) == [1, 1])
    #expect(lexicon.entries[0].kind == .term(Pattern("買槍")))
  }

  @Test func `a term has at most 64 symbols after folding`() throws {
    let lexicon = try parse(String(repeating: "甲 *", count: 63) + "甲乙".prefix(1))
    #expect(lexicon.entries.count == 1)
    // ㋿ folds to two symbols.
    #expect(problems(String(repeating: "㋿", count: 33)).map(\.kind) == [.termTooLong])
  }

  @Test func `an exception may hold its term across noise`() throws {
    let lexicon = try parse(
      "法币 | except=法 币种\nass | except=ass hole\nass car | boundary=none | except=class cars")
    #expect(lexicon.entries.count == 3)
  }

  @Test func `ordered combinations differ by the order of their parts`() throws {
    let lexicon = try parse("& 甲 + 乙 | ordered\n& 乙 + 甲 | ordered\n& 甲 + 乙")
    #expect(lexicon.entries.count == 3)
  }
}
