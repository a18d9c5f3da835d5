import Filtering
import Lexicons
import Testing

/// What users of other filters complained about in matching.
@Suite struct MatchComplaintTests {
  // n8n-io/n8n#21795, openai/openai-guardrails-js#41, litellm#35984, #32089, maximhq/bifrost#6685
  @Test func `Chinese words need no word boundary`() throws {
    let engine = try makeEngine("枪支", "python")
    #expect(found(engine, "他在网上买卖枪支弹药") == ["枪支"])
    #expect(found(engine, "我用python写程序") == ["python"])
  }

  // QuantumNous/new-api#5802, chinabugotech/hutool#819, hailin0/sensitive-word-filter#3
  @Test func `longer innocent words are let be, their neighbours are not`() throws {
    let engine = try makeEngine("大麻 | except=大麻烦", "口交 | except=路口交通/口交代")
    #expect(found(engine, "他惹了大麻烦") == [])
    #expect(found(engine, "路口交通拥堵") == [])
    #expect(found(engine, "大麻烦在于他种大麻") == ["大麻"])
  }

  // houbb/sensitive-word#45, #59, #77, importcjj/sensitive#19, litellm#42681, new-api#5802
  @Test func `words inside longer words and numbers are not found`() throws {
    let engine = try makeEngine("sbu", "sb", "22", "69", "ass", "alt", "exec", "sm")
    for text in [
      "Disburse", "sbc", "22b", "695", "1,695", "69.5", "assistant", "alternative", "executive",
      "Smoking",
    ] {
      #expect(found(engine, text) == [], "\(text)")
    }
    #expect(found(engine, "他是sb吧") == ["sb"])
    #expect(found(engine, "69号") == ["69"])
  }

  // houbb/sensitive-word-admin#3
  @Test func `Chinese words touch letters freely`() throws {
    let engine = try makeEngine("弹药")
    #expect(found(engine, "a弹药b") == ["弹药"])
  }

  // houbb/sensitive-word#19, #76, #108, sealdice/sealdice-core#1532, shibing624/pycorrector#168
  @Test func `an exception wins wherever the word lies in it`() throws {
    let engine = try makeEngine("共产 | except=共产党", "黄片 | except=三黄片")
    #expect(found(engine, "中国共产党") == [])
    #expect(found(engine, "三黄片治上火") == [])
    #expect(found(engine, "看黄片") == ["黄片"])
    #expect(found(engine, "三 黄片") == ["黄片"])
    #expect(found(engine, "三 黄 片") == [])
  }

  // houbb/sensitive-word#136, #144, #65, andyzty/sensitivewd-filter#3
  @Test func `doubled letters are part of a word and are not swallowed`() throws {
    let engine = try makeEngine("asshole", "嘻嘻哈哈", "调情")
    #expect(found(engine, "you asshole") == ["asshole"])
    #expect(found(engine, "大家嘻嘻哈哈") == ["嘻嘻哈哈"])
    #expect(found(engine, "调情情") == ["调情"])
  }

  // toolgood/ToolGood.Words#82, #17, Blaspsoft/blasp#45, mastra-ai/mastra#24189
  @Test func `offsets are bytes of the source whatever folding changed`() throws {
    let engine = try makeEngine("法币", "strasse", "12")
    let text = "一\r\n法\u{200B}幣，STRAẞE½。tail"
    #expect(found(engine, text) == ["法\u{200B}幣"])
    #expect(found(engine, "一\r\nStraße，½。") == ["Straße", "½"])
    #expect(masked(engine, "一\r\n法\u{200B}幣，尾") == "一\r\n***，尾")
    #expect(masked(engine, "头ﬁ Straße尾巴") == "头ﬁ ******尾巴")
  }

  // houbb/sensitive-word#36, #44
  @Test func `options are given with each call`() throws {
    let engine = try makeEngine("法币 | action=mask")
    #expect(found(engine, "法  币", Policy(noiseLimit: 1)) == [])
    #expect(found(engine, "法  币", Policy(noiseLimit: 2)) == ["法  币"])
    let strict = Policy(actions: [.otherProhibited: .block])
    #expect(engine.verdict(of: "法币").decision == .mask)
    #expect(engine.verdict(of: "法币", policy: strict).decision == .block)
    let off = Policy(disabled: RiskSet(.otherProhibited))
    #expect(engine.verdict(of: "法币", policy: off).decision == .pass)
  }

  // toolgood/ToolGood.Words#122, new-api#5166, houbb/sensitive-word#36
  @Test func `each word has a replacement of its own, of any length`() throws {
    let engine = try makeEngine("法币 | replace=某种货币", "弹药 | replace=x", "枪 | action=mask")
    #expect(masked(engine, "法币、弹药、枪") == "某种货币、x、*")
  }

  // BerriAI/litellm#17517, #17687, #17386
  @Test func `every occurrence is masked`() throws {
    let engine = try makeEngine("弹药", "枪")
    #expect(masked(engine, "弹药枪弹药，枪 弹药") == "*****，* **")
  }

  // toolgood/ToolGood.Words#24, hankcs/AhoCorasickDoubleArrayTrie#37, houbb/sensitive-word#9
  @Test func `a report without overlaps keeps the longest`() throws {
    let engine = try makeEngine("枪", "手枪", "手枪子弹", "弹药")
    let verdict = engine.verdict(of: "手枪子弹药")
    #expect(verdict.findings.count == 4)
    #expect(verdict.leftmostLongest.map(\.range) == [0..<12])
  }

  // houbb/sensitive-word#24
  @Test func `combining marks hide nothing`() throws {
    let engine = try makeEngine("google")
    #expect(found(engine, "GO\u{337}O\u{337}GLE") == ["GO\u{337}O\u{337}GLE"])
  }

  // houbb/sensitive-word#117, #118
  @Test func `separators hide nothing`() throws {
    let engine = try makeEngine("五星红旗", "加微信123")
    #expect(found(engine, "五 星红旗") == ["五 星红旗"])
    #expect(found(engine, "五 星*红\u{3000}旗") == ["五 星*红\u{3000}旗"])
    #expect(found(engine, "加-微-信-123") == ["加-微-信-123"])
  }

  // civitai/civitai#2719, NVIDIA-NeMo/Guardrails#2271, litellm#22148
  @Test func `a rule that backtracks without end is a finding, not silence or a hang`() throws {
    let engine = try makeEngine("~ (?:a{1,30}){1,30}b | window=60")
    let clock = ContinuousClock()
    let text = String(repeating: "a", count: 200)
    var causes: [Finding.Cause] = []
    let time = clock.measure {
      let bytes = Array(text.utf8)
      causes = engine.findings(in: bytes.span).map(\.cause)
    }
    #expect(time < .seconds(10))
    #expect(causes.contains(.ruleLimit(0)))
  }

  // vfarcic/dot-agent-deck#810
  @Test func `a further term removes no redaction`() throws {
    let text = "手枪子弹药"
    let few = Set(found(try makeEngine("枪子", "弹药"), text))
    let more = Set(found(try makeEngine("枪子", "弹药", "手枪子弹", "子弹药"), text))
    #expect(few.isSubset(of: more))
    #expect(few.count == 2)
  }
}
