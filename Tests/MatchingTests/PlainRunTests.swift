import CScan
import Folding
import Matching
import Storage
import Testing

/// Each kernel's runs against the portable ones.
extension PrefilterKernelTests {
  @Test(arguments: kernels)
  func `a kernel reads the same runs as the portable one`(_ kernel: String) throws {
    guard isAvailable(kernel) else { return }
    let reader = try RunReader()
    for seed in 0..<4000 as Range<UInt64> {
      let text = RunReader.text(seed: seed)
      let expected = reader.runs("portable", text, seed: seed)
      let found = reader.runs(kernel, text, seed: seed)
      if found != expected {
        let index = zip(found, expected).prefix { $0 == $1 }.count
        Issue.record("seed \(seed): \(text), run \(index): \(found[index]), not \(expected[index])")
        return
      }
    }
  }

  @Test func `kinds and traits have the same numbers in C`() {
    let kinds: [ScalarKind: Int] = [
      .symbol: Int(KW_KIND_SYMBOL), .noise: Int(KW_KIND_NOISE), .whiteSpace: Int(KW_KIND_SPACE),
      .fullStop: Int(KW_KIND_STOP), .lineBreak: Int(KW_KIND_LINE),
      .sentenceMark: Int(KW_KIND_SENTENCE), .clauseMark: Int(KW_KIND_CLAUSE),
    ]
    for (kind, number) in kinds { #expect(Int(kind.rawValue) == number) }
    #expect(Int(SymbolTrait.han.rawValue) == Int(KW_TRAIT_HAN))
    #expect(Int(SymbolTrait.letter.rawValue) == Int(KW_TRAIT_LETTER))
    #expect(Int(SymbolTrait.digit.rawValue) == Int(KW_TRAIT_DIGIT))
  }

  @Test func `a plain text is one run, and what is doubtful ends it`() throws {
    let reader = try RunReader()
    let whole = ["毒品交易，不是。然后", "two words, and more. Then", "中文 and words 中文，很好"]
    for text in whole {
      let runs = reader.runs("portable", Array(text.utf8), seed: 3)
      #expect(runs.first?.at ?? 0 >= text.utf8.count - 3, "\(text)")
    }
    // A combining mark, a letter alone, two marks, an ill-formed byte.
    for (text, end) in [("毒e\u{301}", 3), ("毒 a b", 3), ("毒，品，", 3), ("two-\u{200B}", 3)] {
      #expect(reader.runs("portable", Array(text.utf8), seed: 3).first?.at == end, "\(text)")
    }
    #expect(reader.runs("portable", Array("毒".utf8) + [0xFF], seed: 3).first?.at == 3)
  }
}

/// Reads random texts run by run.
private struct RunReader {
  /// All that a kernel says of a run, and what it leaves in the history.
  struct Outcome: Equatable {
    var at: Int
    var count: UInt32
    var end: UInt32
    var touching, noisy, literal, sentences, promising: UInt64
    var history: [UInt32]
  }

  private let symbols: kw_symbols

  init() throws {
    let words = [
      "毒品", "品交易", "交易不是", "毒", "word", "words and more", "sex", "av", "a b", "don't", "不是 的",
    ]
    let patterns = try words.map { try PatternText($0) }
    let uses = patterns.map { _ in PatternUse(mask: 1, looseMask: 0) }
    var writer = DatabaseWriter()
    try AutomatonBuilder(patterns: patterns, uses: uses, others: []).write(to: &writer)
    let bytes = writer.finish()
    let database = try Database(bytes.span)
    func copy<T: BitwiseCopyable & Sendable>(_ name: String, of: T.Type) throws -> [T] {
      let table = try database.table(name, of: T.self)
      return (0..<table.count).map { table[$0] }
    }
    let pageIndex = try copy("ac.pageIndex", of: UInt16.self)
    let pairs = try copy("ac.pairs", of: UInt8.self)
    let triples = try copy("ac.triples", of: UInt8.self)
    let pages = Self.keep(try copy("ac.pages", of: UInt32.self))
    symbols = kw_symbols(
      page_index: Self.keep(pageIndex), pages: pages,
      direct: pages + 256 * Int(pageIndex[Int(KW_DIRECT) >> 8]), pairs: Self.keep(pairs),
      triples: Self.keep(triples), pair_shift: UInt32(30 - pairs.count.trailingZeroBitCount),
      triple_shift: UInt32(29 - triples.count.trailingZeroBitCount), bounds_words: 1)
  }

