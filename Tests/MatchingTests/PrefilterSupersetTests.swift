import Folding
import Foundation
import Matching
import Storage
import Testing

/// Whatever the scanner finds, the prefilter finds.
@Suite struct PrefilterSupersetTests {
  private let speller = PrefilterSpeller()
  private static let seeds: Range<UInt64> =
    ProcessInfo.processInfo.environment["KWFILTER_LONG_TESTS"] == nil ? 100..<104 : 100..<500

  @Test(arguments: seeds)
  func `each match of the scanner is a hit`(seed: UInt64) throws {
    var random = PrefilterRandom(seed: seed)
    let texts = Set(
      (0..<300).compactMap { _ in try? PatternText(speller.literal(&random, noise: 8)) })
    let patterns = texts.sorted { $0.symbols.lexicographicallyPrecedes($1.symbols) }
    let automaton = try automaton(patterns)
    let symbols = patterns.map { PrefilterPattern(term: $0.symbols, isBounded: true).symbols }
    for isBounded in [false, true] {
      let prefilter = try Prefilter(
        patterns: patterns.map { PrefilterPattern(term: $0.symbols, isBounded: isBounded) },
        folding: FolderFolding())
      let unanchored = Set(prefilter.unanchored)
      for _ in 0..<3 {
        let haystack = text(patterns, &random)
        var scanner = PrefilterScanner(prefilter, denseShare: 1)
        var hits: [PrefilterHit] = []
        var dense: [Range<Int>] = []
        while let segment = scanner.next(in: haystack.span, into: &hits) {
          if segment.isDense { dense.append(segment.reach) }
        }
        let found = Set(hits)
        var (checked, short) = (0, 0)
        for match in matches(automaton, haystack) {
          let part = haystack[around(match.range, haystack.count, &random)]
          if part.count <= ShortTest.limit, !unanchored.contains(match.pattern) {
            let isWord = isBounded && touches(match, symbols[match.pattern], haystack)
            #expect(isWord || prefilter.mayMatch(in: part.span), "seed \(seed): \(part)")
            let answer = take(part.span, prefilter, automaton)
            #expect(isWord || answer.kind == .mayMatch, "seed \(seed): \(part)")
            short += 1
          }
          guard !found.contains(match), !unanchored.contains(match.pattern) else {
            checked += 1
            continue
          }
          if dense.contains(where: { $0.overlaps(match.range) }) { continue }
          if isBounded && touches(match, symbols[match.pattern], haystack) { continue }
          let place = max(match.range.lowerBound - 30, 0)..<match.range.upperBound
          Issue.record(
            "seed \(seed): \(match) \(String(decoding: haystack[place], as: UTF8.self).debugDescription)"
          )
          return
        }
        #expect(checked > 100 && short > 50)
      }
    }
  }

  private func automaton(_ patterns: [PatternText]) throws -> AhoCorasick {
    let uses = [PatternUse](repeating: PatternUse(mask: 1, looseMask: 0), count: patterns.count)
    var writer = DatabaseWriter()
    try AutomatonBuilder(patterns: patterns, uses: uses, others: []).write(to: &writer)
    let bytes = writer.finish()
    return try AhoCorasick(Database(bytes.span))
  }

  /// What a chunk shows as the begin of a stream.
  private func take(
    _ chunk: Span<UInt8>, _ prefilter: Prefilter, _ automaton: AhoCorasick
  ) -> ChunkAnswer {
    let test = ShortTest(prefilter, automaton, noiseLimit: 8, kinds: .max)
    var near = [UInt8](repeating: 0, count: NearBytes.count)
    return near.withUnsafeMutableBufferPointer { near in
      test.take(chunk, into: near.baseAddress!, end: 0, first: 0, isWhole: true)
    }
  }

  /// A range with a few bytes more at either side.
  private func around(
    _ range: Range<Int>, _ count: Int, _ random: inout PrefilterRandom
  ) -> Range<Int> {
    let start = max(range.lowerBound - .random(in: 0...9, using: &random), 0)
    return start..<min(range.upperBound + .random(in: 0...9, using: &random), count)
  }

  /// Occurrences, spoiled ones and ordinary text, one right behind the other.
  private func text(_ patterns: [PatternText], _ random: inout PrefilterRandom) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<400 {
      text += speller.spell(random.pick(patterns).symbols, &random)
      if random.oneIn(3) { text += random.pick([" ", "\n", "。", ". ", "，", "a", "1"]).utf8 }
      if random.oneIn(6) { text += random.text(bytes: Int.random(in: 1...80, using: &random)) }
    }
    return text
  }

  /// Whether an edge touches as the prefilter sees it: a letter of ASCII is the next byte.
  private func touches(_ match: PrefilterHit, _ symbols: [UInt32], _ haystack: [UInt8]) -> Bool {
    func isLetter(_ value: UInt32) -> Bool {
      (48...57).contains(value) || (97...122).contains(value | 32)
    }
    let before = match.range.lowerBound - 1
    let behind = match.range.upperBound
    if before >= 0, isLetter(symbols[0]), isLetter(UInt32(haystack[before])) { return true }
    return behind < haystack.count && isLetter(symbols[symbols.count - 1])
      && isLetter(UInt32(haystack[behind]))
  }

  private func matches(_ automaton: AhoCorasick, _ haystack: [UInt8]) -> Set<PrefilterHit> {
    var scanner = Scanner(automaton, noiseLimit: Gap.maximumNoise, enabled: ~0)
    var collector = MatchCollector()
    _ = scanner.read(haystack.span, base: 0, from: 0, isFinal: true, handler: &collector)
    scanner.finish(&collector)
    return collector.matches
  }
}

/// Collects the literals that a scan finds.
private struct MatchCollector: ScanHandler {
  var matches: Set<PrefilterHit> = []
  mutating func scalarEnded() -> Bool { false }

  mutating func literal(_ hit: LiteralHit, in history: borrowing SymbolHistory) -> ScanWatch {
    matches.insert(PrefilterHit(pattern: hit.pattern, range: hit.start..<hit.end))
    return .nothing
  }
  mutating func symbol(lane: Lane, in history: borrowing SymbolHistory) -> ScanWatch {
    .nothing
  }
  mutating func edge(touches: Bool) {}
  mutating func noted(_ words: borrowing QuietLog, sentence: Int) {}
  mutating func laneBroke(_ lane: Lane) {}
  mutating func limitPassed(start: Int, end: Int) {}
}
