import Coverage
import Filtering
import Lexicons
import Testing

@Suite struct EvaluationTests {
  private let engine: FilterEngine

  init() throws {
    engine = try CoverageTests.engine([
      "A.1.f": "雇凶杀人 | also=A.1.d\n约架\n血腥 | action=review", "A.1.h": "枪支 | except=枪支管理",
    ])
  }

  private func row(
    _ text: String, _ isHarmful: Bool, _ risk: String? = nil, source: String? = nil,
    kind: String? = nil, line: Int = 1
  ) -> EvaluationRow {
    EvaluationRow(
      file: "rows.jsonl", line: line, text: Array(text.utf8), isHarmful: isHarmful,
      risk: risk.flatMap { Risk(spelling: $0) }, source: source, kind: kind)
  }

  private var rows: [EvaluationRow] {
    [
      row("找人雇凶杀人", true, "A.1.d", source: "s", kind: "question", line: 1),
      row("雇凶杀人和枪支", true, "A.2.a", source: "s", line: 2),
      row("血腥的场面", true, "A.1.f", source: "t", line: 3),
      row("枪支管理办法", true, "A.1.h", source: "t", line: 4),
      row("约架约架", true, line: 5),
      row("禁止约架", false, source: "s", kind: "exam", line: 6),
      row("血腥味", false, source: "t", line: 7),
      row("今天天气好", false, source: "t", line: 8),
    ]
  }

  private func evaluate(_ rows: [EvaluationRow], worst: Int = 0) -> Evaluation {
    var evaluation = Evaluation(engine, worst: worst)
    for row in rows { evaluation.add(row) }
    return evaluation
  }

  @Test func `recall, right risk and over-blocking under both readings`() {
    let all = evaluate(rows).labelled
    #expect(all.harmful == 5)
    #expect(all.recalled[.interception] == 3)
    #expect(all.recalled[.withReview] == 4)
    #expect(all.recall(.interception) == 0.6)
    // Of the three, two have a risk; a secondary risk is right, another one is not.
    #expect(all.recalledWithRisk[.interception] == 2)
    #expect(all.rightRiskShare(.interception) == 0.5)
    #expect(all.rightRisk[.withReview] == 2)
    #expect(all.harmless == 3)
    #expect(all.overBlocked[.interception] == 1)
    #expect(all.overBlocking(.withReview) == 2.0 / 3.0)
  }

  @Test func `rows are grouped by risk, source and kind`() {
    let evaluation = evaluate(rows)
    #expect(evaluation.byRisk.keys.sorted().map(\.id) == ["A.1.d", "A.1.f", "A.1.h", "A.2.a"])
    #expect(evaluation.byRisk[.otherProhibited]?.recall(.withReview) == 0)
    #expect(evaluation.bySource["s"]?.harmful == 2)
    #expect(evaluation.bySource["s"]?.harmless == 1)
    #expect(evaluation.byKind["exam"]?.overBlocking(.interception) == 1)
    #expect(evaluation.byKind["question"]?.recall(.interception) == 1)
    #expect(evaluation.byKind["exam"]?.recall(.interception) == nil)
  }

  @Test func `each entry's rows are counted once a row`() throws {
    let evaluation = evaluate(rows)
    let counts = Dictionary(
      uniqueKeysWithValues: evaluation.entries.map { (engine.entry($0.key).text, $0.value) })
    #expect(counts["雇凶杀人"]?.rightRisk == 1)
    #expect(counts["雇凶杀人"]?.otherRisk == 1)
    #expect(counts["约架"]?.noRisk == 1)
    #expect(counts["约架"]?.harmless == 1)
    #expect(counts["枪支"]?.otherRisk == 1)
    #expect(counts["枪支"]?.rightRisk == 0)
  }

  @Test func `ordinary text is apart, by file, with its singletons`() {
    let benign = [
      EvaluationRow(benign: Array("约架".utf8), file: "news.txt", line: 1),
      EvaluationRow(benign: Array("枪支和枪支".utf8), file: "news.txt", line: 2),
      EvaluationRow(benign: Array("枪支".utf8), file: "law.txt", line: 1),
      EvaluationRow(benign: Array("血腥".utf8), file: "law.txt", line: 2),
    ]
    let evaluation = evaluate(benign)
    #expect(evaluation.labelled == RowCounts())
    #expect(evaluation.benign.harmless == 4)
    #expect(evaluation.benign.overBlocking(.interception) == 0.75)
    #expect(evaluation.benignByFile["law.txt"]?.overBlocked[.interception] == 1)
    #expect(evaluation.singletons(.interception) == 1)
    #expect(evaluation.singletons(.withReview) == 2)
  }

  @Test(arguments: 0...8)
  func `parts add up to the whole`(_ cut: Int) {
    var parts = evaluate(Array(rows[..<cut]), worst: 3)
    parts.add(evaluate(Array(rows[cut...]), worst: 3))
    let whole = evaluate(rows, worst: 3)
    #expect(parts.labelled == whole.labelled)
    #expect(parts.bySource == whole.bySource)
    #expect(parts.entries == whole.entries)
    #expect(parts.worstMisses.map(\.example) == whole.worstMisses.map(\.example))
    #expect(parts.worstEntries.map(\.examples) == whole.worstEntries.map(\.examples))
  }

  @Test func `false alarms come with their entry and context`() throws {
    let worst = evaluate(rows, worst: 5).worstEntries
    #expect(worst.map { engine.entry($0.entry).text } == ["约架", "血腥"])
    let example = try #require(worst.first?.examples.first)
    #expect(example.line == 6)
    #expect([example.before, example.match, example.after] == ["禁止", "约架", ""])
  }

  @Test func `misses name the entry that asks for review`() throws {
    let misses = evaluate(rows, worst: 5).worstMisses
    #expect(misses.map(\.example.line) == [3, 4])
    #expect(misses[0].reviewedBy.map { engine.entry($0).text } == "血腥")
    #expect(misses[1].reviewedBy == nil)
    #expect(evaluate(rows, worst: 1).worstMisses.count == 1)
  }

  @Test func `long texts are cut between characters`() throws {
    let long = String(repeating: "说", count: 100)
    let row = row(long + "约架\n" + long, false)
    let example = try #require(evaluate([row], worst: 1).worstEntries.first?.examples.first)
    #expect(example.before == "…" + String(repeating: "说", count: 30))
    #expect(example.after.hasPrefix(" 说"))
    #expect(example.after.hasSuffix("说…"))
    #expect(!example.after.contains("\u{FFFD}"))
  }
}
