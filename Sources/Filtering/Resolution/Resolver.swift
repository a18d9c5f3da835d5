import Lexicons
import Matching
import Storage

/// Decides hits: boundaries, exceptions, combinations, policy.
///
/// A term's hit becomes a finding as soon as nothing can change it. A part of a combination waits in
/// a queue until all that ends before it is decided, so combinations depend on the text alone and
/// never on the order of decisions.
struct Resolver: ScanHandler, ~Copyable {
  let lexicon: CompiledLexicon
  /// The action of each entry under the policy; nil where it is switched off.
  let actions: EntryActions
  let limitAction: Action

  /// Findings decided and not yet taken, in the order of their decision.
  private var findings: [Finding] = []
  /// Whether there are such, and whether a hit is undecided: asked at every push, where the arrays
  /// themselves may lie in no cache.
  private(set) var hasFindings = false
  private var hasPending = false
  private(set) var cleared: [ClearedHit] = []
  var keepsCleared = false

  var pending: [PendingHit] = []
  var trials: [ExceptionTrial] = []
  var parts = CombinationState()
  /// The sentence in which a word turned up that combinations wait for.
  private var loudSentence = -1
  /// The last findings, taken or not.
  private var recent: [KnownFinding] = []
  /// More than can be found at one scalar and decided apart.
  private static let recentCount = 64
  /// A part was decided that may complete a combination.
  private var awaitsEvaluation = false

  init(_ lexicon: CompiledLexicon, actions: EntryActions, limitAction: Action) {
    self.lexicon = lexicon
    self.actions = actions
    self.limitAction = limitAction
    parts.prepare(sets: lexicon.setCount)
    findings.reserveCapacity(16)
    recent.reserveCapacity(Self.recentCount)
    pending.reserveCapacity(16)
    trials.reserveCapacity(16)
  }

  mutating func literal(
    _ hit: LiteralHit, in history: borrowing SymbolHistory
  ) -> ScanWatch {
    var wanted = ScanWatch.nothing
    let (starts, uses, groups) = (lexicon.useStarts, lexicon.uses, lexicon.setGroups)
    for number in Int(starts[hit.pattern])..<Int(starts[hit.pattern + 1]) {
      let use = uses[number]
      if hit.touchesLeft && use.isLoose == 0 { continue }
      if use.isPart != 0 && groups[Int(use.target)].isLoud {
        loudSentence = hit.sentence
        wanted = wanted.union(.words)
      }
      if use.isPart != 0 && use.exceptions.count == 0 && (!hit.endsInWord || use.isLoose != 0) {
        enqueue(hit, group: Int(use.target), .found)
        continue
      }
      if use.isPart == 0 && actions[Int(use.target)] == nil { continue }
      let isEdgeOpen = hit.endsInWord && use.isLoose == 0
      wanted = wanted.union(begin(number, use, hit, isEdgeOpen: isEdgeOpen, history))
    }
    return wanted
  }

  /// Takes up one use of a hit.
  private mutating func begin(
    _ number: Int, _ use: UseRecord, _ hit: LiteralHit, isEdgeOpen: Bool,
    _ history: borrowing SymbolHistory
  ) -> ScanWatch {
    var part: Int?
    if use.isPart != 0 { part = enqueue(hit, group: Int(use.target), .undecided) }
    if use.exceptions.count == 0 && !isEdgeOpen {
      settle(number, use, hit, part: part)
      return .nothing
    }
    var waiting = PendingHit(
      use: number, hit: hit, isEdgeOpen: isEdgeOpen, liveTrials: 0, clearedBy: nil, part: part)
    let wanted = startTrials(for: &waiting, use, history).union(isEdgeOpen ? .edge : .nothing)
    if waiting.isDecided {
      trials.removeAll { $0.pending == pending.count }
      conclude(waiting)
    } else {
      pending.append(waiting)
      hasPending = true
    }
    return wanted
  }

  /// Adds a part to the queue; asks for a pause where it could complete a combination.
  @discardableResult
  private mutating func enqueue(
    _ hit: LiteralHit, group: Int, _ state: PartHit.State
  ) -> Int {
    if hit.sentence == loudSentence { awaitsEvaluation = true }
    return parts.enqueue(
      PartHit(
        group: Int32(truncatingIfNeeded: group), sentence: Int32(truncatingIfNeeded: hit.sentence),
        first: hit.firstSymbol, last: hit.lastSymbol, start: hit.start, end: hit.end,
        hasNoise: hit.hasNoise, lane: hit.lane, state: state))
  }

  mutating func noted(_ words: borrowing QuietLog, sentence: Int) {
    let isLoud = sentence == loudSentence
    if isLoud { awaitsEvaluation = true }
    let (starts, uses) = (lexicon.useStarts, lexicon.uses)
    for index in 0..<words.count {
      let word = words[index]
      let use = uses[Int(starts[word.pattern])]
      _ = parts.enqueue(
        PartHit(
          group: Int32(bitPattern: use.target), sentence: Int32(truncatingIfNeeded: sentence),
          first: word.first, last: word.last, start: word.start, end: word.end,
          hasNoise: word.hasNoise, lane: .text, state: isLoud ? .found : .noted))
    }
  }

  mutating func symbol(lane: Lane, in history: borrowing SymbolHistory) -> ScanWatch {
    advanceTrials(lane, history)
  }

  mutating func edge(touches: Bool) {
    for index in trials.indices where trials[index].awaitsEdge {
      if touches { fail(index) } else { succeed(index) }
    }
    for index in pending.indices where pending[index].isEdgeOpen {
      pending[index].isEdgeOpen = false
      if touches { pending[index].isRejected = true }
    }
    sweep()
  }

