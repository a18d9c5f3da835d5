import Filtering
import Foundation
import Lexicons
import TestSupport
import Testing

/// A stream that skips chunks in which nothing can be does what one does that reads them all, at
/// every push.
@Suite struct SkippingTests {
  /// What terms and texts are made of, and what lies between.
  private static let units = [
    "毒", "品", "交", "易", "不", "是", "的", "中", "word", "kill", "the", "an", "in", "sex", "k", "i", "l",
    "12",
    "3", "Ａ", "é", "ﬁ",
  ]
  private static let joints = ["", "", "", "", " ", " ", "-", "'", "，", ". "]
  private static let gaps = [
    "", "", "", " ", " ", " ", "，", "。", "、", ", ", ". ", ".", "-", "\n", "“", "”", "  ",
    "\u{200B}",
    "😀", "：", ":", "(", "/", "カ", "é", " — ", "！", "12.12", "1,12", "\u{3000}", "\t", "_", "=====",
  ]

  @Test func `what is released and found at every push is the same`() throws {
    let seeds = StreamOracleTests.scale * 400
    var (skipped, pushes) = (0, 0)
    for seed in 0..<UInt64(seeds) {
      var random = SplitMix64(seed: seed)
      let lines = Self.lexicon(&random)
      guard let engine = try? Self.engine(lines) else { continue }
      var policy = Policy()
      if random.oneIn(3) { policy.noiseLimit = random.pick(0...8) }
      for _ in 0..<6 {
        let text = Self.text(lines, &random)
        let sizes = Self.sizes(text.count, &random)
        let handling = random.pick([BlockHandling.stop, .mask, .pass])
        let (plain, _) = Self.steps(engine, policy, handling, text, sizes, skips: false)
        let (steps, count) = Self.steps(engine, policy, handling, text, sizes, skips: true)
        skipped += count
        pushes += sizes.count
        guard let index = steps.indices.first(where: { steps[$0] != plain[$0] }) else { continue }
        Issue.record(
          """
          seed \(seed), \(lines), \(String(decoding: text, as: UTF8.self).debugDescription)
          in \(sizes.prefix(index + 1)): \(steps[index]) instead of \(plain[index])
          """)
        return
      }
    }
    #expect(skipped > pushes / 8, "the texts are too hard: \(skipped) of \(pushes)")
  }

  @Test func `an exception that begins long before its term is seen`() throws {
    let engine = try Self.engine(["毒品 | except=word中是不毒品"])
    let flood = String(repeating: "\u{200B}", count: 30)
    for padding in 0..<64 {
      let text = Array(
        (String(repeating: "好吗", count: 30) + String(repeating: "x", count: padding)
          + " word\(flood)中\(flood)是不毒品").utf8)
      for size in 1...12 {
        let sizes = stride(from: 0, to: text.count, by: size).map { min(size, text.count - $0) }
        let (steps, skipped) = Self.steps(engine, Policy(), .stop, text, sizes, skips: true)
        #expect(steps.last?.findings == [] && skipped > 10, "\(padding) in chunks of \(size)")
      }
    }
  }

  /// What was released, found and held after a push.
  private struct Step: Equatable {
    var held: Int
    var released: Int
    var findings: [Range<Int>]

    init(_ held: Int, _ sink: StreamCollector) {
      self.held = held
      released = sink.released.count
      findings = sink.events.compactMap { event in
        if case .finding(let finding) = event { finding.range } else { nil }
      }
    }
  }

  private static func steps(
    _ engine: FilterEngine, _ policy: Policy, _ handling: BlockHandling, _ text: [UInt8],
    _ sizes: [Int], skips: Bool
  ) -> (steps: [Step], skipped: Int) {
    var stream = engine.stream(policy: policy, blockHandling: handling, skips: skips)
    var sink = StreamCollector()
    var steps: [Step] = []
    var (at, skipped) = (0, 0)
    for size in sizes {
      let chunk = Array(text[at..<at + size])
      stream.push(chunk.span, to: &sink)
      at += size
      skipped += stream.skippedLast ? 1 : 0
      steps.append(Step(stream.heldCount, sink))
    }
    stream.finish(to: &sink)
    steps.append(Step(0, sink))
    return (steps, skipped)
  }

  private static func engine(_ lines: [String]) throws -> FilterEngine {
    let head = ["risk: A.1.h", "title: t", "version: 2026-01-01", ""]
    let file = (head + lines).joined(separator: "\n")
    let lexicon = try LexiconParser.parse(files: [(name: "a.txt", bytes: Array(file.utf8))])
    let database = try FilterEngine.compile(lexicon)
    return try FilterEngine(database: database.span)
  }

  private static func lexicon(_ random: inout SplitMix64) -> [String] {
    let actions = random.oneIn(3) ? ["block", "review", "tag", "mask"] : ["block"]
    var lines: [String] = []
    for _ in 0..<random.pick(1...9) {
      let term = words(2...random.pick(2...5), joints, &random)
      var line = "\(term) | action=\(random.pick(actions))"
      if random.oneIn(4) {
        let before = words(1...random.pick(1...6), joints, &random)
        let behind = random.oneIn(2) ? "" : words(1...2, joints, &random)
        line += " except=\(before)\(random.pick(["", " "]))\(term)\(behind)"
      }
      lines.append(line)
    }
    return lines
  }

  private static func words(
    _ count: ClosedRange<Int>, _ joints: [String], _ random: inout SplitMix64
  ) -> String {
    (0..<random.pick(count)).map { index in
      (index > 0 ? random.pick(joints) : "") + random.pick(units)
    }.joined()
  }

  /// Plain text, now and then part of a line of the lexicon, a flood, or a broken byte.
  private static func text(_ lines: [String], _ random: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    let rarity = random.pick([3, 10, 40])
    for _ in 0..<random.pick(4...120) {
      bytes += random.pick(gaps).utf8
      bytes += random.pick(units).utf8
      if random.oneIn(rarity) {
        let whole = random.pick(lines).split(separator: " | ")[0]
        bytes += disguised(random.oneIn(3) ? whole.dropLast() : whole, &random).utf8
      }
      if random.oneIn(rarity), let exception = random.pick(lines).split(separator: "=").last {
        bytes += disguised(exception, &random).utf8
      }
      if random.oneIn(60) {
        bytes += String(repeating: random.pick(gaps), count: random.pick(3...40)).utf8
      }
      if random.oneIn(60) { bytes.append(UInt8(random.pick(128...255))) }
    }
    return bytes
  }

  /// A term as it is, spelled out, or with what is invisible inside.
  private static func disguised(_ term: Substring, _ random: inout SplitMix64) -> String {
    let separator = random.pick(["-", " ", ".", "，"])
    switch random.pick(0...7) {
    case 0, 1: return term.map(String.init).joined(separator: separator)
    case 2:
      return term.map { character in
        let flood = random.oneIn(3) ? random.pick(1...30) : 0
        return String(character) + String(repeating: "\u{200B}", count: flood)
      }.joined()
    default: return String(term)
    }
  }

  private static func sizes(_ count: Int, _ random: inout SplitMix64) -> [Int] {
    let longest = random.pick([1, 3, 8, 20, 32, 45, 60, 120])
    var (sizes, left) = ([Int](), count)
    while left > 0 {
      sizes.append(min(left, random.pick(1...longest)))
      left -= sizes[sizes.count - 1]
    }
    return sizes
  }
}
