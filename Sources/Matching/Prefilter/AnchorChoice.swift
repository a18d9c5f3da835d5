/// Chooses for each pattern the anchor that ordinary text passes least often.
///
/// Short patterns choose first, having least choice; an anchor that another pattern has already
/// costs only what verifying both costs.
struct AnchorChoice {
  private let frequencies: AnchorFrequencies
  private let isHan: [Bool]
  private let isLetter: [Bool]
  private let mayBeLetter: [Bool]
  private let isTrigger: [Bool]
  private let symbols: [UInt32]

  /// What the stages cost for each position that passes them, in parts of a verification.
  private enum Cost {
    /// A Han pair whose cell has the bit of the third character, one of eight.
    static let pair = 0.01
    /// Four letters whose cell has the bit of the fifth.
    static let quad = 0.03
    /// What an anchor adds to the false passes of its set.
    static let triple = 2e-8
    static let double = 2e-7
    static let mixed = 1.5e-5
    static let shortWord = 3e-6
    static let trigger = 1e-4
  }
  /// Patterns with one key above which others keep away from it.
  private static let crowd = 24

  /// Prepares the choice for the symbols of an alphabet.
  init(alphabet: PrefilterAlphabet, frequencies: AnchorFrequencies) {
    self.frequencies = frequencies
    symbols = alphabet.symbols
    // A spelling in ASCII that is on no plane cannot be found, so such a symbol is no anchor.
    let spellings = alphabet.spellings
    mayBeLetter = spellings.map { $0.contains(where: PrefilterAlphabet.isOnLetterPlane) }
    isTrigger = spellings.map { $0.allSatisfy { $0 >= 0x80 } }
    isLetter = spellings.indices.map { number in
      spellings[number].contains(where: PrefilterAlphabet.isOnLetterPlane)
        && spellings[number].allSatisfy { $0 >= 0x80 || PrefilterAlphabet.isOnLetterPlane($0) }
    }
    isHan = spellings.map { spellings in
      spellings.contains(where: PrefilterAlphabet.isOnHanPlane)
        && spellings.allSatisfy { $0 >= 0x80 }
    }
  }

  /// Returns the anchor of each pattern, nil where there is none: a single letter or digit, or a
  /// pattern whose symbols have no number.
  ///
  /// - Parameters:
  ///   - patterns: The patterns.
  ///   - numbered: The symbols' numbers of each pattern.
  /// - Returns: The anchors, by the patterns' indices.
  func anchors(
    of patterns: [PrefilterPattern], numbered: [[UInt16]]
  ) -> [Anchor?] {
    var anchors = [Anchor?](repeating: nil, count: patterns.count)
    var shares: [AnchorKey: Int] = [:]
    shares.reserveCapacity(patterns.count)
    // By length; patterns of one length in their order.
    var order = [[Int]](repeating: [], count: PrefilterPattern.maximumLength + 1)
    for index in patterns.indices { order[numbered[index].count].append(index) }
    for ofLength in order {
      for index in ofLength {
        let numbers = numbered[index]
        let edges = PatternEdges(patterns[index], numbers, mayBeLetter: mayBeLetter)
        guard let anchor = best(numbers, edges, shares) ?? anywhere(numbers) else { continue }
        anchors[index] = anchor
        shares[AnchorKey(anchor, numbers), default: 0] += 1
      }
    }
    return anchors
  }

