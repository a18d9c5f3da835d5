import Filtering
import Foundation
import TestSupport
import Testing

/// A difference between engine and oracle, as small as it could be made.
struct Difference: CustomStringConvertible {
  var seed: UInt64
  var items: [OracleItem]
  var policy: OraclePolicy
  var bytes: [UInt8]
  var isOnly: (engine: [OracleFinding], oracle: [OracleFinding])

  var description: String {
    let text = String(decoding: bytes, as: UTF8.self)
    return """
      seed \(seed)
      \(items.map { "  " + $0.line + "   " + $0.risks.joined(separator: ",") }.joined(separator: "\n"))
        policy: noise \(policy.noiseLimit), disabled \(policy.disabled), actions \(policy.actions), \
      limit \(policy.limitAction)
        text: \(text.debugDescription) \
      \(text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " "))
        bytes: \(bytes)
        only the engine: \(isOnly.engine.map(Self.show))
        only the oracle: \(isOnly.oracle.map(Self.show))
      """
  }

  private static func show(_ finding: OracleFinding) -> String {
    "\(finding.item.map { "\($0)" } ?? "flood") \(finding.range) \(finding.action)"
  }
}

@Suite struct WholeOracleTests {
  static let isLong = ProcessInfo.processInfo.environment["KWFILTER_LONG_TESTS"] != nil
  static let lexicons = isLong ? 20_000 : 512
  static let textsPerLexicon = 48

  @Test func `a whole text's findings are the oracle's`() throws {
    let characters = try SharedOracle.characters.get()
    var failures = 0
    var pairs = 0
    for seed in 0..<UInt64(Self.lexicons) {
      var random = SplitMix64(seed: seed)
      let alphabet = Alphabet(&random)
      let generator = LexiconGenerator(alphabet: alphabet, shape: LexiconShape())
      guard let case_ = SharedOracle.lexicon(generator, &random, characters) else { continue }
      let texts = TextGenerator(alphabet: alphabet, literals: case_.literals)
      for _ in 0..<Self.textsPerLexicon {
        let policy = generator.policy(&random)
        let bytes = texts.text(&random, fragments: 1...8)
        pairs += 1
        let found = case_.engine.findings(in: bytes, policy)
        if found.count == Set(found).count,
          Set(found) == case_.matcher.findings(in: bytes, policy: policy)
        {
          continue
        }
        let difference = Shrinker(characters: characters)
          .shrink(seed, case_.items, policy, bytes, case_.engine, case_.matcher)
        Issue.record(
          "\(difference.map { "\($0)" } ?? "no difference of seed \(seed) in a new engine")")
        failures += 1
        break
      }
      if failures >= Self.mostFailures { break }
    }
    #expect(pairs >= 20_000 || failures > 0, "\(SharedOracle.refused.count) lexicons refused")
  }

  /// How many differences are shown before the test ends.
  static let mostFailures =
    Int(ProcessInfo.processInfo.environment["KWFILTER_MOST_FAILURES"] ?? "3") ?? 3

  @Test func `the generated texts hold every kind of finding many times`() throws {
    let characters = try SharedOracle.characters.get()
    var counts: [String: Int] = [:]
    for seed in 0..<UInt64(100) {
      var random = SplitMix64(seed: seed)
      let alphabet = Alphabet(&random)
      let generator = LexiconGenerator(alphabet: alphabet, shape: LexiconShape())
      guard let made = SharedOracle.lexicon(generator, &random, characters) else { continue }
      let texts = TextGenerator(alphabet: alphabet, literals: made.literals)
      for _ in 0..<Self.textsPerLexicon {
        let policy = generator.policy(&random)
        let bytes = texts.text(&random, fragments: 1...8)
        let verdict = made.engine.engine.verdict(of: bytes.span, policy: Policy(policy))
        counts["cleared", default: 0] += verdict.cleared.count
        for finding in verdict.findings {
          for name in finding.evasion.names { counts[name, default: 0] += 1 }
          let kind = finding.entry.map { "\(made.engine.engine.entry($0).kind)" } ?? "flood"
          counts[kind, default: 0] += 1
        }
      }
    }
    let kinds = [
      "term", "combination", "regex", "flood", "cleared", "noise", "clause-marks", "spelled",
      "invisible", "width", "variant", "look-alike",
    ]
    for kind in kinds { #expect(counts[kind, default: 0] >= 10, "\(kind): \(counts)") }
    print(counts.sorted { $0.key < $1.key })
  }
}
