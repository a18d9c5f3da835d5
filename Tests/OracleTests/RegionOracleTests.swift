import Filtering
import TestSupport
import Testing

/// Long texts, which go through the prefilter or a probe, against streams, which do not.
@Suite struct RegionOracleTests {
  private static let fillers = [
    "这里的天气很好。", "今天下午我们去看了一场展览，", "a quiet afternoon by the lake. ", "\n", "\r\n", "。",
    "他说：“没有关系”！", "  ", "\u{2029}", "１２３４", "價錢",
  ]

  @Test func `long texts have the findings of their streams`() throws {
    let characters = try SharedOracle.characters.get()
    var (filtered, probed) = (0, 0)
    var found = 0
    for seed in 3_000_000..<UInt64(3_000_000 + 400 * StreamOracleTests.scale) {
      var random = SplitMix64(seed: seed)
      let alphabet = Alphabet(&random)
      let generator = LexiconGenerator(alphabet: alphabet, shape: LexiconShape())
      guard let lexicon = SharedOracle.lexicon(generator, &random, characters) else { continue }
      let statistics = lexicon.engine.engine.statistics
      if statistics.kernel != "automaton" {
        filtered += 1
      } else if statistics.sets > 0 {
        probed += 1
      } else {
        continue
      }
      let writer = TextGenerator(alphabet: alphabet, literals: lexicon.literals)
      for density in [3, 30, 200] {
        var bytes: [UInt8] = []
        while bytes.count < 20_000 {
          if random.oneIn(density) { bytes += writer.text(&random, fragments: 1...4) }
          bytes += random.pick(Self.fillers).utf8
        }
        let policy = generator.policy(&random)
        let whole = lexicon.engine.findings(in: bytes, policy)
        let stream = StreamRun(lexicon.engine, policy, .pass, bytes, cuts: [])
        found += whole.count
        let (lost, new) = (
          Set(stream.findings).subtracting(whole), Set(whole).subtracting(stream.findings)
        )
        let context = lost.union(new).first.map { finding in
          let from = max(finding.range.lowerBound - 60, 0)
          let to = min(finding.range.upperBound + 60, bytes.count)
          return String(decoding: bytes[from..<to], as: UTF8.self).debugDescription
        }
        #expect(
          lost.isEmpty && new.isEmpty,
          "seed \(seed): lost \(lost), new \(new) in \(context ?? "") of \(lexicon.items.map(\.line))"
        )
        if !lost.isEmpty || !new.isEmpty { return }
      }
    }
    #expect(filtered >= 40 && probed >= 40 && found > 1_000)
  }

  @Test func `gaps of too many invisible characters are found wherever they lie`() throws {
    let text = "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n法轮转\nbuy drugs\n"
    let engine = try FilterEngine(files: [("A.1.h-test.txt", Array(text.utf8))])
    // Invisible characters alone, with noise that counts, and with noise that joiners make part of
    // an emoji.
    let gaps = [
      [String](repeating: "\u{AD}", count: 33), [String](repeating: "\u{200B}", count: 33),
      (1...33).map { $0 % 9 == 0 ? "\u{AD}*" : "\u{AD}" },
      [String](repeating: "\u{200D}*", count: 33), [String](repeating: "\u{200D} ", count: 32),
      [String](repeating: "\u{200D}😀", count: 34),
    ].map { $0.joined() }
    for (index, gap) in gaps.enumerated() {
      for offset in 0..<70 {
        let filler = String(repeating: "这里的天气很好", count: 80)
        let bytes = Array(
          (filler + String(repeating: "a", count: offset) + "法\(gap)轮转" + filler).utf8)
        let whole = engine.findings(in: bytes.span).map(\.range)
        let ranges = engine.streamedRanges(in: bytes)
        #expect(ranges == whole, "gap \(index) at \(offset)")
        #expect(!whole.isEmpty, "gap \(index) at \(offset)")
        if ranges != whole { return }
      }
    }
  }

  @Test func `all words that stand before the rarest one count`() throws {
    let text = "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n& 我/的 + 不/在 + 人/他\n"
    let engine = try FilterEngine(files: [("A.1.h-test.txt", Array(text.utf8))])
    // Words as frequent as these leave nothing to a prefilter.
    #expect(engine.statistics.kernel == "automaton")
    let filler = String(repeating: "天气很好。", count: 200)
    for words in ["我在人", "我人在", "在我人", "在人我", "人我在", "人在我", "我我在在人人"] {
      let bytes = Array("\(filler)\(words)。\(filler)".utf8)
      let whole = engine.findings(in: bytes.span).map(\.range)
      #expect(!whole.isEmpty && whole == engine.streamedRanges(in: bytes), "\(words)")
    }
    // No sentence has all three.
    let apart = Array("\(filler)我在。人我。在人。\(filler)".utf8)
    #expect(engine.findings(in: apart.span).isEmpty)
  }
}
