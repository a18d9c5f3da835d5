/// Why a regex rule is refused when it is loaded; columns count scalars of the pattern from 1.
package enum RuleError: Error, Equatable, Sendable {
  /// PCRE2 itself refuses the pattern, with its message.
  case syntax(message: String, column: Int)
  /// A construct is allowed nowhere in a rule; `remedy` says what to write instead.
  case construct(spelling: String, remedy: String, column: Int)
  /// A literal or class member that folded text never has, with its folded spelling.
  case unfolded(spelling: String, folded: String, column: Int)
  /// No window can be computed past this construct and none is declared.
  case noFiniteWindow(spelling: String, column: Int)
  /// The computed window has more symbols than `Rule.largestWindow`.
  case windowTooLarge(window: Int)
  /// The declared window lies outside 1…`Rule.largestWindow`.
  case declaredWindow(window: Int)
  /// A match could start at any symbol, by the construct at `column`.
  case startsAnywhere(column: Int)
  /// The rule declares `from=literal`, but its matches do not all begin with one literal.
  case noLiteral(column: Int)
  /// No match of the rule has a symbol.
  case matchesNothing
}

extension RuleError: CustomStringConvertible {
  /// The column in the pattern, in scalars from 1; 1 where the whole pattern is meant.
  package var column: Int {
    switch self {
    case .syntax(_, let column), .construct(_, _, let column), .unfolded(_, _, let column),
      .noFiniteWindow(_, let column), .startsAnywhere(let column), .noLiteral(let column):
      column
    case .windowTooLarge, .declaredWindow, .matchesNothing: 1
    }
  }

  /// The reason and its remedy, in one line.
  package var description: String {
    switch self {
    case .syntax(let message, _): message
    case .construct(let spelling, let remedy, _): "'\(spelling)' is not allowed: \(remedy)"
    case .unfolded(let spelling, "", _):
      "'\(spelling)' vanishes when text is folded and can never match: leave it out"
    case .unfolded(let spelling, let folded, _):
      "'\(spelling)' is folded before rules see the text: write '\(folded)'"
    case .noFiniteWindow(let spelling, _):
      "no finite window: '\(spelling)' has no upper bound; give it one ({0,20}) or declare window=N"
    case .windowTooLarge(let window):
      "the window of \(window) symbols is over \(Rule.largestWindow): lower the quantifiers or "
        + "declare a smaller window=N"
    case .declaredWindow(let window):
      "window=\(window) is outside 1…\(Rule.largestWindow) symbols"
    case .startsAnywhere:
      "a match could start anywhere: begin with a literal or a positive class such as \\d"
    case .noLiteral:
      "from=literal needs a pattern whose every match begins with the same literal: put it first"
    case .matchesNothing: "no match has a symbol: the pattern finds empty text only"
    }
  }
}
