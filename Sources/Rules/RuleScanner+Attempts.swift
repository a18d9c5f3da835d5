extension RuleScanner {
  /// Runs a rule's attempts on the buffered symbols until one is undecided.
  ///
  /// - Returns: Whether an attempt is undecided.
  mutating func run(_ rule: Int, isEnd: Bool, _ emit: (RuleMatch) -> Void) -> Bool {
    let window = set.rules[rule].window
    while true {
      let start = states[rule].attempt
      let end = min(start + window, buffer.end)
      let isComplete = isEnd || end == start + window
      if !isComplete && (mode == .whole || states[rule].isLimited) { return true }
      switch states[rule].isLimited ? .limit : attempt(rule, start..<end, isComplete: isComplete) {
      case .partial: return true
      case .limit:
        if !isComplete {
          states[rule].isLimited = true
          return true
        }
        emit(finding(rule, start..<end, isLimit: true))
        states[rule].resume = end
      case .match(let offset):
        let matchEnd = buffer.position(ofByte: offset, from: start)
        if matchEnd > start { emit(finding(rule, start..<matchEnd, isLimit: false)) }
        states[rule].resume = max(matchEnd, start + 1)
      case .noMatch: states[rule].resume = start + 1
      }
      guard seekStart(rule) else { return false }
    }
  }

  /// Moves a rule to its next possible start among the buffered symbols.
  private mutating func seekStart(_ rule: Int) -> Bool {
    states[rule].isLimited = false
    var position = states[rule].resume
    while position < buffer.end {
      if table.contains(rule, in: table.startClass(of: buffer.symbol(position))) {
        states[rule].attempt = position
        return true
      }
      position += 1
    }
    states[rule].attempt = -1
    states[rule].resume = position
    return false
  }

  private func finding(_ rule: Int, _ span: Range<Int>, isLimit: Bool) -> RuleMatch {
    RuleMatch(
      rule: rule, start: buffer.source(span.lowerBound).lowerBound,
      end: buffer.source(span.upperBound - 1).upperBound, isLimit: isLimit)
  }

  /// Makes one attempt on the symbols from its start to the end of what is known of its window.
  ///
  /// The open subject is asked first even where the subject is complete: the decision is then made
  /// by the same machine code, at the same cost in limits, as if symbols had come one by one.
  private mutating func attempt(
    _ rule: Int, _ span: Range<Int>, isComplete: Bool
  ) -> AttemptOutcome {
    let prefix = set.rules[rule].literalPrefix
    let known = min(prefix.count, span.count)
    for index in 0..<known where buffer.symbol(span.lowerBound + index) != prefix[index] {
      return .noMatch
    }
    if known < prefix.count { return isComplete ? .noMatch : .partial }
    if states[rule].pattern == nil { states[rule].pattern = set.pattern(rule) }
    guard let pattern = states[rule].pattern else { return .limit }
    let first = max(span.lowerBound - set.rules[rule].lookbehind, subjectStart)
    let subject = buffer.offset(first)..<buffer.offset(span.upperBound)
    let start = buffer.offset(span.lowerBound)
    var edges: SubjectEdges = first > subjectStart ? [.startIsCut] : []
    let outcome = pattern.attempt(
      in: buffer.utf8, subject: subject, at: start, edges.union(.endIsOpen), scratch)
    guard outcome == .partial && isComplete else { return outcome }
    if span.count == set.rules[rule].window { edges.insert(.endIsCut) }
    return pattern.attempt(in: buffer.utf8, subject: subject, at: start, edges, scratch)
  }
}
