import Rules
import Testing

/// Random patterns of the listed subset over a small alphabet.
struct PatternGenerator {
  var random: SplitMix64
  static let symbols = ["a", "b", "木", "é", "1", " ", "\\n", "𠮷"]

  mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random)! }
  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

  mutating func atom(_ depth: Int) -> String {
    switch roll(depth > 0 ? 16 : 8) {
    case 0...3: return pick(Self.symbols)
    case 4: return "[\(pick(Self.symbols))\(pick(Self.symbols))]"
    case 5: return pick([#"\d"#, #"\w"#, #"\s"#, #"\p{Han}"#, "[[:alpha:]]", "[a-c1]"])
    case 6: return pick([".", "[^a]", #"\W"#, #"[^\d木]"#])
    case 7: return pick(["^", "$", "(?m:^)", "(?m:$)", "\\R"])
    case 8: return "(?=\(alternation(depth - 1)))"
    case 9: return "(?!\(alternation(depth - 1)))"
    case 10: return "(?<=\(fixed()))"
    case 11: return "(?<!\(fixed()))"
    case 12: return "(?>\(alternation(depth - 1)))"
    case 13: return "(\(alternation(depth - 1)))"
    default: return "(?:\(alternation(depth - 1)))"
    }
  }

  mutating func fixed() -> String {
    (0...roll(2)).map { _ in pick(Self.symbols + [".", "[^b]", "(?<=a)", "(?=b)", "^"]) }.joined()
  }

  mutating func sequence(_ depth: Int) -> String {
    (0...roll(3)).map { _ in
      let part = atom(depth)
      if part.hasPrefix("^") || part.hasPrefix("$") { return part }
      let suffix =
        roll(3) == 0 ? pick(["?", "{2}", "{0,2}", "{1,3}", "??", "{1,3}?", "?+", "{0,3}+"]) : ""
      return part + suffix
    }.joined()
  }

  mutating func alternation(_ depth: Int) -> String {
    (0..<(roll(3) == 0 ? 2 : 1)).map { _ in sequence(depth) }.joined(separator: "|")
  }

  mutating func text() -> String {
    let alphabet = ["a", "b", "木", "é", "1", " ", "\n", "\r", "𠮷", "c"]
    return (0..<roll(60)).map { _ in pick(alphabet) }.joined()
  }
}

struct RulePropertyTests {
  @Test(arguments: 0..<64)
  func `streamed and whole scans find what a bare PCRE2 loop finds`(seed: Int) throws {
    var generator = PatternGenerator(random: SplitMix64(state: UInt64(seed)))
    var accepted = 0
    while accepted < 40 {
      let pattern = generator.alternation(2)
      let declared = generator.roll(4) == 0 ? 1 + generator.roll(6) : nil
      guard let rule = try? makeRule(pattern, window: declared) else { continue }
      accepted += 1
      let set = RuleSet(rules: [rule])
      for _ in 0..<4 {
        let text = generator.text()
        let expected = bareMatches(rule, text.unicodeScalars.map { $0.value })
        let bytes = Array(text.unicodeScalars).reduce(into: [0]) {
          $0.append($0.last! + $1.utf8.count)
        }
        let spans = expected.map {
          RuleMatch(rule: 0, start: bytes[$0.lowerBound], end: bytes[$0.upperBound], isLimit: false)
        }
        #expect(scan(set, text, .whole) == spans, "whole /\(pattern)/ on \(text.debugDescription)")
        #expect(
          scan(set, text, .stream) == spans, "stream /\(pattern)/ on \(text.debugDescription)")
      }
    }
  }

  @Test(arguments: 0..<16)
  func `a computed window is wide enough to find what an endless one finds`(seed: Int) throws {
    var generator = PatternGenerator(random: SplitMix64(state: UInt64(seed) + 1_000))
    var accepted = 0
    while accepted < 40 {
      let pattern = generator.alternation(2)
      // The alternative that cannot match makes the window the declared one.
      guard let rule = try? makeRule(pattern),
        let endless = try? makeRule("(?:\(pattern))(?:|(?!)z*)", window: 400)
      else { continue }
      accepted += 1
      for _ in 0..<4 {
        let text = generator.text()
        #expect(
          finds(rule, text) == finds(endless, text), "/\(pattern)/ on \(text.debugDescription)")
      }
    }
  }

  @Test(arguments: 0..<32)
  func `many rules together find what each finds alone, across splits`(seed: Int) throws {
    var generator = PatternGenerator(random: SplitMix64(state: UInt64(seed) + 2_000))
    var rules: [Rule] = []
    while rules.count < 12 {
      if let rule = try? makeRule(generator.alternation(2)) { rules.append(rule) }
    }
    let set = RuleSet(rules: rules)
    for _ in 0..<4 {
      let text = (0..<4).map { _ in generator.text() }.joined(separator: "\u{FFFF}")
      let alone = rules.enumerated().flatMap { index, rule in
        scan(RuleSet(rules: [rule]), text, .whole).map {
          RuleMatch(rule: index, start: $0.start, end: $0.end, isLimit: $0.isLimit)
        }
      }
      #expect(scan(set, text, .whole) == alone, "\(text.debugDescription)")
      #expect(scan(set, text, .stream) == alone, "\(text.debugDescription)")
    }
  }

  @Test(arguments: 0..<16)
  func `released bytes are never covered by a later finding`(seed: Int) throws {
    var generator = PatternGenerator(random: SplitMix64(state: UInt64(seed) + 3_000))
    var rules: [Rule] = []
    while rules.count < 6 {
      if let rule = try? makeRule(generator.alternation(2)) { rules.append(rule) }
    }
    let set = RuleSet(rules: rules)
    var scanner = RuleScanner(set, enabled: set.rules.indices, mode: .stream)
    for _ in 0..<20 {
      var released = 0
      for (index, scalar) in generator.text().unicodeScalars.enumerated() {
        scanner.append(scalar.value, start: index, end: index + 1) { #expect($0.start >= released) }
        let held = scanner.heldFrom ?? index + 1
        #expect(held >= released)
        #expect(index + 1 - held <= set.maxReach)
        released = held
      }
      scanner.finish { #expect($0.start >= released) }
    }
  }
}
