import Filtering
import Testing

/// A lexicon of one risk from lines of a keyword file.
func engine(_ lines: String...) throws -> FilterEngine {
  let text =
    "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n\n" + lines.joined(separator: "\n") + "\n"
  return try FilterEngine(files: [("test.txt", Array(text.utf8))])
}

/// The texts of a text's findings, in order.
func found(_ engine: FilterEngine, _ text: String, _ policy: Policy = Policy()) -> [String] {
  let bytes = Array(text.utf8)
  return engine.findings(in: bytes.span, policy: policy).map {
    String(decoding: bytes[$0.range], as: UTF8.self)
  }
}

@Suite struct SemanticsTests {
  @Test func `terms are found folded`() throws {
    let engine = try engine("法币交易", "buy drugs", "k粉", "straße")
    #expect(found(engine, "这是法幣交易。") == ["法幣交易"])
    #expect(found(engine, "法*币--交 易") == ["法*币--交 易"])
    #expect(found(engine, "法****币交易") == [])
    #expect(found(engine, "法\u{200B}币交易") == ["法\u{200B}币交易"])
    #expect(found(engine, "Buy  Drugs now") == ["Buy  Drugs"])
    #expect(found(engine, "buydrugs") == [])
    #expect(found(engine, "买Ｋ粉吧") == ["Ｋ粉"])
    #expect(found(engine, "STRASSE strasse") == ["STRASSE", "strasse"])
    #expect(found(engine, "mk粉") == [])
  }

  @Test func `exceptions clear their own occurrence only`() throws {
    let engine = try engine("大麻 | except=大麻烦/大麻花", "路口交 | except=路口交通")
    #expect(found(engine, "大麻烦") == [])
    #expect(found(engine, "大麻烦和大麻") == ["大麻"])
    #expect(found(engine, "大 麻 烦") == [])
    #expect(found(engine, "大麻 烦") == ["大麻"])
    #expect(found(engine, "路口交通") == [])
    #expect(found(engine, "大麻") == ["大麻"])
  }

  @Test func `clause marks and spelling`() throws {
    let engine = try engine("法轮转", "word", "a1b")
    #expect(found(engine, "法，轮，转") == ["法，轮，转"])
    #expect(found(engine, "法，轮、转") == [])
    #expect(found(engine, "w-o-r-d!") == ["w-o-r-d"])
    #expect(found(engine, "w.o.r.d.") == ["w.o.r.d"])
    #expect(found(engine, "w-o-r-d-s") == [])
    #expect(found(engine, "sword words word") == ["word"])
    #expect(found(engine, "x w o r d") == [])
    #expect(found(engine, "去 w o r d 吧") == ["w o r d"])
  }

  @Test func `a joiner joins what follows it and not the full stop before it`() throws {
    let engine = try engine("一株发")
    let strict = Policy(noiseLimit: 0)
    #expect(found(engine, "一株.\u{200D}发", strict) == [])
    #expect(found(engine, "一株\u{200D}.发", strict) == ["一株\u{200D}.发"])
    #expect(found(engine, "一株.\u{200D}.发", Policy(noiseLimit: 1)) == ["一株.\u{200D}.发"])
  }

  @Test func `a spelled word stands before what ends it`() throws {
    let engine = try engine("& ssss + 麻 | within=1 | boundary=none")
    #expect(found(engine, "s.s.s.s麻") == ["麻"])
    #expect(found(engine, "麻s.s.s.s") == ["s.s.s.s"])
  }

  @Test func `combinations`() throws {
    let engine = try engine(
      "{buy} = 买 / 购买 / 求购", "{gun} = 枪!枪手 / 手枪", "& {buy} + {gun} | within=5 | without=警方")
    #expect(found(engine, "我想买一把手枪") == ["手枪", "枪"])
    #expect(found(engine, "枪哪里买") == ["买"])
    #expect(found(engine, "买枪手") == [])
    #expect(found(engine, "警方：买枪") == [])
    #expect(found(engine, "买。枪") == [])
    #expect(found(engine, "买一二三四五六枪") == [])
  }

  @Test func `numbers and boundaries`() throws {
    let engine = try engine("695", "sm", "弹药")
    #expect(found(engine, "1,695 695 695.5 a695 695。") == ["695", "695"])
    #expect(found(engine, "smoking SM俱乐部") == ["SM"])
    #expect(found(engine, "a弹药b") == ["弹药"])
  }

  @Test func `regex rules`() throws {
    let engine = try engine(#"~ 加[vq]\d{6,12}"#)
    #expect(found(engine, "请加V12345678哦") == ["加V12345678"])
  }
}

@Suite struct OracleFindingTests {
  @Test func `an ill-formed byte ends no sentence`() throws {
    let engine = try engine("& 发 + b | within=4")
    let bytes: [UInt8] = [0x62, 0x80, 0xE9, 0xAB, 0xAE]
    #expect(engine.findings(in: bytes.span).map(\.range) == [2..<5])
  }

  @Test func `a flag after a joiner is one piece of noise`() throws {
    let engine = try engine("赌博")
    let policy = Policy(noiseLimit: 0)
    #expect(found(engine, "赌\u{200D}🇨🇳博", policy).count == 1)
  }
}

@Suite struct RuleFindingTests {
  @Test func `a rule finds one scalar once`() throws {
    #expect(found(try engine("~ s"), "ß") == ["ß"])
  }

  @Test func `NUL can stand between spelled letters`() throws {
    #expect(found(try engine("sSss"), "s\0S\0s\0s").count == 1)
  }
}
