import Matching
import Storage

/// The parts seen in the present sentence, and what they complete.
///
/// - Invariant: the queue and the occurrences are in the order of the text, by last symbol.
struct CombinationState: ~Copyable {
  private var queue: [PartHit] = []
  /// Entries of the queue before this one are done.
  private var head = 0
  /// The place of the queue's first entry: places stay valid when done entries leave.
  private var base = 0
  /// Entries of the queue that are not done: asked at every push, where the queue itself may lie in
  /// no cache.
  private var waiting = 0
  private var occurrences: [PartHit] = []
  /// The combinations whose rarest part occurs in the sentence.
  private var armed: [UInt32] = []
  /// One bit a set: a word of it occurs in the sentence.
  private var seen: [UInt64] = []
  private var sentence: Int32 = -1
  /// Whether all parts of an armed combination, and what must be there, have been seen; to be worked
  /// out again once a set is seen for the first time, or a combination is armed.
  private var isReady = false
  private var isStale = false
  /// Combinations found and not yet taken.
  private(set) var completions: [Completion] = []

  /// A combination that is found at a part.
  struct Completion {
    var entry: Int
    var part: PartHit
    var others: [Range<Int>]
  }

  init() {}

  /// Allocates what the words of so many sets need.
  mutating func prepare(sets: Int) {
    if sets == 0 { return }
    seen = [UInt64](repeating: 0, count: (sets + 63) / 64)
    queue.reserveCapacity(64)
    occurrences.reserveCapacity(64)
    armed.reserveCapacity(64)
  }

  /// Whether nothing waits.
  var queueIsEmpty: Bool { waiting == 0 }

  /// Whether so much waits that it should be evaluated, to keep memory fixed.
  var queueIsLong: Bool { queue.count > 512 }

  /// Whether a part has occurred in the sentence, so that another could complete a combination.
  func hasParts(in sentence: Int) -> Bool {
    !queueIsEmpty || (Int(self.sentence) == sentence && !occurrences.isEmpty)
  }

  /// The smallest byte offset of a part that waits.
  var queuedStart: Int? {
    var start: Int?
    for index in head..<queue.count where queue[index].state != .dropped {
      start = min(start ?? queue[index].start, queue[index].start)
    }
    return start
  }

  /// Adds a part; returns its place.
  mutating func enqueue(_ part: PartHit) -> Int {
    queue.append(part)
    waiting += 1
    return base + queue.count - 1
  }

  mutating func confirm(_ place: Int) { queue[place - base].state = .found }
  mutating func drop(_ place: Int) { queue[place - base].state = .dropped }

  /// Evaluates the front of the queue as far as it is decided.
  mutating func evaluate(_ lexicon: CompiledLexicon) {
    if queueIsEmpty { return }
    completions.removeAll(keepingCapacity: true)
    while head < queue.count {
      // Parts that end at the same symbol count together.
      var end = head
      while end < queue.count && queue[end].last == queue[head].last {
        if queue[end].state == .undecided {
          trim()
          return
        }
        end += 1
      }
      for index in head..<end where queue[index].state != .dropped { enter(queue[index], lexicon) }
      if occurrences.count > 1 && mayComplete(lexicon) {
        for index in head..<end where queue[index].state == .found {
          find(queue[index], lexicon)
        }
      }
      head = end
    }
    trim()
  }

  /// Drops the entries that are done once they are many, or all.
  private mutating func trim() {
    waiting = queue.count - head
    guard head == queue.count || head > 64 else { return }
    queue.removeFirst(head)
    base += head
    head = 0
  }

  private mutating func enter(_ part: PartHit, _ lexicon: CompiledLexicon) {
    if part.sentence != sentence {
      sentence = part.sentence
      occurrences.removeAll(keepingCapacity: true)
      armed.removeAll(keepingCapacity: true)
      for index in seen.indices { seen[index] = 0 }
      (isReady, isStale) = (false, false)
    }
    let group = lexicon.setGroups[Int(part.group)]
    var new: UInt64 = 0
    for index in group.masks.range {
      let mask = lexicon.setMasks[index]
      new |= mask.bits & ~seen[Int(mask.word)]
      seen[Int(mask.word)] |= mask.bits
    }
    if new != 0 { isStale = true }
    for member in group.combinations.range {
      let combination = lexicon.setMembers[member]
      if armed.contains(combination) { continue }
      armed.append(combination)
      isStale = true
    }
    if group.isPart == 0 { return }
    let oldest = part.first - lexicon.combinationReach
    if let first = occurrences.first, first.last < oldest {
      occurrences.removeAll { $0.last < oldest }
    }
    occurrences.append(part)
  }

