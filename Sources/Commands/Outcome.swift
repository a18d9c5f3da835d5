/// What a command came to, where it came to an end.
package enum Outcome: Sendable {
  /// It did what was asked.
  case done
  /// `filter --exit-code`, `check`: something blocks or masks.
  case intercepted
  /// `scan`: something was found.
  case found
  /// `scan`: nothing was found.
  case foundNothing
  /// Errors were reported on the way; the rest was done.
  case incomplete
}
