import Foundation
import Folding
import Matching
import Testing

/// Occurrences planted in every spelling and with every kind of gap are found.
@Suite struct PrefilterPropertyTests {
  private let speller = PrefilterSpeller()
  private static let seeds: Range<UInt64> =
    ProcessInfo.processInfo.environment["KWFILTER_LONG_TESTS"] == nil ? 0..<8 : 0..<800

  @Test(arguments: seeds)
  func `each planted occurrence is a hit or in a dense segment`(seed: UInt64) throws {
    var random = PrefilterRandom(seed: seed)
    let patterns = (0..<300).map { _ in speller.pattern(&random) }
    let prefilter = try Prefilter(patterns: patterns, folding: FolderFolding())
    let unanchored = Set(prefilter.unanchored)
    for round in 0..<4 {
      var haystack: [UInt8] = []
      var planted: [PrefilterHit] = []
      for _ in 0..<120 {
        haystack += random.text(bytes: Int.random(in: 0...400, using: &random))
        let index = Int.random(in: patterns.indices, using: &random)
        if unanchored.contains(index) { continue }
        // A break: nothing before it can be part of the occurrence, and no edge touches.
        haystack.append(0x0A)
        let start = haystack.count
        haystack += speller.spell(patterns[index].symbols, &random)
        planted.append(PrefilterHit(pattern: index, range: start..<haystack.count))
        haystack.append(0x0A)
      }
      // A text of its own size in memory, dense in one round of four.
      var scanner = PrefilterScanner(prefilter, denseShare: round == 0 ? 0 : 1)
      var hits: [PrefilterHit] = []
      var dense: [Range<Int>] = []
      while let segment = scanner.next(in: haystack.span, into: &hits) {
        if segment.isDense { dense.append(segment.reach) }
      }
      let found = Set(hits)
      for hit in planted where !found.contains(hit) {
        let isDense = dense.contains { $0.overlaps(hit.range) }
        #expect(isDense, "seed \(seed) round \(round): \(describe(hit, haystack))")
      }
    }
  }

  private func describe(_ hit: PrefilterHit, _ haystack: [UInt8]) -> String {
    "\(hit.pattern) at \(hit.range): " + String(decoding: haystack[hit.range], as: UTF8.self)
  }
}
