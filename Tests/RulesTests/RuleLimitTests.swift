import Rules
import Testing

struct RuleLimitTests {
  @Test func `a catastrophic pattern gives a limit finding over its window`() throws {
    let rule = try makeRule("(a+)+$", window: 40)
    let text = String(repeating: "a", count: 60) + "b"
    let clock = ContinuousClock()
    let time = clock.measure {
      let window = "!" + String(repeating: "a", count: 40)
      #expect(finds(rule, text).first == window)
    }
    #expect(time < .seconds(5))
  }

  @Test func `hostile text of any length costs a bounded time`() throws {
    let rule = try makeRule("(?:a+)+[cd]", window: 64)
    let clock = ContinuousClock()
    for mode in [RuleScanMode.stream, .whole] {
      let set = RuleSet(rules: [rule])
      let text = String(repeating: "a", count: 5_000) + "b"
      var found: [RuleMatch] = []
      let time = clock.measure { found = scan(set, text, mode) }
      #expect(found.contains { $0.isLimit })
      #expect(time < .seconds(20))
    }
  }

  @Test func `a JIT stack that overflows gives a limit finding`() throws {
    let rule = try makeRule("(?:(a)|b){1,300}c")
    let set = RuleSet(rules: [rule])
    guard set.usesJIT else { return }
    let text = String(repeating: "ab", count: 150) + "c"
    let small = RuleLimits(
      match: .max, depth: .max, heapKiB: .max, jitStackBytes: 4_096)
    #expect(finds(rule, text, limits: small).first?.hasPrefix("!") == true)
    let large = RuleLimits(match: .max, jitStackBytes: 8 << 20)
    #expect(finds(rule, text, limits: large) == [text])
  }

  @Test func `a limit finding ends where the text does`() throws {
    let rule = try makeRule("(?:a+)+[cd]", window: 4_000)
    let text = String(repeating: "a", count: 50) + "b"
    let found = finds(rule, text)
    #expect(found.first == "!" + text)
  }

  @Test func `the match limit is a limit finding, never silence`() throws {
    let rule = try makeRule("(?:a|b|c){1,12}d", window: 13)
    let text = "abcabcabcabcx"
    #expect(finds(rule, text) == [])
    #expect(finds(rule, text, limits: RuleLimits(match: 1)).first?.hasPrefix("!") == true)
  }
}