  /// Returns the cheapest anchor of a pattern, by how many patterns have each key already.
  private func best(
    _ pattern: [UInt16], _ edges: PatternEdges, _ shares: [AnchorKey: Int]
  ) -> Anchor? {
    guard !pattern.isEmpty, !pattern.contains(PrefilterAlphabet.other) else { return nil }
    var best: (cost: Double, anchor: Anchor)?
    func offer(_ cost: Double, _ kind: Anchor.Kind, _ offset: Int) {
      // Another pattern's anchor costs half at best.
      if let best, cost * 0.5 >= best.cost { return }
      let anchor = Anchor(kind: kind, offset: offset)
      var cost = cost
      if let count = shares[AnchorKey(anchor, pattern)] {
        cost *= count < AnchorChoice.crowd ? 0.5 : Double(count)
      }
      if cost < best?.cost ?? .infinity { best = (cost, anchor) }
    }
    // The rate of the pair at the next offset, where it is known already.
    var nextPair: Double?
    for offset in pattern.indices {
      let a = Int(pattern[offset])
      if isTrigger[a] { offer(trigger(a), .trigger, offset) }
      guard offset + 1 < pattern.count else { break }
      let b = Int(pattern[offset + 1])
      switch (isHan[a], isHan[b]) {
      case (true, true):
        let pair = nextPair ?? frequencies.hanPair(symbols[a], symbols[b])
        nextPair = nil
        if offset + 2 < pattern.count, isHan[Int(pattern[offset + 2])] {
          let next = frequencies.hanPair(symbols[b], symbols[Int(pattern[offset + 2])])
          nextPair = next
          let triple = frequencies.hanTriple(pair, next, around: symbols[b])
          offer(triple + pair * Cost.pair + Cost.triple, .hanTriple, offset)
        } else {
          offer(pair + Cost.double, .hanPair, offset)
        }
      case (true, false) where isLetter[b]:
        offer(frequencies.han(symbols[a]) * 1e-2 + Cost.mixed, .mixed, offset)
      case (false, true) where isLetter[a]:
        offer(frequencies.han(symbols[b]) * 1e-2 + Cost.mixed, .mixed, offset)
      case (false, false) where isLetter[a] && isLetter[b] && edges.isStart(offset):
        let run = letters(pattern, offset).prefix(Anchor.maximumLength)
        if let word = edges.word(at: offset), (2...4).contains(word), word <= run.count {
          let rate = frequencies.word(run.prefix(word).map { $0 }, isWhole: true)
          offer(rate + (word < 4 ? Cost.shortWord : 1e-7), .letters(word, .wholeWord), offset)
        }
        if run.count >= 4 {
          offer(beginning(run), .letters(run.count, .wordStart), offset)
        }
      default: break
      }
    }
    return best?.anchor
  }

  /// The letters of a pattern from an index on.
  private func letters(_ pattern: [UInt16], _ offset: Int) -> [UInt32] {
    pattern[offset...].prefix { isLetter[Int($0)] }.map { symbols[Int($0)] }
  }

  private func trigger(_ number: Int) -> Double {
    Cost.trigger + (isHan[number] ? frequencies.han(symbols[number]) : 0)
  }

  /// The cost of letters with which a word begins: the table tells the rate of four of them.
  private func beginning(_ run: ArraySlice<UInt32>) -> Double {
    let four = frequencies.word(Array(run.prefix(4)), isWhole: false)
    let share = run.count < 5 ? 1 : run.count < 6 ? 0.3 : run.count < 8 ? 0.1 : 0.03
    return four * (share + Cost.quad) + 1e-8
  }

  /// Returns the rarest letters of a pattern whose edges are open.
  ///
  /// Such an anchor is looked for at every letter, so it is the last choice.
  private func anywhere(_ pattern: [UInt16]) -> Anchor? {
    guard !pattern.contains(PrefilterAlphabet.other) else { return nil }
    var best: (rate: Double, anchor: Anchor)?
    for offset in pattern.indices {
      let run = letters(pattern, offset).prefix(5)
      guard run.count >= 2 else { continue }
      var rate = 1.0
      for index in 1..<run.count {
        rate *=
          index == 1
          ? frequencies.letterPair(run[0], run[1])
          : frequencies.letter(run[index], after: run[index - 1])
      }
      if rate < best?.rate ?? .infinity {
        best = (rate, Anchor(kind: .letters(run.count, .anywhere), offset: offset))
      }
    }
    return best?.anchor
  }
}
