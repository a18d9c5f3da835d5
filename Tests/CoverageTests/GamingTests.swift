import Coverage
import Lexicons
import Testing

/// Ways in which libraries are blown up; none of them counts.
@Suite struct GamingTests {
  private func effective(_ terms: [String]) throws -> Int {
    try check(["A.1.f": terms.joined(separator: "\n")]).total.effective
  }

  @Test func `variants of width, case, script, marks and blanks count once`() throws {
    let variants = [
      "買賣Guns彈藥", "买卖guns弹药", "买卖ＧＵＮＳ弹药", "買賣 guns 彈藥", "买*卖guns弹-药", "买卖𝐠𝐮𝐧𝐬弹药",
      "买\u{200B}卖guns弹药", "买卖gúns弹药", "买卖gunѕ弹药",
    ]
    #expect(try effective(variants) == 1)
  }

  @Test func `a suffix or prefix on a term counts nothing`() throws {
    let particles = ["了", "啊", "的", "吧", "吗", "呢", "群", "网", "1", "！a"]
    #expect(try effective(["雇凶杀人"] + particles.map { "雇凶杀人" + $0 }) == 1)
    #expect(try effective(["雇凶杀人"] + particles.map { $0.suffix(1) + "雇凶杀人" }) == 1)
  }

  @Test func `numbered copies count five at most`() throws {
    #expect(try effective((100...400).map { "枪手\($0)" }) <= 15)
    #expect(try effective((100...140).map { "枪手\($0)号房" }) == 5)
  }

  @Test func `spelled-out letters count nothing beside the word`() throws {
    #expect(
      try effective(["fentanyl", "f-e-n-t-a-n-y-l", "f.e.n.t.a.n.y.l", "f e n t a n y l"]) == 1)
  }

  @Test func `one class cannot stand in for the others`() throws {
    let report = try check(["A.1.f": distinctTerms(10_000 / 4).joined(separator: "\n")])
    #expect(report.total.effective == 2_500)
    #expect(!report.passes)
    #expect(report.risks.count { $0.count.passes } == 1)
  }

  @Test func `the same term in every file counts for the first`() throws {
    let terms = distinctTerms(120).joined(separator: "\n")
    var files: [String: String] = [:]
    for risk in Risk.counted { files[risk.id] = terms }
    let report = try check(files)
    #expect(report.total.effective == 120)
    #expect(report.effective("A.1.a") == 120)
    #expect(report.problems.count == 16 * 120)
  }

  @Test func `terms that are filed under a risk without a floor do not fill the total`() throws {
    let report = try check(["A.4.e": distinctTerms(200).joined(separator: "\n")])
    #expect(report.total.effective == 0)
  }

  @Test func `sets and combinations count nothing`() throws {
    let words = distinctTerms(50).joined(separator: " / ")
    let report = try check(["A.1.f": "{many} = \(words)\n& {many} + 出售/收购"])
    #expect(report.total.effective == 0)
    #expect(report.problems.isEmpty)
  }
}
