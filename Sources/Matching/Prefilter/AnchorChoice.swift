/// Chooses for each pattern the anchor that ordinary text passes least often.
///
/// Short patterns choose first, having least choice; an anchor that another pattern has already
/// costs only what verifying both costs.
struct AnchorChoice {
  private let alphabet: PrefilterAlphabet
  private let frequencies: AnchorFrequencies
  private let isHan: [Bool]
  private let isLetter: [Bool]
  private let isTrigger: [Bool]
  private let symbols: [UInt32]
  private var shares: [AnchorKey: Int] = [:]
  private var letterPairs = [Set<UInt32>](repeating: [], count: 6)

  /// Rates of false passes through the hashed sets, measured on the sets at 12 000 patterns.
  private enum Noise {
    static let triple = 1.0 / 100
    static let pair = 8e-6
    static let mixed = 1.5e-5
  }
  /// Patterns with one key above which others keep away from it.
  private static let crowd = 24

  /// Prepares the choice for the symbols of an alphabet.
  init(alphabet: PrefilterAlphabet, frequencies: AnchorFrequencies) {
    self.alphabet = alphabet
    self.frequencies = frequencies
    let count = alphabet.spellings.count
    var symbols = [UInt32](repeating: 0, count: count)
    for (symbol, number) in alphabet.numbers { symbols[Int(number)] = symbol }
    self.symbols = symbols
    // A spelling in ASCII that is on no plane cannot be found, so such a symbol is no anchor.
    let letter = alphabet.spellings.map { spellings in
      spellings.contains(where: PrefilterAlphabet.isOnLetterPlane)
        && spellings.allSatisfy { $0 >= 0x80 || PrefilterAlphabet.isOnLetterPlane($0) }
    }
    isLetter = letter
    isTrigger = alphabet.spellings.map { spellings in spellings.allSatisfy { $0 >= 0x80 } }
    isHan = alphabet.spellings.map { spellings in
      spellings.contains(where: PrefilterAlphabet.isOnHanPlane)
        && spellings.allSatisfy { $0 >= 0x80 }
    }
  }

  /// Returns the anchor of each pattern, nil where there is none: a single letter or digit, or a
  /// pattern whose symbols have no number.
  ///
  /// - Parameters:
  ///   - patterns: The symbols' numbers of each pattern.
  ///   - edges: Where words begin in each pattern.
  /// - Returns: The anchors, by the patterns' indices.
  mutating func anchors(of patterns: [[UInt16]], edges: [PatternEdges]) -> [Anchor?] {
    var anchors = [Anchor?](repeating: nil, count: patterns.count)
    let order = patterns.indices.sorted { (patterns[$0].count, $0) < (patterns[$1].count, $1) }
    for index in order {
      guard let anchor = best(patterns[index], edges[index]) else { continue }
      anchors[index] = anchor
      shares[AnchorChoice.key(anchor, patterns[index]), default: 0] += 1
      if case .letters(let count, let place) = anchor.kind {
        let family = place == .anywhere ? 0 : 3
        for set in 0..<min(count - 1, 3) {
          letterPairs[family + set].insert(pair(patterns[index], anchor.offset + set))
        }
      }
    }
    return anchors
  }

  /// Returns the exact key of an anchor of a pattern.
  static func key(_ anchor: Anchor, _ pattern: [UInt16]) -> AnchorKey {
    var packed: UInt64 = 0
    for index in 0..<anchor.keyLength {
      packed |= UInt64(pattern[anchor.offset + index]) << UInt64(16 * index)
    }
    return AnchorKey(packed: packed)
  }

  private func pair(_ pattern: [UInt16], _ first: Int) -> UInt32 {
    (symbols[Int(pattern[first])] & 31) << 5 | symbols[Int(pattern[first + 1])] & 31
  }

