import CPCRE2
import Rules
import Testing

/// A folding for tests: ASCII capitals, full-width letters and U+FE0F are no fixed points.
func testFold(_ symbol: UInt32) -> [UInt32] {
  switch symbol {
  case 0x41...0x5A: [symbol + 32]
  case 0xFF21...0xFF3A: [symbol - 0xFF21 + 0x61]
  case 0x99AC: [0x9A6C]  // 馬 → 马
  case 0xFE0F: []
  default: [symbol]
  }
}

func makeRule(_ pattern: String, window: Int? = nil, fromLiteral: Bool = false) throws -> Rule {
  try Rule(
    RuleSource(pattern: pattern, window: window, fromLiteral: fromLiteral), fold: testFold)
}

/// What a rule is refused for; `nil` if it is accepted.
func refusal(_ pattern: String, window: Int? = nil, fromLiteral: Bool = false) -> RuleError? {
  do throws(RuleError) {
    _ = try Rule(
      RuleSource(pattern: pattern, window: window, fromLiteral: fromLiteral), fold: testFold)
    return nil
  } catch {
    return error
  }
}

/// Scans a text; a U+FFFF in it stands for an ill-formed scalar of one byte.
func scan(
  _ set: RuleSet, _ text: String, _ mode: RuleScanMode, limits: RuleLimits = RuleLimits()
) -> [RuleMatch] {
  var scanner = RuleScanner(set, enabled: set.rules.indices, mode: mode, limits: limits)
  return scan(&scanner, text)
}

func scan(_ scanner: inout RuleScanner, _ text: String) -> [RuleMatch] {
  var found: [RuleMatch] = []
  var offset = 0
  for scalar in text.unicodeScalars {
    if scalar.value == 0xFFFF {
      scanner.split { found.append($0) }
      offset += 1
      continue
    }
    let end = offset + scalar.utf8.count
    scanner.append(scalar.value, start: offset, end: end) { found.append($0) }
    offset = end
  }
  scanner.finish { found.append($0) }
  return found.sorted { ($0.rule, $0.start) < ($1.rule, $1.start) }
}

/// The texts that one rule finds, the same in both modes; a limit finding is marked with `!`.
func finds(_ rule: Rule, _ text: String, limits: RuleLimits = RuleLimits()) -> [String] {
  let set = RuleSet(rules: [rule])
  let whole = scan(set, text, .whole, limits: limits)
  let stream = scan(set, text, .stream, limits: limits)
  #expect(whole == stream, "/\(rule.source.pattern)/ on \(text.debugDescription)")
  let bytes = Array(text.utf8)
  return whole.map {
    ($0.isLimit ? "!" : "") + String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
  }
}

/// A seeded generator (Steele, Lea and Flood, OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// The oracle: each attempt runs PCRE2's interpreter once on the complete bounded subject.
func bareMatches(_ rule: Rule, _ text: [UInt32]) -> [Range<Int>] {
  var error: Int32 = 0
  var offset = 0
  let pattern = Array(rule.source.pattern.utf8)
  let options =
    UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_DOLLAR_ENDONLY)
    | UInt32(PCRE2_ALT_CIRCUMFLEX)
  let context = pcre2_compile_context_create_8(nil)
  pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
  let code = pcre2_compile_8(
    pattern, pattern.count, options | UInt32(PCRE2_NO_START_OPTIMIZE), &error, &offset, context)
  let data = pcre2_match_data_create_8(16, nil)
  defer {
    pcre2_compile_context_free_8(context)
    pcre2_code_free_8(code)
    pcre2_match_data_free_8(data)
  }
  var found: [Range<Int>] = []
  var start = 0
  while start < text.count {
    let first = max(0, start - rule.lookbehind)
    let last = min(text.count, start + rule.window)
    let units = text[first..<last].map { Array(String(Unicode.Scalar($0)!).utf8) }
    let before = units.prefix(start - first).joined().count
    let subject = Array(units.joined())
    // With its own check, PCRE2 10.42 hides what a nested look-behind sees.
    var flags = UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_NO_UTF_CHECK)
    if first > 0 { flags |= UInt32(PCRE2_NOTBOL) }
    if last == start + rule.window { flags |= UInt32(PCRE2_NOTEOL) }
    let result = pcre2_match_8(code, subject, subject.count, before, flags, data, nil)
    precondition(result >= -1, "PCRE2 failed with \(result)")
    var next = start + 1
    if result >= 0 {
      let bytes = Int(pcre2_get_ovector_pointer_8(data)![1]) - before
      var length = 0
      var counted = 0
      while counted < bytes {
        counted += units[start - first + length].count
        length += 1
      }
      if length > 0 {
        found.append(start..<(start + length))
        next = start + length
      }
    }
    start = next
  }
  return found
}
