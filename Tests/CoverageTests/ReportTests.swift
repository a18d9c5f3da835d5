import Commands
import Coverage
import Filtering
import Foundation
import Lexicons
import Testing

@Suite struct ReportTests {
  private func object(_ value: JSONValue) throws -> [String: Any] {
    let data = Data(value.line)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `coverage writes exactly the keys that are promised`() throws {
    let json = try object(try check("雇凶杀人", "雇凶杀人", "抢").json)
    #expect(Set(json.keys) == ["pass", "total", "risks", "problems"])
    #expect(json["pass"] as? Bool == false)
    let total = try #require(json["total"] as? [String: Int])
    #expect(total == ["effective": 1, "required": 10_000])
    let risks = try #require(json["risks"] as? [[String: Any]])
    #expect(risks.count == 17)
    for risk in risks {
      #expect(Set(risk.keys) == ["id", "name", "entries", "effective", "required", "pass"])
    }
    #expect(risks[5]["id"] as? String == "A.1.f")
    #expect(risks[5]["name"] as? String == "宣扬暴力、淫秽色情")
    #expect(risks[5]["entries"] as? Int == 2)
    let problems = try #require(json["problems"] as? [[String: Any]])
    #expect(problems.map { $0["kind"] as? String } == ["duplicate", "short"])
    #expect(problems.map { $0["line"] as? Int } == [5, 6])
    #expect(problems[0]["file"] as? String == "A.1.f.txt")
    #expect(problems[0]["term"] as? String == "雇凶杀人")
    #expect(Set(problems[0].keys) == ["kind", "file", "line", "term", "detail"])
  }

  @Test func `bars and names stand in columns on a terminal`() throws {
    let report = try check(["A.1.f": "雇凶杀人", "A.2.i": "约架地点"])
    let text = report.text(style: Style(isColoured: false), limit: 10)
    let bars = text.split(separator: "\n").filter { $0.contains("░") }
    #expect(bars.count == 18)
    let starts = bars.compactMap { line in
      line.firstIndex { $0 == "░" || $0 == "█" }.map { DisplayWidth.of(line[..<$0]) }
    }
    #expect(Set(starts).count == 1)
    #expect(text.contains("0 of 17 risks"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `problems beyond the limit are counted, not listed`() throws {
    let report = try check(["A.1.f": (1...20).map { "\($0)" }.joined(separator: "\n")])
    let some = report.text(style: Style(isColoured: false), limit: 10)
    #expect(some.contains("short: 20"))
    #expect(some.contains("… and 10 more"))
    let all = report.text(style: Style(isColoured: false), limit: nil)
    #expect(all.contains("A.1.f.txt:23 20:"))
  }

  @Test(arguments: [
    ("abc", 3), ("关键词", 6), ("ａ", 2), ("é", 1), ("e\u{301}", 1), ("🙂", 2), ("한", 2), ("…", 1),
    ("カ", 2), ("，", 2), ("█", 1),
  ])
  func `wide characters take two columns`(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
    #expect(DisplayWidth.of(DisplayWidth.padded(text, to: 8)) == 8)
    #expect(DisplayWidth.of(DisplayWidth.padded(text + text + text + "中中", to: 5)) == 5)
  }
}

@Suite struct EvaluationRowReaderTests {
  private func read(
    _ line: String, _ form: EvaluationRowReader.Form = .labelled
  ) throws -> EvaluationRow? {
    try EvaluationRowReader(form).row(Array(line.utf8), file: "f.jsonl", number: 7)
  }

  @Test func `a row has a text, what is expected, and labels`() throws {
    let row = try #require(
      try read(
        #"{"source": "s", "text": "买\u5356\n枪", "expected": "intercept", "risk": "A.1.h", "kind": null}"#
      ))
    #expect(String(decoding: row.text, as: UTF8.self) == "买卖\n枪")
    #expect(row.isHarmful && !row.isBenign)
    #expect(row.risk == .otherProhibited)
    #expect(row.source == "s")
    #expect(row.kind == nil)
    #expect(row.line == 7)
    #expect(try read("  ") == nil)
  }

  @Test(arguments: [
    (#"{"text": "a"}"#, "expected"), (#"{"expected": "pass"}"#, "text"),
    (#"{"text": 3, "expected": "pass"}"#, "no string"),
    (#"{"text": "a", "expected": "block"}"#, "must be"),
    (#"{"text": "a", "expected": "pass", "risk": "A.9"}"#, "no risk"),
    ("plain text", "--benign"),
  ])
  func `a line that is no row is refused with the reason`(_ line: String, _ word: String) {
    do {
      _ = try read(line)
      Issue.record("accepted: \(line)")
    } catch {
      #expect((error as? EvaluationRowReader.Problem)?.reason.contains(word) == true)
    }
  }

  @Test func `ordinary text may be plain lines or rows without a label`() throws {
    #expect(try read("今天天气好", .benign)?.isBenign == true)
    #expect(try read(#"{"text": "今天"}"#, .labelledOrBenign)?.isBenign == true)
    #expect(
      try read(#"{"text": "今天", "expected": "pass"}"#, .labelledOrBenign)?.isBenign == false)
  }
}