  private func best(_ pattern: [UInt16], _ edges: PatternEdges) -> Anchor? {
    guard !pattern.isEmpty, !pattern.contains(PrefilterAlphabet.other) else { return nil }
    var best: (cost: Double, anchor: Anchor)?
    func offer(_ cost: Double, _ kind: Anchor.Kind, _ offset: Int) {
      let anchor = Anchor(kind: kind, offset: offset)
      var cost = cost
      if let count = shares[AnchorChoice.key(anchor, pattern)] {
        cost *= count < AnchorChoice.crowd ? 0.5 : Double(count)
      }
      if cost < best?.cost ?? .infinity { best = (cost, anchor) }
    }
    for offset in pattern.indices {
      let a = Int(pattern[offset])
      if isTrigger[a] { offer(trigger(a), .trigger, offset) }
      guard offset + 1 < pattern.count else { break }
      let b = Int(pattern[offset + 1])
      switch (isHan[a], isHan[b]) {
      case (true, true):
        let pair = frequencies.hanPair(symbols[a], symbols[b])
        if offset + 2 < pattern.count, isHan[Int(pattern[offset + 2])] {
          let triple = frequencies.hanTriple(
            symbols[a], symbols[b], symbols[Int(pattern[offset + 2])])
          offer(triple + pair * Noise.triple + 1e-7, .hanTriple, offset)
        } else {
          offer(pair + Noise.pair, .hanPair, offset)
        }
      case (true, false) where isLetter[b]:
        offer(frequencies.han(symbols[a]) * 1e-2 + Noise.mixed, .mixed, offset)
      case (false, true) where isLetter[a]:
        offer(frequencies.han(symbols[b]) * 1e-2 + Noise.mixed, .mixed, offset)
      case (false, false) where isLetter[a] && isLetter[b]:
        let run = pattern[offset...].prefix(Anchor.maximumLength).prefix { isLetter[Int($0)] }
        let word = edges.word(at: offset, in: pattern.count)
        if let word, (2...4).contains(word), word <= run.count {
          let whole = Anchor.Kind.letters(word, .wholeWord)
          offer(letters(pattern, offset, word, .wholeWord), whole, offset)
        }
        let place: Anchor.Place = edges.isStart(offset) ? .wordStart : .anywhere
        offer(letters(pattern, offset, run.count, place), .letters(run.count, place), offset)
      default: break
      }
    }
    return best?.anchor
  }

  private func trigger(_ number: Int) -> Double {
    isHan[number] ? frequencies.han(symbols[number]) + 1e-4 : 1e-4
  }

  /// The rate of a run of letters, and what its pairs add to the pair sets of its place.
  private func letters(
    _ pattern: [UInt16], _ offset: Int, _ count: Int, _ place: Anchor.Place
  ) -> Double {
    let family = place == .anywhere ? 0 : 3
    let run = pattern[offset..<offset + count].map { symbols[Int($0)] }
    var rate = 1.0
    var added = 0.0
    for set in 0..<min(count - 1, 3) {
      let pair = frequencies.letterPair(run[set], run[set + 1])
      rate *= set == 0 ? pair : frequencies.letter(run[set + 1], after: run[set])
      if !letterPairs[family + set].contains(self.pair(pattern, offset + set)) { added += pair }
    }
    // The fifth letter picks one of eight bits, which anchors of the same four letters share.
    if count == 5 { rate *= 0.5 }
    for set in count - 1..<max(count - 1, 3) { added += set == 2 ? 0.1 : 0.3 }
    switch place {
    // Such an anchor is looked for at every letter, and its pairs let letters of all words pass.
    case .anywhere: return rate * 4 + added * 1e-2 + 1e-5
    // One letter in five begins a word; the pairs of a prefix say less than its own count.
    case .wordStart where count >= 4:
      return (rate + added * 1e-3) * 0.2 + frequencies.word(run, isWhole: false)
    case .wordStart: return (rate + added * 1e-3) * 0.2 + 1e-6
    case .wholeWord: return rate * 0.05 + frequencies.word(run, isWhole: true)
    }
  }
}

/// Where words begin in a pattern.
struct PatternEdges {
  /// The symbols, a bit each, that no letter or digit stands right before.
  private var starts: UInt64
  private var isBounded: Bool

  /// Gathers the edges of a pattern.
  init(_ pattern: PrefilterPattern) {
    starts = pattern.wordStarts | (pattern.isBounded ? 1 : 0)
    isBounded = pattern.isBounded
  }

  /// Whether a word begins at a symbol.
  func isStart(_ index: Int) -> Bool { index < 64 && starts >> UInt64(index) & 1 != 0 }

  /// Returns the length of the word that begins at a symbol, nil where either end is open.
  func word(at index: Int, in count: Int) -> Int? {
    guard isStart(index) else { return nil }
    let end = (index + 1..<count).first(where: isStart)
    return end.map { $0 - index } ?? (isBounded ? count - index : nil)
  }
}
