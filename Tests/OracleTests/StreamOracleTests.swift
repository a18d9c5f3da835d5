import Filtering
import Foundation
import TestSupport
import Testing

@Suite struct StreamOracleTests {
  static let scale = ProcessInfo.processInfo.environment["KWFILTER_LONG_TESTS"] == nil ? 1 : 20

  @Test func `every way of cutting a short text gives the whole text's result`() throws {
    try check(lexicons: 100 * Self.scale, seedBase: 1_000_000, texts: 12, fragments: 1...3) {
      bytes, _ in
      guard (1...10).contains(bytes.count) else { return [] }
      return (0..<1 << (bytes.count - 1)).map { pattern in
        (1..<bytes.count).filter { pattern >> ($0 - 1) & 1 == 1 }
      }
    }
  }

  @Test func `cuts of longer texts give the whole text's result`() throws {
    try check(lexicons: 120 * Self.scale, seedBase: 2_000_000, texts: 12, fragments: 2...9) {
      bytes, random in
      var ways = (0...bytes.count).map { [$0] }
      ways.append(Array(0..<bytes.count))
      for _ in 0..<6 {
        let size = random.pick(1...7)
        ways.append((0..<bytes.count).filter { _ in random.oneIn(size) })
      }
      return ways
    }
  }

  @Test func `chunks of up to 200 bytes give the whole text's result`() throws {
    try check(lexicons: 60 * Self.scale, seedBase: 3_000_000, texts: 6, fragments: 30...80) {
      bytes, random in
      (0..<8).map { _ in
        let longest = random.pick([8, 40, 80, 120, 200])
        var cuts: [Int] = []
        var at = 0
        while true {
          at += random.pick(1...longest)
          if at >= bytes.count { return cuts }
          cuts.append(at)
        }
      }
    }
  }

  /// Compares all ways of cutting texts with the findings of the whole text.
  private func check(
    lexicons: Int, seedBase: UInt64, texts: Int, fragments: ClosedRange<Int>,
    _ cuts: ([UInt8], inout SplitMix64) -> [[Int]]
  ) throws {
    let characters = try SharedOracle.characters.get()
    var failures = 0
    for seed in seedBase..<seedBase + UInt64(lexicons) {
      var random = SplitMix64(seed: seed)
      let alphabet = Alphabet(&random)
      let generator = LexiconGenerator(alphabet: alphabet, shape: LexiconShape())
      guard let lexicon = SharedOracle.lexicon(generator, &random, characters) else { continue }
      let writer = TextGenerator(alphabet: alphabet, literals: lexicon.literals)
      for _ in 0..<texts {
        let policy = generator.policy(&random)
        let bytes = writer.text(&random, fragments: fragments)
        let ways = cuts(bytes, &random)
        let complaint = OracleRenderer.Handling.allCases.lazy.compactMap {
          StreamCheck(lexicon.engine, lexicon.items, policy, $0).complaint(bytes, ways)
        }.first
        guard let complaint else { continue }
        let smallest = StreamCheck.shrink(bytes, complaint, lexicon.engine, lexicon.items, policy)
        Issue.record("seed \(seed)\n\(smallest)")
        failures += 1
        break
      }
      if failures >= WholeOracleTests.mostFailures { return }
    }
  }
}

/// Checks the guarantees of streams on one engine.
struct StreamCheck {
  let engine: TestedEngine
  let items: [OracleItem]
  let policy: OraclePolicy
  let handling: OracleRenderer.Handling

  init(
    _ engine: TestedEngine, _ items: [OracleItem], _ policy: OraclePolicy,
    _ handling: OracleRenderer.Handling
  ) {
    self.engine = engine
    self.items = items
    self.policy = policy
    self.handling = handling
  }

