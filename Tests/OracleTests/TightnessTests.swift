import Filtering
import Foundation
import TestSupport
import Testing

/// A byte is held only if some continuation makes a finding that covers it, and always then.
@Suite struct TightnessTests {
  /// An alphabet, how long its terms are, and how many of its symbols decide everything.
  struct Setting: Sendable, CustomTestStringConvertible {
    var symbols: [String]
    var letters: [String]
    var termLength: ClosedRange<Int>
    var lookahead: Int
    var testDescription: String { symbols.joined(separator: "|") }
  }

  static let settings = [
    Setting(symbols: ["币", "发", "*"], letters: ["币", "发"], termLength: 2...4, lookahead: 5),
    Setting(symbols: ["a", "b", "-"], letters: ["a", "b"], termLength: 3...4, lookahead: 7),
    Setting(
      symbols: ["a", "b", " ", "-"], letters: ["a", "b", " "], termLength: 2...4, lookahead: 5),
    Setting(symbols: ["币", "发", "，", "*"], letters: ["币", "发"], termLength: 2...3, lookahead: 5),
    Setting(symbols: ["币", "a", " ", "，"], letters: ["币", "a"], termLength: 2...3, lookahead: 5),
    Setting(
      symbols: ["1", "2", ",", "币"], letters: ["1", "2", "币"], termLength: 1...3, lookahead: 5),
    Setting(
      symbols: ["币", "幣", "发", ".", " "], letters: ["币", "发"], termLength: 2...3, lookahead: 4),
    Setting(symbols: ["a", "b", "-", "."], letters: ["a", "b"], termLength: 4...4, lookahead: 6),
    Setting(symbols: ["ß", "s", "币", "-"], letters: ["s", "币"], termLength: 1...3, lookahead: 5),
    Setting(
      symbols: ["币", "a", "\u{200D}", "*"], letters: ["币", "a"], termLength: 2...3, lookahead: 5),
    Setting(
      symbols: ["a", "b", "-", "\n", "币"], letters: ["a", "b"], termLength: 2...4, lookahead: 5),
  ]
  static let rounds = WholeOracleTests.isLong ? 60 : 4

  @Test(arguments: settings)
  func `what is held is exactly what is undecided`(setting: Setting) throws {
    for seed in 0..<UInt64(Self.rounds) {
      var random = SplitMix64(seed: seed)
      var lines: Set<String> = []
      for _ in 0..<random.pick(1...3) {
        let letters = (0..<random.pick(setting.termLength)).map { _ in random.pick(setting.letters)
        }
        let term = letters.joined().split(separator: " ").joined(separator: " ")
        if !term.isEmpty { lines.insert(term) }
      }
      let items = lines.sorted().map { OracleItem(.term(OracleWord($0))) }
      guard let tested = try? TestedEngine(items) else { continue }
      let text = (0..<6).map { _ in random.pick(setting.symbols) }
      if let problem = problem(tested, text, setting) {
        Issue.record("seed \(seed): terms \(lines.sorted()): \(problem)")
        return
      }
    }
  }

  private func problem(_ tested: TestedEngine, _ text: [String], _ setting: Setting) -> String? {
    var stream = tested.engine.stream(blockHandling: .mask)
    var sink = StreamCollector()
    var bytes: [UInt8] = []
    for symbol in text {
      let chunk = Array(symbol.utf8)
      stream.push(chunk.span, to: &sink)
      bytes += chunk
      let decided = Set(
        sink.events.compactMap { event -> OracleFinding? in
          if case .finding(let finding) = event { tested.translate(finding) } else { nil }
        })
      let undecided = self.undecided(tested, bytes, setting)
      if let late = undecided.always.subtracting(decided).first {
        return "after \(bytes.shown) \(late) is certain and not reported"
      }
      if let early = decided.subtracting(undecided.always).first {
        return "after \(bytes.shown) \(early) is reported and not certain"
      }
      let start = undecided.sometimes.map(\.range.lowerBound).filter { $0 < bytes.count }.min()
      let held = bytes.count - (start ?? bytes.count)
      if stream.heldCount != held {
        return "after \(bytes.shown) \(stream.heldCount) bytes are held, not \(held)"
      }
    }
    return nil
  }

  /// The findings of all continuations, and those that only some of them have.
  private func undecided(
    _ tested: TestedEngine, _ bytes: [UInt8], _ setting: Setting
  ) -> (always: Set<OracleFinding>, sometimes: Set<OracleFinding>) {
    let policy = OraclePolicy()
    var always = Set(tested.findings(in: bytes, policy))
    var all = always
    var layer = [bytes]
    for _ in 0..<setting.lookahead {
      layer = layer.flatMap { text in setting.symbols.map { text + Array($0.utf8) } }
      for text in layer {
        let found = tested.findings(in: text, policy).filter { $0.range.lowerBound < bytes.count }
        if found.count < always.count || !always.isSubset(of: found) {
          always.formIntersection(found)
        }
        all.formUnion(found)
      }
    }
    return (always, all.subtracting(always))
  }
}

extension [UInt8] {
  fileprivate var shown: String { String(decoding: self, as: UTF8.self).debugDescription }
}

@Suite struct MonotoneTests {
  @Test func `a further term never removes a finding of another one`() throws {
    let characters = try SharedOracle.characters.get()
    var shape = LexiconShape()
    shape.terms = 2...6
    for seed in 3_000_000..<UInt64(3_000_060) {
      var random = SplitMix64(seed: seed)
      let alphabet = Alphabet(&random)
      let generator = LexiconGenerator(alphabet: alphabet, shape: shape)
      guard let lexicon = SharedOracle.lexicon(generator, &random, characters),
        lexicon.items.count > 1
      else { continue }
      // The first entry is the one that is added.
      guard let before = try? TestedEngine(Array(lexicon.items.dropFirst())) else { continue }
      let writer = TextGenerator(alphabet: alphabet, literals: lexicon.literals)
      for _ in 0..<20 {
        let policy = generator.policy(&random)
        let bytes = writer.text(&random, fragments: 1...8)
        let after = Set(lexicon.engine.findings(in: bytes, policy))
        for finding in before.findings(in: bytes, policy) {
          guard let item = finding.item else { continue }
          var same = finding
          same.item = item + 1
          #expect(after.contains(same), "seed \(seed): \(lexicon.items.map(\.line)) \(bytes)")
        }
      }
    }
  }
}
