import Coverage
import Filtering
import Lexicons
import Testing

@Suite struct CoverageRulesTests {
  @Test func `block and mask terms count, other actions and kinds do not`() throws {
    let report = try check(
      "雇凶杀人", "卸条胳膊 | action=mask", "买凶报复 | replace=…", "约架地点 | action=review",
      "打架视频 | action=tag", "& 买/求购 + 手枪/气枪", #"~ 加[vq]\d{6,12}"#)
    #expect(report.effective("A.1.f") == 3)
    #expect(report.risks.first { $0.risk.id == "A.1.f" }?.entries == 7)
    #expect(report.problems.isEmpty)
  }

  @Test func `all seventeen risks are reported, in order, with their floors`() throws {
    let report = try check("雇凶杀人")
    #expect(report.risks.map(\.risk) == Risk.counted)
    #expect(report.risks.prefix(8).allSatisfy { $0.count.required == 200 })
    #expect(report.risks.dropFirst(8).allSatisfy { $0.count.required == 100 })
    #expect(report.total == CoverageCount(effective: 1, required: 10_000))
    #expect(!report.passes)
  }

  @Test func `other risks are shown and not in the total`() throws {
    let report = try check(["A.1.f": "雇凶杀人", "A.3.a": "盗版资源打包\n破解软件出售"])
    #expect(report.effective("A.3.a") == 2)
    #expect(report.total.effective == 1)
    #expect(report.risks.count == 18)
    #expect(report.risks.last?.count == CoverageCount(effective: 2, required: 0))
    #expect(report.risks.last?.count.passes == true)
  }

  @Test func `of terms that fold alike the first counts, for its own risk`() throws {
    let report = try check(["A.1.f": "买卖枪支", "A.1.h": "買賣槍支\n买　卖-枪 支\n贩卖枪支"])
    #expect(report.effective("A.1.f") == 1)
    #expect(report.effective("A.1.h") == 1)
    #expect(report.places == ["duplicate 4", "duplicate 5"])
    #expect(report.problems.allSatisfy { $0.risk.id == "A.1.h" })
    #expect(report.problems.first?.detail.contains("买卖枪支 (A.1.f.txt:4)") == true)
  }

  @Test func `a term after its review twin does not count, and the report says why`() throws {
    let report = try check("买卖枪支 | action=review", "買賣槍支")
    #expect(report.effective("A.1.f") == 0)
    #expect(report.places == ["duplicate 5"])
    #expect(report.problems.first?.detail.contains("review") == true)
  }

  @Test func `secondary risks do not count`() throws {
    let report = try check("雇凶杀人 | also=A.1.d,A.1.h")
    #expect(report.total.effective == 1)
    #expect(report.effective("A.1.d") == 0)
  }

  @Test(arguments: [
    ("杀", 0), ("k粉", 0), ("3p", 0), ("abc", 0), ("ＡＢＣ", 0), ("1234", 0), ("约pao", 0),
    ("杀人", 1), ("drug", 1), ("k粉批", 1), ("a1b2c3d", 1), ("ab cd", 1),
  ])
  func `two Han characters or four Latin letters are needed`(_ term: String, _ count: Int) throws {
    let report = try check(term)
    #expect(report.effective("A.1.f") == count)
    #expect(report.places == (count == 0 ? ["short 4"] : []))
  }

  @Test func `letters of other alphabets are no Latin letters`() throws {
    #expect(try check("жщюя").places == ["short 4"])
    #expect(try check("straße").places == [])
  }

  @Test func `a term with a shorter one inside is subsumed`() throws {
    let report = try check("代办假证", "假证", "专业代办假证")
    #expect(report.places == ["subsumed 4", "subsumed 6"])
    #expect(report.problems.first?.detail == "假证 (A.1.f.txt:5) intercepts it already")
  }

  @Test func `a shorter term subsumes only where the engine finds it`() throws {
    #expect(try check("class action", "lass").places == [])
    #expect(try check("class action", "lass | boundary=none").places == ["subsumed 4"])
    #expect(try check("大麻烦制造者", "大麻 | except=大麻烦").places == [])
    #expect(try check("大麻花出售", "大麻 | except=大麻烦").places == ["subsumed 4"])
    #expect(try check("种植大麻", "大麻 | action=review").places == [])
    #expect(try check("种植大麻", "& 种植 + 大麻").places == [])
  }

  @Test func `what noise, marks and spelling let through subsumes as well`() throws {
    let report = try check("杀人放火", "杀，人，放，火", "d-r-u-g", "drug", "drug deal")
    #expect(report.places == ["subsumed 5", "subsumed 6", "subsumed 8"])
    #expect(report.effective("A.1.f") == 2)
  }

  @Test func `a term that is too short or of an uncounted risk subsumes all the same`() throws {
    let report = try check(["A.1.f": "杀\n杀人方法", "A.3.a": "盗版", "A.1.h": "盗版出售"])
    #expect(report.places == ["short 4", "subsumed 5", "subsumed 4"])
    #expect(report.total.effective == 0)
  }

  @Test func `a term that a scan does not report is unreachable`() throws {
    // Four noise characters are more than a scan skips, though the entry drops them.
    let report = try check("卖----枪人", "卖枪械")
    #expect(report.places == ["unreachable 4"])
    #expect(report.effective("A.1.f") == 1)
  }

  @Test func `a term has one problem, the first that applies`() throws {
    // 杀 is short; a longer duplicate of a subsumed term is a duplicate.
    let report = try check("杀", "杀人犯法", "殺人犯法")
    #expect(report.places == ["short 4", "subsumed 5", "duplicate 6"])
  }

  @Test func `a compiled library has the same report`() throws {
    let files: [(name: String, bytes: [UInt8])] = [
      (
        "A.1.f.txt",
        Array("risk: A.1.f\ntitle: t\nversion: 2026-01-01\n买卖枪支\n買賣槍支\n枪支\n".utf8)
      )
    ]
    let lexicon = try LexiconParser.parse(files: files)
    let blob = try FilterEngine.compile(lexicon)
    let report = CoverageChecker.check(try FilterEngine(database: blob.span))
    #expect(report == CoverageChecker.check(try FilterEngine(lexicon: lexicon)))
    #expect(report.places == ["subsumed 4", "duplicate 5"])
  }

  @Test func `a lexicon with twins that no parser dropped counts them once`() throws {
    var lexicon = try LexiconParser.parse(files: [
      (
        "A.1.f.txt",
        Array("risk: A.1.f\ntitle: t\nversion: 2026-01-01\n买卖枪支\n".utf8)
      )
    ])
    var twin = lexicon.entries[0]
    twin.risk = .otherProhibited
    twin.line = 5
    lexicon.entries.append(twin)
    let report = CoverageChecker.check(try FilterEngine(lexicon: lexicon))
    #expect(report.total.effective == 1)
    #expect(report.places == ["duplicate 5"])
  }
}
