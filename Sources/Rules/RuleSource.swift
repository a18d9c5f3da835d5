/// A regex rule as its writer stated it: the pattern and its two declarations.
package struct RuleSource: Hashable, Sendable {
  /// The pattern in PCRE2's syntax, written in folded spelling.
  package var pattern: String
  /// The declared window in symbols (`window=N`), needed where none can be computed.
  package var window: Int?
  /// Whether the rule declares that its span starts at a literal (`from=literal`).
  package var fromLiteral: Bool

  /// States a rule; nothing is checked before `Rule.init`.
  ///
  /// - Parameters:
  ///   - pattern: PCRE2 syntax, in folded spelling.
  ///   - window: The declared window in symbols, or `nil` to have it computed.
  ///   - fromLiteral: Whether `from=literal` is declared.
  package init(pattern: String, window: Int? = nil, fromLiteral: Bool = false) {
    self.pattern = pattern
    self.window = window
    self.fromLiteral = fromLiteral
  }
}

/// What one attempt of a rule may cost before it becomes a limit finding.
package struct RuleLimits: Equatable, Sendable {
  /// How often PCRE2 may enter its match function (`pcre2_set_match_limit`).
  package var match: UInt32
  /// How deep the interpreter may nest backtracking (`pcre2_set_depth_limit`).
  package var depth: UInt32
  /// How much heap the interpreter may take, in KiB (`pcre2_set_heap_limit`).
  package var heapKiB: UInt32
  /// How large the JIT stack may grow, in bytes (`pcre2_jit_stack_create`).
  package var jitStackBytes: Int

  /// Sets the limits; each default keeps a hostile attempt in the order of a millisecond.
  ///
  /// - Parameters:
  ///   - match: Match limit, in calls.
  ///   - depth: Depth limit, in nested backtracks.
  ///   - heapKiB: Heap limit in KiB.
  ///   - jitStackBytes: Largest JIT stack in bytes.
  package init(
    match: UInt32 = 20_000, depth: UInt32 = 5_000, heapKiB: UInt32 = 4_096,
    jitStackBytes: Int = 512 * 1_024
  ) {
    self.match = match
    self.depth = depth
    self.heapKiB = heapKiB
    self.jitStackBytes = jitStackBytes
  }
}

/// How a scanner is fed, which decides when attempts run but never what they find.
package enum RuleScanMode: Sendable {
  /// Each attempt is stepped at every symbol, so that a match is known as early as can be.
  case stream
  /// Each attempt runs once, when its window is complete or the text ends.
  case whole
}

/// A finding of one rule in the source text.
package struct RuleMatch: Hashable, Sendable {
  /// The rule's index in its `RuleSet`.
  package var rule: Int
  /// Source byte offset of the first scalar.
  package var start: Int
  /// Source byte offset behind the last scalar.
  package var end: Int
  /// Whether a limit was hit: the range is then the attempt's window, and may hold a match.
  package var isLimit: Bool

  /// Names a finding by its rule and source byte range.
  ///
  /// - Parameters:
  ///   - rule: Index of the rule in its set.
  ///   - start: Byte offset of the first scalar.
  ///   - end: Byte offset behind the last scalar.
  ///   - isLimit: Whether this is a limit finding.
  package init(rule: Int, start: Int, end: Int, isLimit: Bool) {
    self.rule = rule
    self.start = start
    self.end = end
    self.isLimit = isLimit
  }
}
