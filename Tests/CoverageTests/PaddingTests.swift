import Coverage
import Folding
import Lexicons
import Testing

/// Whether an ideograph folds to itself.
func isStable(_ scalar: UInt32) -> Bool {
  let fold = Folder.fold(scalar)
  return fold.count == 1 && fold[0] == scalar && fold.kind == .symbol
}

@Suite struct PaddingTests {
  /// Terms that begin alike and end differently.
  private func sharingStart(_ start: String, _ count: Int) -> [String] {
    distinctTerms(count).map { start + $0 }
  }

  private func check(_ terms: [String], others: Int = 0) throws -> CoverageReport {
    let lines = terms + distinctTerms(others, from: 0x7000)
    return try CoverageTests.check(["A.1.f": lines.joined(separator: "\n")])
  }

  @Test func `five may share a beginning in a small risk, in file order`() throws {
    let report = try check(sharingStart("出售", 8))
    #expect(report.effective("A.1.f") == 5)
    #expect(report.places == ["padding 9", "padding 10", "padding 11"])
    #expect(
      report.problems.first?.detail
        == "8 terms of A.1.f begin with 出售; the first 5 are counted")
  }

  @Test func `five may share an end`() throws {
    let report = try check(distinctTerms(7).map { $0 + "出售" })
    #expect(report.effective("A.1.f") == 5)
    #expect(report.problems.first?.detail.contains("end with 出售") == true)
  }

  @Test func `five in a hundred may share a beginning in a large risk`() throws {
    let report = try check(sharingStart("出售", 20), others: 180)
    #expect(report.effective("A.1.f") == 190)
    #expect(report.problems.count == 10)
  }

  @Test func `latin terms share four letters, whatever stands between them`() throws {
    let words = ["abca", "bcdb", "cdec", "defd", "efge", "fghf", "ghig"]
    #expect(try check(words.map { "buy " + $0 }).effective("A.1.f") == 7)
    #expect(try check(words.map { "sell " + $0 }).effective("A.1.f") == 5)
    #expect(try check(words.map { "se-ll " + $0 }).effective("A.1.f") == 5)
  }

  @Test func `other characters before a shared edge do not hide it`() throws {
    let terms = (1...9).map { "\($0)号枪手" }
    #expect(try check(terms).effective("A.1.f") == 5)
    let latin = distinctTerms(8).map { "k粉" + $0 }
    #expect(try check(latin).effective("A.1.f") == 5)
    let letters = distinctTerms(8).map { "fentanyl" + $0 }
    #expect(try check(letters).effective("A.1.f") == 5)
  }

  @Test func `buckets are of one risk`() throws {
    let terms = sharingStart("出售", 10)
    let report = try CoverageTests.check([
      "A.1.f": terms.prefix(5).joined(separator: "\n"),
      "A.1.h": terms.suffix(5).joined(separator: "\n"),
    ])
    #expect(report.total.effective == 10)
  }

  @Test func `terms that other rules exclude take no place and do not raise the limit`() throws {
    // Five duplicates, five subsumed terms, five for review: then five that count.
    let terms = sharingStart("出售", 5)
    let first = distinctTerms(1, from: 0x8000)
    var lines = first + Array(repeating: first[0], count: 5)
    lines += distinctTerms(5, from: 0x6000).map { "出售" + first[0] + $0 }
    lines += distinctTerms(5, from: 0x6500).map { "出售" + $0 + " | action=review" }
    lines += terms
    let report = try CoverageTests.check(["A.1.f": lines.joined(separator: "\n")])
    #expect(report.effective("A.1.f") == 6)
    #expect(report.problems.count == 10)
    #expect(!report.problems.contains { $0.kind == .padding })
  }

  @Test func `a product of templates counts no more than its edges allow`() throws {
    let starts = distinctTerms(20).map { String($0.prefix(2)) }
    let ends = distinctTerms(20, from: 0x7000).map { String($0.prefix(2)) }
    let product = starts.flatMap { start in ends.map { start + $0 } }
    // 400 terms: 20 share each beginning and each end, which 5 % of 400 allows.
    #expect(try check(product).effective("A.1.f") == 400)
    // Half of it: 10 beginnings, of 20 terms each, of which 10 are allowed.
    #expect(try check(Array(product.prefix(200))).effective("A.1.f") == 100)
    // Three by thirty: only the first five of each beginning.
    let narrow = starts.prefix(3).flatMap { start in distinctTerms(30).map { start + $0 } }
    #expect(try check(narrow).effective("A.1.f") == 15)
  }
}