  /// Whether a part could complete a combination: sets that were seen stay so to the sentence's end.
  private mutating func mayComplete(_ lexicon: CompiledLexicon) -> Bool {
    if isReady || !isStale { return isReady }
    isStale = false
    let sets = lexicon.combinationSets
    for number in armed where !isReady {
      let combination = lexicon.combinations[Int(number)]
      isReady = hasAll(combination.parts, sets) && hasAll(combination.with, sets)
    }
    return isReady
  }

  private func hasAll(_ range: TableRange, _ sets: Table<UInt32>) -> Bool {
    for index in range.range where !has(sets[index]) { return false }
    return true
  }

  private func hasNone(_ range: TableRange, _ sets: Table<UInt32>) -> Bool {
    for index in range.range where has(sets[index]) { return false }
    return true
  }

  private func has(_ set: UInt32) -> Bool {
    seen[Int(set >> 6)] >> UInt64(set & 63) & 1 != 0
  }

  /// Finds the combinations that a part completes.
  private mutating func find(_ part: PartHit, _ lexicon: CompiledLexicon) {
    for number in armed {
      let combination = lexicon.combinations[Int(number)]
      let sets = lexicon.combinationSets
      guard hasAll(combination.parts, sets), hasAll(combination.with, sets),
        hasNone(combination.without, sets)
      else { continue }
      if let others = search(combination, lexicon, part) {
        completions.append(
          Completion(entry: Int(combination.entry), part: part, others: others))
      }
    }
  }

  /// Finds earlier occurrences of the other parts, the nearest first.
  private func search(
    _ combination: CombinationRecord, _ lexicon: CompiledLexicon, _ last: PartHit
  ) -> [Range<Int>]? {
    var chosen: [Range<Int>] = []
    var dead: Set<Int> = []
    let (first, count) = (Int(combination.parts.start), Int(combination.parts.count))
    for index in 0..<count {
      let set = lexicon.combinationSets[first + index]
      guard lexicon.group(Int(last.group), contains: set) else { continue }
      if combination.isOrdered != 0 && index != count - 1 { continue }
      let rest = ((1 << count) - 1) & ~(1 << index)
      dead.removeAll(keepingCapacity: true)
      if extend(combination, lexicon, rest, before: last.first, &chosen, &dead) {
        return chosen.reversed()
      }
    }
    return nil
  }

  /// Chooses an occurrence of one of the remaining parts before a symbol, and goes on before it.
  private func extend(
    _ combination: CombinationRecord, _ lexicon: CompiledLexicon, _ rest: Int, before symbol: Int,
    _ chosen: inout [Range<Int>], _ dead: inout Set<Int>
  ) -> Bool {
    if rest == 0 { return true }
    let key = symbol << 8 | rest
    if dead.contains(key) { return false }
    let furthest = symbol - Int(combination.within) - 1
    for occurrence in occurrences.reversed() {
      if occurrence.last < furthest { break }
      if occurrence.last >= symbol { continue }
      for index in (0..<Int(combination.parts.count)).reversed() where rest >> index & 1 != 0 {
        if combination.isOrdered != 0 && rest >> (index + 1) != 0 { continue }
        let set = lexicon.combinationSets[Int(combination.parts.start) + index]
        guard lexicon.group(Int(occurrence.group), contains: set) else { continue }
        chosen.append(occurrence.start..<occurrence.end)
        let others = rest & ~(1 << index)
        if extend(combination, lexicon, others, before: occurrence.first, &chosen, &dead) {
          return true
        }
        chosen.removeLast()
      }
    }
    dead.insert(key)
    return false
  }
}