  /// Memory that is never freed.
  private static func keep<T>(_ elements: [T]) -> UnsafePointer<T> {
    let memory = UnsafeMutableBufferPointer<T>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return UnsafePointer(memory.baseAddress!)
  }

  static func text(seed: UInt64) -> [UInt8] {
    var random = PrefilterRandom(seed: seed)
    let pieces = [
      "毒", "品", "交", "易", "不", "是", "的", "中", "毒品交易", "，", "、", "。", "！", "：", " ", " ", "  ",
      "w", "word", "words and more", "sex", "av", "a", "b", "1", "23", ".", ". ", ",", ", ", "-",
      "'", "\"",
      "\n", "Ｗ", "ﬁ", "カ", "한", "é", "я", "𠮷", "\u{200B}", "😀", "\u{3000}", "．", "\u{F900}",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      for _ in 0..<(random.oneIn(6) ? 12 : 1) { bytes += Array(piece.utf8) }
      if random.oneIn(30) { bytes.append(.random(in: 0...255, using: &random)) }
    }
    // A character may be cut at the end.
    if random.oneIn(3) { bytes.removeLast(min(bytes.count - 1, 1)) }
    return bytes
  }

  func runs(_ kernel: String, _ text: [UInt8], seed: UInt64) -> [Outcome] {
    guard kw_select_kernel(kernel) == 0 else { return [] }
    defer { kw_select_kernel(nil) }
    var symbols = symbols
    // A block of its own size, so that a checker of addresses sees any byte read beyond it.
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.count, 1))
    let history = UnsafeMutablePointer<kw_history>.allocate(capacity: 1)
    history.initialize(to: kw_history())
    defer {
      bytes.deallocate()
      history.deallocate()
    }
    for (index, byte) in text.enumerated() { bytes[index] = byte }
    let words = UnsafeRawPointer(history).assumingMemoryBound(to: UInt32.self)
    let arrays = [words, words + Int(KW_HISTORY + KW_BEYOND)]
    var outcomes: [Outcome] = []
    var (place, trait, hasLast) = (UInt32(KW_BACK) - 1, UInt32(0), UInt32(0))
    var at = 0
    while at < text.count {
      if place + UInt32(KW_RUN) >= UInt32(KW_HISTORY) { place = kw_make_room(history, place) }
      var run = kw_plain_run()
      (run.place, run.trait, run.has_last) = (place, trait, hasLast)
      run.recent = (words[Int(place)], words[Int(place) - 1])
      run.noise_limit = UInt32(seed % 4)
      run.limit = seed % 5 == 0 ? 12 : UInt32(KW_RUN) - 4
      kw_read_run(&symbols, bytes, text.count, at, seed << 30, history, &run)
      let last = Int(place + run.count)
      var state: [UInt32] = []
      for array in arrays { for index in Int(place)...last { state.append(array[index]) } }
      outcomes.append(
        Outcome(
          at: run.at, count: run.count, end: run.end.rawValue, touching: run.touching,
          noisy: run.noisy, literal: run.literal, sentences: run.sentences,
          promising: run.promising, history: state))
      place += run.count
      if run.count > 0 {
        (trait, hasLast) = (words[last] >> 20 & 3, 1)
      }
      if run.end == KW_RUN_LINE { (trait, hasLast) = (0, 0) }
      at = run.at
      if run.end == KW_RUN_OPEN {
        // As if the doubtful byte had ended everything.
        (trait, hasLast, at) = (0, 0, at + 1)
      }
    }
    return outcomes
  }
}
