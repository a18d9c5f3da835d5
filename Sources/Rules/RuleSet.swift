import Synchronization

/// The rules of one database, compiled to machine code when they are first tried.
///
/// A set is shared by any number of scanners on any threads; what a scanner changes is its own.
package final class RuleSet: Sendable {
  /// A pattern that is compiled at its first attempt.
  private final class Slot: Sendable {
    let pattern = Mutex<PCREPattern?>(nil)
  }

  /// The rules; a rule's index names it in findings.
  package let rules: [Rule]
  /// The most symbols that any attempt sees: the largest window plus look-behind.
  package let maxReach: Int
  /// The most symbols that any attempt sees before its start.
  let maxLookbehind: Int
  private let slots: [Slot]
  private let table = Mutex<StartTable?>(nil)

  /// Gathers rules; nothing is compiled yet.
  ///
  /// - Parameter rules: Checked rules, in the order that numbers them.
  package init(rules: [Rule]) {
    self.rules = rules
    maxReach = rules.map { $0.window + $0.lookbehind }.max() ?? 0
    maxLookbehind = rules.map { $0.lookbehind }.max() ?? 0
    slots = rules.map { _ in Slot() }
  }

  /// Whether patterns run as machine code here; otherwise PCRE2's interpreter runs them.
  package var usesJIT: Bool {
    PCREPattern.isJITAvailable && rules.indices.allSatisfy { pattern($0)?.usesJIT ?? false }
  }

  /// Returns whether any rule can start at a symbol.
  ///
  /// - Complexity: O(1) after the first call, which builds the table.
  package func mayStart(_ symbol: UInt32) -> Bool { startTable.startClass(of: symbol) != 0 }

  var startTable: StartTable {
    table.withLock { table in
      if let table { return table }
      let made = StartTable(rules.map { $0.startSet })
      table = made
      return made
    }
  }

  /// The compiled pattern of a rule, or `nil` where memory for it is refused.
  func pattern(_ rule: Int) -> PCREPattern? {
    slots[rule].pattern.withLock { pattern in
      if pattern == nil { pattern = try? PCREPattern(rules[rule].source.pattern) }
      return pattern
    }
  }
}
