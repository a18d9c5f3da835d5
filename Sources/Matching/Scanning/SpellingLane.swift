/// A run of single letters with the same noise scalar between them.
///
/// Whether a letter stands alone is known with the scalar behind it, so the newest one is a
/// candidate. A term matches the whole run only, so a hit is known when the run ends.
struct SpellingLane {
  struct Letter {
    var number = 0
    var start = 0
    var end = 0
    var text = 0
  }

  private(set) var candidate = Letter()
  private(set) var hasCandidate = false
  /// One more than the noise scalar before the candidate; 0 where it does not continue a run.
  private(set) var candidateSeparator: UInt32 = 0

  /// The letters of the run; 0 while there is none.
  private(set) var length = 0
  private(set) var first = Letter()
  private(set) var last = Letter()
  /// The trie node of the run's letters; nil where no pattern begins like that.
  private(set) var node: UInt32?
  private(set) var separator: UInt32 = 0

  /// A run that ended as a pattern of the automaton.
  struct Hit {
    var pattern: Int
    var first: Letter
    var last: Letter
    var length: Int
  }

  /// Whether anything is open.
  var isActive: Bool { hasCandidate || length > 0 }

  /// Takes a letter that touches nothing on its left.
  ///
  /// - Parameters:
  ///   - letter: The letter.
  ///   - separator: One more than the noise scalar before it, if that is all that lies there, else 0.
  mutating func propose(_ letter: Letter, separator: UInt32) {
    candidate = letter
    hasCandidate = true
    candidateSeparator = length > 0 ? separator : 0
  }

  /// Settles the candidate with the scalar behind it.
  mutating func settle(isSingle: Bool, automaton: AhoCorasick) -> Hit? {
    guard hasCandidate else { return nil }
    hasCandidate = false
    guard isSingle else { return end(automaton) }
    if candidateSeparator == 0 {
      let hit = end(automaton)
      begin(candidate, automaton)
      return hit
    }
    var hit: Hit?
    if separator != 0 && separator != candidateSeparator {
      let kept = last
      hit = end(automaton)
      begin(kept, automaton)
    }
    separator = candidateSeparator
    node = node.flatMap { automaton.child(of: $0, UInt16(candidate.number)) }
    length += 1
    last = candidate
    return hit
  }

  /// Reads noise behind the run; `count` scalars now lie there, `mark` is one more than the last.
  mutating func readNoise(_ mark: UInt32, count: Int, automaton: AhoCorasick) -> Hit? {
    guard length > 0 else { return nil }
    if count > 1 { return end(automaton) }
    guard separator != 0 && mark != separator else { return nil }
    let kept = last
    let hit = end(automaton)
    begin(kept, automaton)
    return hit
  }

  /// Ends the run; the hit, if its letters are a pattern.
  mutating func end(_ automaton: AhoCorasick) -> Hit? {
    defer {
      length = 0
      separator = 0
      node = nil
    }
    guard let pattern = terminal(automaton) else { return nil }
    return Hit(pattern: pattern, first: first, last: last, length: length)
  }

  /// The pattern that the run is as it stands.
  func terminal(_ automaton: AhoCorasick) -> Int? {
    guard length >= 4, let node, let pattern = automaton.pattern(endingAt: node),
      automaton.isSpelledEligible(pattern)
    else { return nil }
    return pattern
  }

  private mutating func begin(_ letter: Letter, _ automaton: AhoCorasick) {
    first = letter
    last = letter
    length = 1
    separator = 0
    node = automaton.child(of: 0, UInt16(letter.number))
  }
}

extension Scanner {
  /// Reports a run that ended.
  mutating func report<Handler: ScanHandler & ~Copyable>(
    _ hit: SpellingLane.Hit?, _ handler: inout Handler
  ) {
    guard let hit else { return }
    if quiet.count > 0 && automaton.isPart(hit.pattern) { reportQuiet(&handler) }
    let wanted = handler.literal(
      LiteralHit(
        pattern: hit.pattern, length: hit.length, lane: .spelled, start: hit.first.start,
        end: hit.last.end, firstSymbol: hit.first.text, lastSymbol: hit.last.text,
        touchesLeft: false, endsInWord: false, hasNoise: true, sentence: sentence),
      in: history)
    if wanted.contains(.words) { isLoud = true }
  }
}