  /// What is wrong with a text under some ways of cutting it; `nil` if nothing is.
  func complaint(_ bytes: [UInt8], _ ways: [[Int]]) -> String? {
    if ways.isEmpty { return nil }
    let whole = engine.engine.findings(in: bytes.span, policy: Policy(policy))
    let all = whole.map(engine.translate)
    let covers = engine.covers(whole, items)
    let renderer = OracleRenderer(handling)
    let expected = renderer.output(of: bytes, covers)
    let cut = renderer.cut(covers)
    let bound = engine.engine.stream(policy: Policy(policy), blockHandling: .mask).holdbackBound
    let first = StreamRun(engine, policy, handling, bytes, cuts: [])
    for cuts in [[]] + ways {
      let run = StreamRun(engine, policy, handling, bytes, cuts: cuts)
      let problem = problem(run, first, all, cut: cut, expected: expected, bound: bound)
      if let problem { return describe(bytes, cuts, problem, all) }
    }
    return nil
  }

  private func problem(
    _ run: StreamRun, _ first: StreamRun, _ all: [OracleFinding], cut: Int?, expected: [UInt8],
    bound: Int
  ) -> String? {
    if run.mostHeld > bound { return "holds \(run.mostHeld) bytes, bound \(bound)" }
    if let leak = run.leaked { return "leaks \(leak)" }
    if run.blockedAt != cut { return "cut at \(run.blockedAt as Any), not \(cut as Any)" }
    if run.output != expected {
      return
        "writes \(String(decoding: run.output, as: UTF8.self).debugDescription) \(run.output), "
        + "not \(String(decoding: expected, as: UTF8.self).debugDescription)"
    }
    let found = Set(run.findings)
    if found.count != run.findings.count { return "reports a finding twice: \(run.findings)" }
    if found != Set(first.findings) {
      return "finds \(run.findings), in one chunk \(first.findings)"
    }
    guard let cut else {
      return found == Set(all) ? nil : "finds \(run.findings)"
    }
    if !found.isSubset(of: all) { return "finds more: \(found.subtracting(all))" }
    // What is only reported may be undecided when the text is cut.
    let due = all.filter { $0.range.lowerBound < cut && $0.action >= .mask }
    if !found.isSuperset(of: due) { return "misses \(Set(due).subtracting(found))" }
    return nil
  }

  private func describe(
    _ bytes: [UInt8], _ cuts: [Int], _ problem: String, _ all: [OracleFinding]
  ) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return """
      \(items.map { "  " + $0.line + "   " + $0.risks.joined(separator: ",") }.joined(separator: "\n"))
        policy: noise \(policy.noiseLimit), disabled \(policy.disabled), actions \(policy.actions), \
      limit \(policy.limitAction)
        text: \(text.debugDescription) \
      \(text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")) \(bytes)
        cuts: \(cuts), handling: \(handling)
        whole text: \(all)
        \(problem)
      """
  }

  /// Looks for a shorter text of the same lexicon, then for a smaller lexicon, that is wrong too.
  static func shrink(
    _ bytes: [UInt8], _ complaint: String, _ engine: TestedEngine, _ items: [OracleItem],
    _ policy: OraclePolicy
  ) -> String {
    func wrong(_ bytes: [UInt8], _ engine: TestedEngine, _ items: [OracleItem]) -> String? {
      let ways = (0...bytes.count).map { [$0] } + [Array(0..<bytes.count)]
      return OracleRenderer.Handling.allCases.lazy.compactMap {
        StreamCheck(engine, items, policy, $0).complaint(bytes, ways)
      }.first
    }
    guard var best = wrong(bytes, engine, items) else { return complaint }
    var (bytes, engine, items) = (bytes, engine, items)
    var attempts = 0
    var index = 0
    while index < items.count, items.count > 1, attempts < 40 {
      attempts += 1
      var fewer = items
      fewer.remove(at: index)
      if let smaller = try? TestedEngine(fewer), smaller.isComplete(fewer.count),
        let next = wrong(bytes, smaller, fewer)
      {
        (best, engine, items) = (next, smaller, fewer)
      } else {
        index += 1
      }
    }
    var goesOn = true
    while goesOn {
      goesOn = false
      for shorter in Shrinker.smaller(bytes) {
        if let next = wrong(shorter, engine, items) {
          (best, bytes, goesOn) = (next, shorter, true)
          break
        }
      }
    }
    return best
  }
}
