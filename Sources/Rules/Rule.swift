/// A regex rule that was checked: it has a finite window and a known set of first symbols.
///
///     let rule = try Rule(RuleSource(pattern: #"加[vq]\d{6,12}"#), fold: { [$0] })
///     rule.window  // 14 symbols
///
/// - Invariant: 1 ≤ `window` ≤ `largestWindow`; PCRE2 compiles the pattern.
package struct Rule: Sendable {
  /// The most symbols that an attempt may see from its start.
  package static let largestWindow = 4_096

  /// The rule as it was written.
  package let source: RuleSource
  /// How many symbols an attempt sees from its start on, look-ahead included.
  package let window: Int
  /// How many symbols an attempt sees before its start.
  package let lookbehind: Int
  /// The symbols with which a match can begin.
  package let startSet: StartSet
  /// The symbols with which every match begins; often empty.
  package let literalPrefix: [UInt32]
  /// The literal at which the span of a `from=literal` rule starts, else `nil`.
  package var requiredLiteral: [UInt32]? { source.fromLiteral ? literalPrefix : nil }

  /// Checks a rule.
  ///
  /// - Parameters:
  ///   - source: The pattern and its declarations.
  ///   - isTrusted: Whether the rule was checked before, so that PCRE2 need not compile it here.
  ///   - fold: The folding of one scalar to its symbols, none where it vanishes.
  /// - Throws: `RuleError`, with the column of the first thing that is refused.
  /// - Complexity: O(pattern), most of it PCRE2's compilation.
  package init(
    _ source: RuleSource, isTrusted: Bool = false, fold: @escaping (UInt32) -> [UInt32]
  ) throws(RuleError) {
    if !isTrusted { _ = try PCREPattern(source.pattern, usingJIT: false) }
    var parser = PatternParser(source.pattern, fold: fold)
    let shape = try parser.parse()
    self.source = source
    lookbehind = min(shape.back, Rule.largestWindow)
    startSet = shape.first
    literalPrefix = shape.prefix
    if let declared = source.window, !(1...Rule.largestWindow).contains(declared) {
      throw .declaredWindow(window: declared)
    }
    if let extent = shape.extent {
      window = min(extent, source.window ?? extent)
      if window > Rule.largestWindow { throw .windowTooLarge(window: window) }
    } else if let declared = source.window {
      window = declared
    } else {
      let place = parser.unbounded ?? (source.pattern, 1)
      throw .noFiniteWindow(spelling: place.spelling, column: place.column)
    }
    if shape.most == 0 || startSet.isEmpty { throw .matchesNothing }
    if source.fromLiteral {
      if literalPrefix.isEmpty { throw .noLiteral(column: 1) }
    } else if startSet.isUnrestricted {
      throw .startsAnywhere(column: 1)
    }
  }

  /// Returns whether a match of the rule can begin with a symbol; a superset of those that do.
  ///
  /// - Complexity: O(ranges of the start set). Scanners look up one table for all rules instead.
  package func mayStart(_ symbol: UInt32) -> Bool {
    startSet.resolved().contains { $0.contains(symbol) }
  }
}
