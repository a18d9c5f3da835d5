import Storage

extension AhoCorasick {
  /// Follows a symbol from a state.
  ///
  /// - Precondition: `state` is a state of this automaton and `number` below its symbol count.
  /// - Returns: The next state, and whether a pattern ends there.
  /// - Complexity: amortised O(1) over a text.
  @inline(__always)
  func step(_ state: UInt32, _ number: UInt16) -> (state: UInt32, hasOutput: Bool) {
    if number == 0 { return (0, false) }
    // SAFETY: `init` proved base + number < cells.count for every cell, and that failure links
    // are cells and end at the root.
    let (cells, failures) = unsafe (cells.base, failures.base)
    var state = state
    while true {
      let base = unsafe UInt32(truncatingIfNeeded: cells[Int(state)]) & 0x7FFF_FFFF
      let next = base &+ UInt32(number)
      let cell = unsafe cells[Int(next)]
      if UInt32(truncatingIfNeeded: cell >> 32) == state && base != 0 {
        return (next, cell & 1 << 31 != 0)
      }
      if state == 0 { return (0, false) }
      state = unsafe failures[Int(state)]
    }
  }

  /// Follows a symbol from a trie node without failure links; nil where no pattern goes on.
  func child(of state: UInt32, _ number: UInt16) -> UInt32? {
    let base = UInt32(truncatingIfNeeded: cells[Int(state)]) & 0x7FFF_FFFF
    guard base != 0, number != 0 else { return nil }
    let next = base + UInt32(number)
    return UInt32(truncatingIfNeeded: cells[Int(next)] >> 32) == state ? next : nil
  }

  /// Visits the patterns that end at a state, the longest first.
  func forEachPattern(at state: UInt32, _ visit: (_ pattern: Int, _ length: Int) -> Void) {
    var state = outputs[Int(state)] & ~Self.quietBit
    while state != 0 {
      visit(Int(patterns[Int(state)]) - 1, Int(depths[Int(state)]))
      state = outputs[Int(failures[Int(state)])] & ~Self.quietBit
    }
  }

  /// The pattern that ends at exactly this trie node.
  func pattern(endingAt state: UInt32) -> Int? {
    let pattern = patterns[Int(state)]
    return pattern == 0 ? nil : Int(pattern) - 1
  }

  func isClauseEligible(_ pattern: Int) -> Bool { info[pattern] & 1 << 8 != 0 }
  func isPart(_ pattern: Int) -> Bool { info[pattern] & 1 << 10 != 0 }
  func isSpelledEligible(_ pattern: Int) -> Bool { info[pattern] & 1 << 9 != 0 }

  /// What the patterns beyond a state can still make.
  func reach(_ state: UInt32) -> Reach { reachValues[Int(reaches[Int(state)])] }
}