  mutating func laneBroke(_ lane: Lane) {
    if trials.isEmpty { return }
    for index in trials.indices where trials[index].lane == lane && !trials[index].awaitsEdge {
      fail(index)
    }
    sweep()
  }

  mutating func limitPassed(start: Int, end: Int) {
    findings.append(
      Finding(
        cause: .invisibleFlood, entryID: 0, risk: nil, action: limitAction, range: start..<end,
        evasion: .invisible, otherParts: []))
    hasFindings = true
  }

  /// Concludes all pending hits that are decided, in order.
  mutating func sweep() {
    var isDecided = false
    for index in pending.indices where pending[index].isDecided {
      conclude(pending[index])
      isDecided = true
    }
    guard isDecided else { return }
    // Trials name pending hits by number: both lists are compacted together.
    var kept = 0
    for index in pending.indices {
      let isKept = !pending[index].isDecided
      for trial in trials.indices where trials[trial].pending == index {
        trials[trial].pending = isKept ? kept : -1
      }
      if isKept {
        pending.swapAt(kept, index)
        kept += 1
      }
    }
    pending.removeLast(pending.count - kept)
    hasPending = kept > 0
    trials.removeAll { $0.pending < 0 }
  }

  private mutating func conclude(_ waiting: PendingHit) {
    // Whatever becomes of a part, those that wait behind it may complete something.
    if waiting.part != nil && waiting.hit.sentence <= loudSentence { awaitsEvaluation = true }
    let use = lexicon.uses[waiting.use]
    if let exception = waiting.clearedBy, !waiting.isRejected {
      if let part = waiting.part { parts.drop(part) }
      if keepsCleared, waiting.part == nil {
        cleared.append(
          ClearedHit(
            entry: Int(use.target), range: waiting.hit.start..<waiting.hit.end,
            exception: lexicon.string(lexicon.exceptions[exception].text)))
      }
      return
    }
    if waiting.isRejected {
      if let part = waiting.part { parts.drop(part) }
      return
    }
    settle(waiting.use, use, waiting.hit, part: waiting.part)
  }

  /// A hit stands.
  private mutating func settle(_ number: Int, _ use: UseRecord, _ hit: LiteralHit, part: Int?) {
    if let part {
      parts.confirm(part)
      return
    }
    report(
      entry: Int(use.target), range: hit.start..<hit.end, hasNoise: hit.hasNoise, lane: hit.lane,
      otherParts: [])
  }

  /// Adds a finding of an entry that is switched on.
  mutating func report(
    entry: Int, range: Range<Int>, hasNoise: Bool, lane: Lane, otherParts: [Range<Int>]
  ) {
    guard let action = actions[entry] else { return }
    let record = lexicon.entries[entry]
    // A scalar that folds to several symbols can hold one occurrence more than once.
    let known = KnownFinding(entryID: record.id, range: range)
    if recent.contains(known) { return }
    if recent.count == Self.recentCount { recent.removeFirst() }
    recent.append(known)
    var evasion: Evasion = hasNoise && lane == .text ? .noise : []
    if lane == .clause { evasion.insert(.clauseMarks) }
    if lane == .spelled { evasion.insert(.spelled) }
    findings.append(
      Finding(
        cause: .entry(entry), entryID: record.id, risk: Risk(rawValue: record.primary),
        action: action, range: range, evasion: evasion, otherParts: otherParts))
    hasFindings = true
  }

  /// What tells findings apart.
  private struct KnownFinding: Equatable {
    var entryID: UInt64
    var range: Range<Int>
  }

  mutating func scalarEnded() -> Bool {
    if awaitsEvaluation || parts.queueIsLong { evaluate() }
    return hasFindings
  }

  /// Evaluates the combinations that have become decidable.
  mutating func evaluate() {
    awaitsEvaluation = false
    guard !parts.queueIsEmpty else { return }
    parts.evaluate(lexicon)
    for index in parts.completions.indices {
      let completion = parts.completions[index]
      let part = completion.part
      report(
        entry: completion.entry, range: part.start..<part.end, hasNoise: part.hasNoise,
        lane: part.lane, otherParts: completion.others)
    }
  }

  /// Takes the findings decided so far.
  mutating func takeFindings() -> [Finding] {
    if !hasFindings { return [] }
    hasFindings = false
    var taken: [Finding] = []
    swap(&taken, &findings)
    return taken
  }

  mutating func takeCleared() -> [ClearedHit] {
    var taken: [ClearedHit] = []
    swap(&taken, &cleared)
    return taken
  }

  /// Whether nothing is found and not taken, and nothing undecided.
  var isIdle: Bool { !hasFindings && !hasPending && parts.queueIsEmpty }

  /// The smallest byte offset of anything undecided.
  mutating func heldStart() -> Int? {
    if !hasPending && parts.queueIsEmpty { return nil }
    var start: Int?
    for waiting in pending { start = min(start ?? waiting.hit.start, waiting.hit.start) }
    if let queued = parts.queuedStart { start = min(start ?? queued, queued) }
    return start
  }
}

/// The action of each entry under a policy, worked out once.
struct EntryActions: Sendable {
  /// 0: off; else one more than the action's raw value.
  private let codes: [UInt8]

  /// Takes up codes that were made when the lexicon was compiled.
  init(codes: [UInt8]) { self.codes = codes }

  init(_ entries: Table<EntryRecord>, _ policy: Policy) {
    codes = (0..<entries.count).map { index in
      policy.action(of: entries[index]).map { $0.rawValue + 1 } ?? 0
    }
  }

  subscript(entry: Int) -> Action? {
    codes[entry] == 0 ? nil : Action(rawValue: codes[entry] - 1)
  }
}
