import Folding
import Storage

extension Scanner {
  /// The smallest byte offset at which a pattern that is switched on may still be under way.
  ///
  /// For each prefix in the failure chain: something beyond it is switched on, its left edge is no
  /// obstacle, and what has been read behind it can lie in a gap of it.
  ///
  /// - Complexity: O(longest pattern).
  package mutating func liveStart(_ kinds: UInt64) -> Int? {
    var earliest = textLive(kinds)
    // Lanes that are open need care; their state is not looked at where nothing does.
    if !needsCare { return earliest }
    if clauses.isActive, let start = clauseLive(kinds) { earliest = min(earliest ?? start, start) }
    if spelling.isActive, let start = spellingLive(kinds) {
      earliest = min(earliest ?? start, start)
    }
    return earliest
  }

  private mutating func textLive(_ enabled: UInt64) -> Int? {
    var prefix = state
    while prefix != 0 {
      let back = tables.depth(prefix) - 1
      if canGoOn(prefix, touches: history.touches(back: back), enabled) {
        return history.start(back: back)
      }
      prefix = tables.failure(prefix)
    }
    return nil
  }

  /// Whether a prefix of the text lane can be continued behind the open gap.
  @inline(__always)
  private mutating func canGoOn(_ prefix: UInt32, touches: Bool, _ enabled: UInt64) -> Bool {
    // SAFETY: read in place, while the automaton lives.
    let reach = unsafe tables.reach(prefix)
    let mask = unsafe touches ? reach.pointee.loose : reach.pointee.all
    if gap.scalars == 0 && pendingStop == nil { return mask & enabled != 0 }
    let han = unsafe touches ? reach.pointee.looseHan : reach.pointee.han
    return canCross(prefix, touches: touches, mask: mask & enabled, han: han & enabled, enabled)
  }

  /// Whether a prefix can be continued behind a gap that is not empty.
  private mutating func canCross(
    _ prefix: UInt32, touches: Bool, mask: UInt64, han: UInt64, _ enabled: UInt64
  ) -> Bool {
    let stops = pendingStop == nil ? 0 : 1
    let isShort = gap.noise + (gap.wasJoined ? 0 : stops) <= noiseLimit
    if lastTrait == SymbolTrait.han.bits {
      if isShort || stops == 0 || gap.noise > noiseLimit { return isShort && mask != 0 }
      // Not as noise, but as a mark the full stop may be a symbol.
      guard let mark = automaton.child(of: prefix, UInt16(SymbolTable.stop)) else { return false }
      let beyond = automaton.reach(mark)
      return (touches ? beyond.loose : beyond.all) & enabled != 0
    }
    if isShort && han != 0 { return true }
    guard !gap.overflows, gap.literalCount + stops <= Gap.maximumLiteral else { return false }
    var node = prefix
    for index in 0..<gap.literalCount {
      guard let next = automaton.child(of: node, gap.literal(index)) else { return false }
      node = next
    }
    if stops > 0 {
      guard let next = automaton.child(of: node, UInt16(SymbolTable.stop)) else { return false }
      node = next
    }
    let beyond = automaton.reach(node)
    return (touches ? beyond.loose : beyond.all) & enabled != 0
  }

  private mutating func clauseLive(_ enabled: UInt64) -> Int? {
    guard gap.isEmpty, pendingStop == nil else { return nil }
    let isOpen = clauses.pendingMark == 0 || clauses.pendingMark == clauses.mark
    if clauses.mark != 0 && isOpen {
      var prefix = clauses.state
      while prefix != 0 {
        let depth = Int(automaton.depths[Int(prefix)])
        let reach = automaton.reach(prefix)
        let touches = clauses.history.touches(back: depth - 1)
        if (touches ? reach.looseClause : reach.clause) & enabled != 0 {
          return clauses.history.start(back: depth - 1)
        }
        prefix = automaton.failures[Int(prefix)]
      }
      return nil
    }
    guard clauses.pendingMark != 0,
      let node = automaton.child(of: 0, clauses.last.number)
    else { return nil }
    let reach = automaton.reach(node)
    let mask = clauses.last.touches ? reach.looseClause : reach.clause
    return mask & enabled != 0 ? clauses.last.start : nil
  }

  private mutating func spellingLive(_ enabled: UInt64) -> Int? {
    if spelling.hasCandidate {
      let number = UInt16(spelling.candidate.number)
      if spelling.candidateSeparator != 0 {
        let continues =
          spelling.separator == 0 || spelling.separator == spelling.candidateSeparator
        if continues, let node = spelling.node,
          isSpellable(automaton.child(of: node, number), enabled)
        {
          return spelling.first.start
        }
        if let term = spelling.terminal(automaton), automaton.masks[term] & enabled != 0 {
          return spelling.first.start
        }
        // With another separator the run's last letter begins a new run.
        let last = continues ? nil : automaton.child(of: 0, UInt16(spelling.last.number))
        if let last, isSpellable(automaton.child(of: last, number), enabled) {
          return spelling.last.start
        }
      }
      return isSpellable(automaton.child(of: 0, number), enabled) ? spelling.candidate.start : nil
    }
    let stops = pendingStop == nil ? 0 : 1
    if stops > 0, let term = spelling.terminal(automaton), automaton.masks[term] & enabled != 0 {
      // Whatever the full stop is, the run is a term if it ends there.
      return spelling.first.start
    }
    let noise = gap.scalars + stops
    let between = gap.scalars > 0 ? gap.separator : 0x2E + 1
    let fits = noise == 0 || spelling.separator == 0 || between == spelling.separator
    guard noise <= 1 else { return nil }
    if fits, isSpellable(spelling.node, enabled) { return spelling.first.start }
    if noise == 1 && fits && spelling.length > 1 { return nil }
    return isSpellable(automaton.child(of: 0, UInt16(spelling.last.number)), enabled)
      ? spelling.last.start : nil
  }

  /// Whether a run that leads to this node is a term or can become one.
  private mutating func isSpellable(_ node: UInt32?, _ enabled: UInt64) -> Bool {
    guard let node else { return false }
    if automaton.reach(node).spelled & enabled != 0 { return true }
    guard let pattern = automaton.pattern(endingAt: node) else { return false }
    return automaton.isSpelledEligible(pattern) && automaton.masks[pattern] & enabled != 0
  }
}
