import CScan
import Matching
import Storage
import Testing

extension PrefilterKernelTests {
  @Test(arguments: kernels)
  func `a kernel says the same of chunks as the portable one`(_ kernel: String) throws {
    guard isAvailable(kernel) else { return }
    let speller = PrefilterSpeller()
    var kinds: [ChunkAnswer.Kind: Int] = [:]
    for seed in 0..<40 as Range<UInt64> {
      var random = PrefilterRandom(seed: seed)
      let texts = Set(
        (0..<60).compactMap { _ in try? PatternText(speller.literal(&random, noise: 8)) })
      let patterns = texts.sorted { $0.symbols.lexicographicallyPrecedes($1.symbols) }
      let uses = patterns.map { _ in PatternUse(mask: 1 << random.pick([0, 1]), looseMask: 0) }
      var writer = DatabaseWriter()
      try AutomatonBuilder(patterns: patterns, uses: uses, others: []).write(to: &writer)
      Prefilter.write(
        patterns.map { PrefilterPattern(term: $0.symbols, isBounded: true) },
        folding: FolderFolding(), to: &writer)
      let bytes = writer.finish()
      let database = try Database(bytes.span)
      let (prefilter, automaton) = (try Prefilter(database), try AhoCorasick(database))
      for _ in 0..<300 {
        let test = ShortTest(
          prefilter, automaton, noiseLimit: random.pick([0, 1, 3, 8]),
          kinds: random.pick([1, .max]))
        var text = random.oneIn(2) ? random.plain(bytes: 200) : random.text(bytes: 200)
        if random.oneIn(2) { text += speller.spell(random.pick(patterns).symbols, &random) }
        let end = Int.random(in: 0...min(text.count - 1, 150), using: &random)
        let limit = min(ShortTest.limit, text.count - end)
        let count = Int.random(in: 1...limit, using: &random)
        let first = Int.random(in: max(end + count - ShortTest.limit, 0)...end, using: &random)
        let answers = [kernel, "portable"].map { kernel in
          Self.take(test, kernel, text, end: end, count: count, first: first)
        }
        kinds[answers[0].kind, default: 0] += 1
        guard answers[0] != answers[1] else { continue }
        Issue.record("seed \(seed): \(answers) of \(text[first..<end]), \(text[end..<end + count])")
        return
      }
    }
    #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 300 }, "\(kinds)")
  }

  /// What a chunk of a text shows behind as much of it as is near.
  private static func take(
    _ test: ShortTest, _ kernel: String, _ text: [UInt8], end: Int, count: Int, first: Int
  ) -> ChunkAnswer {
    defer { kw_select_kernel(nil) }
    #expect(kw_select_kernel(kernel) == 0)
    var near = [UInt8](repeating: 0xA5, count: NearBytes.count)
    for index in 0..<end { near[index] = text[index] }
    // A block of its own size, so that a checker of addresses sees any byte read beyond it.
    let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
    defer { chunk.deallocate() }
    for index in 0..<count { chunk[index] = text[end + index] }
    let answer = near.withUnsafeMutableBufferPointer { near in
      test.take(chunk.span, into: near.baseAddress!, end: end, first: first, isWhole: true)
    }
    #expect(Array(near[..<(end + count)]) == Array(text[..<(end + count)]))
    return answer
  }
}
