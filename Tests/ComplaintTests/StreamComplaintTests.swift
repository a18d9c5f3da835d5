import Filtering
import Lexicons
import Testing

/// What users of other filters complained about in streams.
@Suite struct StreamComplaintTests {
  // BerriAI/litellm#41611, higress-group/higress-standalone#204, NVIDIA/OpenShell#2763
  @Test func `a word split over two chunks is caught`() throws {
    let engine = try makeEngine("买卖枪支", "buy guns")
    for text in ["他想买卖枪支吧", "he will buy guns now"] {
      let whole = masked(engine, text)
      #expect(whole.contains("****"))
      for size in 1...text.utf8.count { #expect(streamed(engine, text, size: size).text == whole) }
    }
  }

  // mastra-ai/mastra#21049, #23783
  @Test func `what is detected was not sent already`() throws {
    let engine = try makeEngine("买卖枪支")
    var stream = engine.stream(blockHandling: .stop)
    var sink = StreamCollector()
    for byte in Array("我们去买卖枪支".utf8) {
      let chunk = [byte]
      stream.push(chunk.span, to: &sink)
      #expect("我们去".utf8.starts(with: sink.released))
    }
    #expect(sink.events.contains { if case .blocked(9, _) = $0 { true } else { false } })
  }

  // mastra-ai/mastra#21050, elizaOS/eliza#15348
  @Test func `a rule without a bound is refused and a long match does not leak`() throws {
    #expect(throws: FilterError.self) { try makeEngine("~ sk-ant-[a-z0-9]{10,}") }
    let engine = try makeEngine("~ sk-ant-[a-z0-9]{10,300}")
    let key = "sk-ant-" + String(repeating: "a1b2c3", count: 45)
    let mask = String(repeating: "*", count: key.count)
    for size in [1, 3, 64, 127, 128, 129, 500] {
      #expect(streamed(engine, "key: \(key) ok", size: size).text == "key: \(mask) ok")
    }
  }

  // managoat/fountain#2364
  @Test func `chains of overlapping words do not pile up`() throws {
    let engine = try makeEngine("甲乙丙丁戊己庚甲乙丙", "丁戊己庚甲乙丙丁戊")
    var stream = engine.stream(blockHandling: .mask)
    var sink = StreamCollector()
    var most = 0
    for _ in 0..<2_000 {
      let chunk = Array("甲乙丙丁戊己庚".utf8)
      stream.push(chunk.span, to: &sink)
      most = max(most, stream.heldCount)
    }
    let bound = stream.holdbackBound
    #expect(most <= bound)
    #expect(most <= 60)
    stream.finish(to: &sink)
    // The last two characters are in no match.
    let output = String(decoding: sink.released, as: UTF8.self)
    #expect(output == String(repeating: "*", count: 2_000 * 7 - 2) + "己庚")
  }

  // api7/aisix#204, #466; langchain-ai/langchain#35011
  @Test func `a stream finds what the whole text has`() throws {
    let engine = try makeEngine("买卖枪支", "大麻 | except=大麻烦", "~ 加[vq]\\d{6}", "& 买/卖 + 枪")
    let text = "大麻烦，加v123456买枪，买卖枪支，大麻"
    let bytes = Array(text.utf8)
    let whole = Set(engine.findings(in: bytes.span).map(\.range))
    for size in 1...9 {
      let ranges = streamed(engine, text, size: size, .pass).events.compactMap { event in
        if case .finding(let finding) = event { finding.range } else { nil }
      }
      #expect(Set(ranges) == whole)
    }
  }

  // BerriAI/litellm#31389, #39386; guardrails-ai buffers Chinese text, which has no ". ", to its end
  @Test func `text is released at once and not at sentence ends`() throws {
    let engine = try makeEngine("买卖枪支", "出售手枪")
    var stream = engine.stream()
    var sink = StreamCollector()
    for _ in 0..<500 {
      let chunk = Array("天气很好我们一起出去走走".utf8)
      stream.push(chunk.span, to: &sink)
      let held = stream.heldCount
      #expect(held == 0)
    }
    stream.finish(to: &sink)
  }

  // VectorCamp/vectorscan#402, #358, #382; BurntSushi/aho-corasick#164; PCRE2Project/pcre2#867
  @Test func `overlapping matches and rules do not depend on the cut`() throws {
    let engine = try makeEngine("甲乙", "乙丙", "甲乙丙", "~ a(?=b)b{1,3}", "~ (?<!x)yz")
    let text = "甲乙丙 abbb xyz yz 甲乙甲乙丙"
    let whole = streamed(engine, text, size: 1_000, .pass).events
    #expect(whole.count == 9)
    for size in 1...12 {
      #expect(Set(streamed(engine, text, size: size, .pass).events) == Set(whole))
    }
  }

  // vllm-project/vllm#51641, #45636, #53066
  @Test func `markup passes byte for byte, and offsets are those of the source`() throws {
    let engine = try makeEngine("思考 | action=mask", "think tank | action=mask")
    let text = "<think>思\u{200B}考</think>\r\n{\"a\":\"思考\"}"
    let expected = "<think>***</think>\r\n{\"a\":\"**\"}"
    for size in 1...7 {
      let (output, events) = streamed(engine, text, size: size)
      #expect(output == expected)
      let bytes = Array(text.utf8)
      for case .finding(let finding) in events {
        let match = String(decoding: bytes[finding.range], as: UTF8.self)
        #expect(match == "思\u{200B}考" || match == "思考")
      }
    }
  }

  // api7/aisix#760
  @Test func `an entry that is only monitored never blocks`() throws {
    let engine = try makeEngine("买卖枪支 | action=review", "大麻 | action=tag")
    let (text, events) = streamed(engine, "买卖枪支和大麻", size: 2, .stop)
    #expect(text == "买卖枪支和大麻")
    #expect(events.count == 2)
    #expect(engine.verdict(of: "买卖枪支").decision == .review)
    #expect(engine.verdict(of: "大麻").decision == .pass)
  }

  // langgenius/dify#2034
  @Test func `a blank line matches nothing and the refusal is not filtered`() throws {
    let engine = try makeEngine("", "   ", "抱歉", "")
    #expect(found(engine, "") == [])
    #expect(found(engine, "天气很好\n\n") == [])
    let events = streamed(engine, "抱歉", size: 3, .stop).events
    #expect(events.last == .blocked(offset: 0, refusal: Policy.defaultRefusal))
    #expect(Policy.defaultRefusal.contains("抱歉"))
  }
}
