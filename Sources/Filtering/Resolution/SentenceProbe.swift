import Matching
import Storage

/// Tells in which parts of a text something may be found, without deciding anything.
///
/// A term's hit is enough. Words of sets matter only where all parts of a combination, and the words
/// that must be there, stand in one sentence: of a hundred sentences with the rarest part of some
/// combination, about one. So boundaries, exceptions, distance and order are left to the `Resolver`.
struct SentenceProbe: ScanHandler, ~Copyable {
  private let lexicon: CompiledLexicon
  private let actions: EntryActions
  // What each hit reads; through the lexicon it takes 8 % more instructions.
  private let useStarts: Table<UInt32>
  private let uses: Table<UseRecord>
  private let setGroups: Table<SetGroupRecord>

  /// Whether something may be found in what was read since `reset`, up to the last sentence's end.
  private(set) var isSuspicious = false
  /// The groups of the sentence's words.
  private var groups: [UInt32] = []
  private var sentence = 0
  private var isLoud = false
  /// One bit a set: a word of it occurs in the sentence; all zero but while a sentence is judged.
  private var seen: [UInt64]

  init(_ lexicon: CompiledLexicon, actions: EntryActions) {
    self.lexicon = lexicon
    self.actions = actions
    useStarts = lexicon.useStarts
    uses = lexicon.uses
    setGroups = lexicon.setGroups
    seen = [UInt64](repeating: 0, count: (lexicon.setCount + 63) / 64)
    groups.reserveCapacity(256)
  }

  /// Forgets all, before another text or part of one.
  mutating func reset() {
    isSuspicious = false
    forgetSentence()
  }

  mutating func literal(
    _ hit: LiteralHit, in history: borrowing SymbolHistory
  ) -> ScanWatch {
    begin(hit.sentence)
    for number in Int(useStarts[hit.pattern])..<Int(useStarts[hit.pattern + 1]) {
      let use = uses[number]
      if hit.touchesLeft && use.isLoose == 0 { continue }
      if use.isPart == 0 {
        if actions[Int(use.target)] != nil { isSuspicious = true }
      } else {
        add(use.target)
      }
    }
    return isLoud ? .words : .nothing
  }

  mutating func noted(_ words: borrowing QuietLog, sentence: Int) {
    begin(sentence)
    for index in 0..<words.count { add(uses[Int(useStarts[words[index].pattern])].target) }
  }

  mutating func limitPassed(start: Int, end: Int) { isSuspicious = true }

  mutating func scalarEnded() -> Bool { isSuspicious }

  /// Judges the last sentence, once the text is read.
  mutating func finish() { judge() }

  // Nothing is watched.
  mutating func symbol(lane: Lane, in history: borrowing SymbolHistory) -> ScanWatch { .nothing }
  mutating func edge(touches: Bool) {}
  mutating func laneBroke(_ lane: Lane) {}

  @inline(__always)
  private mutating func begin(_ next: Int) {
    if next == sentence { return }
    judge()
    forgetSentence()
    sentence = next
  }

  @inline(__always)
  private mutating func add(_ group: UInt32) {
    groups.append(group)
    if setGroups[Int(group)].isLoud { isLoud = true }
  }

  private mutating func forgetSentence() {
    groups.removeAll(keepingCapacity: true)
    isLoud = false
  }

  /// Looks for a combination whose sets all have a word in the sentence.
  private mutating func judge() {
    if !isLoud || isSuspicious { return }
    let setMasks = lexicon.setMasks
    for group in groups {
      for index in setGroups[Int(group)].masks.range {
        seen[Int(setMasks[index].word)] |= setMasks[index].bits
      }
    }
    for group in groups where completesSome(setGroups[Int(group)].combinations) {
      isSuspicious = true
      break
    }
    for word in seen.indices { seen[word] = 0 }
  }

  @inline(__always)
  private mutating func completesSome(_ members: TableRange) -> Bool {
    for member in members.range {
      let combination = lexicon.combinations[Int(lexicon.setMembers[member])]
      if hasAll(combination.parts) && hasAll(combination.with) { return true }
    }
    return false
  }

  @inline(__always)
  private mutating func hasAll(_ range: TableRange) -> Bool {
    let sets = lexicon.combinationSets
    for index in range.range {
      let set = sets[index]
      if seen[Int(set >> 6)] >> UInt64(set & 63) & 1 == 0 { return false }
    }
    return true
  }
}
