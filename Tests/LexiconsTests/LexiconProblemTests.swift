import Lexicons
import Testing

struct LexiconProblemTests {
  /// A line, the kind of its problem, its column, and a part of the message.
  static let lines: [(String, LexiconProblem.Kind, Int?, String)] = [
    ("甲乙 | ation=mask", .unknownAttribute, 6, "did you mean 'action'"),
    ("甲乙 |", .unknownAttribute, 5, "nothing stands after"),
    ("甲乙 ｜ action=mask", .unknownAttribute, 1, "full-width"),
    ("甲乙 | within=3", .misplacedAttribute, 6, "belongs to a combination"),
    ("甲乙 | window=3", .misplacedAttribute, 6, "belongs to a regex"),
    ("甲乙 | note=a | note=b", .duplicateAttribute, 15, "twice"),
    ("甲乙 | note=", .badValue, 11, "no value"),
    ("& 甲 + 乙 | ordered=yes", .badValue, 19, "without a value"),
    ("甲乙 | boundary=maybe", .badValue, 15, "'none' or 'word'"),
    ("~ x | from=start", .badValue, 12, "from=literal"),
    ("甲乙 | replace=x | action=block", .badValue, 6, "mask"),
    ("甲乙 | action=blok", .unknownAction, 13, "did you mean 'block'"),
    ("甲乙 | also=A.9.z", .unknownRisk, 11, "A.1.a to A.5.b"),
    ("甲乙 | added=2026-02-30", .badDate, 12, "YYYY-MM-DD"),
    (" | note=x", .strayContinuation, 2, "no set stands above"),
    ("| note=x", .blankTerm, 1, "blank after folding"),
    ("~ ", .blankTerm, 1, "regex is blank"),
    ("& 甲 + 乙//丙", .blankTerm, 9, "blank"),
    (String(repeating: "甲", count: 65), .termTooLong, 1, "65 symbols"),
    ("，甲乙", .termEdgeIsNoise, 1, "begins"), ("甲乙!", .termEdgeIsNoise, 1, "ends"),
    ("*甲乙", .termEdgeIsNoise, 1, "begins"), ("hit man *", .termEdgeIsNoise, 1, "ends"),
    ("&甲 + 乙", .termEdgeIsNoise, 1, "a blank after '&'"),
    ("大麻 | except=大麻*", .termEdgeIsNoise, 13, "exception"),
    ("\u{200B}\u{200D}", .blankTerm, 1, "blank after folding"),
    ("ass | except=class", .exceptionNeverClears, 14, "never clear"),
    ("甲\\乙", .unknownEscape, 2, "backslash"),
    ("甲乙\\", .unknownEscape, 3, "backslash"),
    ("甲\t乙", .controlCharacter, 2, "a tab"),
    ("甲\u{1}乙", .controlCharacter, 2, "U+0001"),
    ("甲\u{85}乙", .controlCharacter, 2, "U+0085"),
    ("甲\r乙", .controlCharacter, 2, "U+000D"),
    ("大麻 | except=麻烦", .exceptionNeverClears, 13, "never clear"),
    ("大麻 | except=大麻", .exceptionSwallowsTerm, 13, "itself"),
    ("{x} = 枪!子弹", .exceptionNeverClears, 9, "never clear"),
    ("& 甲 + 乙 | except=丙丁", .exceptionNeverClears, 18, "no word of the combination"),
    ("{x} = ", .badSet, 1, "no words"),
    ("{X} = 甲", .badSet, 2, "a–z"),
    ("{x} 甲", .badSet, 1, "{name} ="),
    ("& {x + 乙", .badSet, 3, "stands alone"),
    ("{x} = 甲\n{x} = 乙", .duplicateSet, 1, "f.txt:4"),
    ("{guns} = 甲\n& {gun} + 乙", .unknownSet, 3, "did you mean {guns}"),
    ("{x} = {y}\n{y} = {x}", .setCycle, 7, "{x} → {y} → {x}"),
    ("{x} = 甲 / {x}", .setCycle, 11, "{x} → {x}"),
    ("& 甲", .combinationTooShort, 1, "at least two parts"),
    ("& 甲 + 乙 | within=1001", .outOfRange, 18, "0 to 1000"),
    ("& 甲 + 乙 | within=x", .outOfRange, 18, "0 to 1000"),
    ("~ x | window=0", .outOfRange, 14, "1 to 4096"),
    ("甲乙\nrisk: A.1.a", .misplacedHeader, 1, "head of the file"),
    ("auhtor: me", .unknownHeader, 1, "auhtor\\:"),
    ("title: again", .duplicateHeader, 1, "twice"),
  ]

  @Test(arguments: lines)
  func `a bad line is reported with its place`(
    line: String, kind: LexiconProblem.Kind, column: Int?, part: String
  ) throws {
    let found = problems(line)
    #expect(found.count == 1, "\(found)")
    let problem = try #require(found.first)
    #expect(problem.kind == kind && problem.column == column, "\(problem)")
    #expect(problem.message.contains(part), "\(problem)")
    #expect(problem.line >= 4 && problem.file == "f.txt")
  }

  @Test func `every bad line is reported at once in order`() {
    let body = Self.lines.map(\.0).filter {
      !$0.contains("\n") && !$0.hasPrefix("{") && !$0.hasPrefix("title") && !$0.hasPrefix("auh")
    }
    let found = problems("甲乙丙\n" + body.joined(separator: "\n甲乙丙\n"))
    #expect(found.map(\.line) == body.indices.map { 5 + 2 * $0 })
  }

  @Test func `a missing header is reported for each key`() {
    #expect(
      problems(["f.txt": Array("甲乙".utf8)]).map(\.kind) == [
        .missingHeader, .missingHeader, .missingHeader,
      ])
    #expect(problems(["sets.txt": []]).map(\.message).allSatisfy { !$0.contains("risk") })
    let bad = "risk: nothing\ntitle: x\nversion: 2026-2-2\n甲乙"
    #expect(problems(["f.txt": Array(bad.utf8)]).map(\.kind) == [.unknownRisk, .badDate])
  }

  @Test func `the shared file holds sets only`() {
    let text = sharedHead + "{x} = 甲\n甲乙\n& 甲 + 乙"
    #expect(
      problems(["sets.txt": Array(text.utf8)]).map(\.kind) == [
        .entryInSharedSets, .entryInSharedSets,
      ])
    let named = "risk: A.1.a\n" + sharedHead + "{x} = 甲"
    #expect(problems(["sets.txt": Array(named.utf8)]).map(\.kind) == [.misplacedHeader])
  }

  @Test func `a set of a risk file may not hide a shared one`() {
    let files = ["a.txt": head + "{x} = 甲\n甲乙", "sets.txt": sharedHead + "{x} = 乙"]
    let found = problems(files.mapValues { Array($0.utf8) })
    #expect(found.map(\.kind) == [.duplicateSet])
    #expect(found.first?.description.hasPrefix("a.txt:4:1: ") == true)
  }

  @Test func `continuations of a bad set are passed over`() {
    #expect(problems("{X} = 甲\n / 乙\n / 丙").map(\.kind) == [.badSet])
    #expect(problems("{x} = 甲\n 乙").map(\.kind) == [.strayContinuation])
    #expect(problems("{x} = 甲 /\n / 乙").map(\.kind) == [.strayContinuation])
    #expect(problems("{x} =\n 甲 / 乙 /\n 丙").isEmpty)
  }
}
