import CScan
import Storage

/// Fills the tables of a prefilter.
struct PrefilterBuilder {
  private let patterns: [PrefilterPattern]
  private let alphabet: PrefilterAlphabet
  private let numbered: [[UInt16]]
  private let anchors: [Anchor?]
  private var sizes = PrefilterSizes()
  private var classes = TriggerClasses()
  private var pairs: [UInt8]
  private var triples: [UInt32]
  private var doubles: [UInt32]
  private var letters = [UInt8](repeating: 0, count: 128 * Int(KW_LETTER_SETS.rawValue))
  private var quads = [UInt8](repeating: 0, count: 1 << 15)
  private var mixedHan = [UInt8](repeating: 0, count: 128)
  private var mixed = [UInt8](repeating: 0, count: 1024)
  private var triggers = [UInt8](repeating: 0, count: 8192)

  /// Chooses anchors for patterns and fills the sets with all their spellings.
  init(
    patterns: [PrefilterPattern], folding: some PrefilterFolding, frequencies: AnchorFrequencies
  ) {
    self.patterns = patterns
    let alphabet = PrefilterAlphabet(patterns: patterns, folding: folding)
    self.alphabet = alphabet
    numbered = patterns.map { pattern in
      pattern.symbols.count > PrefilterPattern.maximumLength
        ? [] : pattern.symbols.map { alphabet.numbers[$0] ?? PrefilterAlphabet.other }
    }
    var choice = AnchorChoice(alphabet: alphabet, frequencies: frequencies)
    anchors = choice.anchors(of: numbered, edges: patterns.map(PatternEdges.init))
    sizes.patternCount = patterns.count
    // One bit more for each doubling above the 24 000 patterns that the sizes were measured for.
    var size = 24_000
    while size < patterns.count && sizes.pairBits < 20 {
      size *= 2
      sizes.pairBits += 1
      sizes.tripleBits += 1
      sizes.doubleBits += 1
    }
    pairs = [UInt8](repeating: 0, count: 1 << sizes.pairBits)
    triples = [UInt32](repeating: 0, count: 1 << (sizes.tripleBits - 5))
    doubles = [UInt32](repeating: 0, count: 1 << (sizes.doubleBits - 5))
    for (pattern, anchor) in zip(numbered, anchors) {
      if let anchor { insert(anchor, pattern) }
    }
    insertTriggers()
  }

  private mutating func insert(_ anchor: Anchor, _ pattern: [UInt16]) {
    let symbols = Array(pattern[anchor.offset..<anchor.offset + anchor.length])
    switch anchor.kind {
    case .hanTriple, .hanPair: insertHan(symbols.map(hanCodes))
    case .mixed: insertMixed(symbols[0], symbols[1])
    case .letters(_, let place): insertLetters(symbols.map(letterCodes), place)
    case .trigger: break
    }
  }

  private func hanCodes(_ number: UInt16) -> [UInt32] {
    alphabet.hanSpellings(number).map(kw_han_code)
  }

  private func letterCodes(_ number: UInt16) -> [UInt32] {
    Set(alphabet.letterSpellings(number).map { $0 & 31 }).sorted()
  }

  private mutating func insertHan(_ codes: [[UInt32]]) {
    for first in codes[0] {
      for second in codes[1] {
        let pair = first | second << 16
        let cell = Int(kw_pair_index(pair, UInt32(sizes.pairBits)))
        if codes.count == 2 {
          pairs[cell] = 0xFF
          let bit = kw_double_index(pair, UInt32(sizes.doubleBits))
          doubles[Int(bit >> 5)] |= 1 << (bit & 31)
          continue
        }
        for third in codes[2] {
          // The low byte on the plane is the code's second byte.
          pairs[cell] |= 1 << UInt8(third >> 8 & 7)
          let bit = kw_triple_index(pair, third, UInt32(sizes.tripleBits))
          triples[Int(bit >> 5)] |= 1 << (bit & 31)
        }
      }
    }
  }

  private mutating func insertMixed(_ first: UInt16, _ second: UInt16) {
    let isHanSecond = !letterCodes(first).isEmpty
    let (han, letter) = isHanSecond ? (second, first) : (first, second)
    for code in hanCodes(han) {
      let bit = kw_mixed_han_index(code)
      mixedHan[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
      for letter in letterCodes(letter) {
        let bit = kw_mixed_index(code, letter, isHanSecond ? 1 : 0)
        mixed[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
      }
    }
  }

  /// Enters a run of two to five letters.
  private mutating func insertLetters(_ codes: [[UInt32]], _ place: Anchor.Place) {
    switch (place, codes.count) {
    case (.wholeWord, 2): insert(codes, KW_SET_WORD_2, KW_WORD_2, pairs: 1)
    case (.wholeWord, 3): insert(codes, KW_SET_WORD_3, KW_WORD_3, pairs: 2)
    case (.wholeWord, _): insert(codes, KW_SET_WORD_START, KW_WORD_4, pairs: 6)
    case (.wordStart, _): insert(open(codes), KW_SET_WORD_START, KW_WORD_START, pairs: 6)
    case (.anywhere, _): insert(open(codes), KW_SET_ANYWHERE, KW_ANYWHERE, pairs: 3)
    }
  }

  /// Returns five letters of which those that the run lacks are any letter or none.
  private func open(_ codes: [[UInt32]]) -> [[UInt32]] {
    codes + Array(repeating: Array(0..<32), count: Anchor.maximumLength - codes.count)
  }

  private mutating func insert(
    _ codes: [[UInt32]], _ set: kw_letter_set, _ place: kw_letter_place, pairs: Int
  ) {
    let places = [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3)]
    for (index, pair) in places.prefix(pairs).enumerated() {
      for first in codes[pair.0] {
        for second in codes[pair.1] {
          let bit = kw_letters_index(first, second)
          letters[(Int(set.rawValue) + index) * 128 + Int(bit >> 3)] |= 1 << UInt8(bit & 7)
        }
      }
    }
    let fifth = codes.count < 5 ? 0xFF : codes[4].reduce(UInt8(0)) { $0 | 1 << UInt8($1 & 7) }
    var quads: [UInt32] = [0]
    for (index, letters) in codes.prefix(4).enumerated() {
      quads = quads.flatMap { quad in letters.map { quad | $0 << UInt32(8 * index) } }
    }
    for quad in quads { self.quads[Int(kw_quad_index(quad, place.rawValue))] |= fifth }
  }

  /// Returns the sets of letter pairs by pair: of each the sets that it is in, a bit each.
  static func letterSets(_ letters: [UInt8]) -> [UInt16] {
    var sets = [UInt16](repeating: 0, count: 1024)
    for set in 0..<letters.count / 128 {
      for pair in sets.indices {
        let byte = letters[set * 128 + pair / 8]
        if byte >> UInt8(pair % 8) & 1 != 0 { sets[pair] |= 1 << UInt16(set) }
      }
    }
    return sets
  }

  /// Enters every spelling of an anchor's symbol by which the sets cannot find the anchor.
  private mutating func insertTriggers() {
    var isAlone = [Bool](repeating: false, count: alphabet.spellings.count)
    var isAnchor = isAlone
    for (pattern, anchor) in zip(numbered, anchors) {
      guard let anchor else { continue }
      for number in pattern[anchor.offset..<anchor.offset + anchor.length] {
        isAnchor[Int(number)] = true
        if anchor.kind == .trigger { isAlone[Int(number)] = true }
      }
    }
    for number in alphabet.spellings.indices where isAnchor[number] {
      let isLetter = alphabet.spellings[number].contains(where: PrefilterAlphabet.isOnLetterPlane)
      // A scalar of several symbols is one entry of a plane at most, so the sets cannot find it.
      for scalar in alphabet.compositions[number] { insertTrigger(scalar) }
      for scalar in alphabet.spellings[number] {
        let isOnPlane =
          isLetter
          ? PrefilterAlphabet.isOnLetterPlane(scalar) : PrefilterAlphabet.isOnHanPlane(scalar)
        if isAlone[number] || !isOnPlane { insertTrigger(scalar) }
      }
    }
  }

  private mutating func insertTrigger(_ scalar: UInt32) {
    classes.insert(scalar)
    let bit = kw_trigger_index(scalar)
    triggers[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
  }

  /// The patterns grouped by their anchors' keys, and the exact table of the keys.
  private struct Members {
    var slots: [UInt64] = []
    var marks: [UInt8] = []
    // Never empty.
    var members: [UInt16] = [0]
  }

  private func members(bits: Int) -> Members {
    var groups: [AnchorKey: [Int]] = [:]
    for (index, anchor) in anchors.enumerated() {
      if let anchor { groups[AnchorChoice.key(anchor, numbered[index]), default: []].append(index) }
    }
    var result = Members()
    result.slots = [UInt64](repeating: 0, count: 1 << bits)
    result.marks = [UInt8](repeating: 0, count: 1 << (bits - 1))
    for (key, group) in groups.sorted(by: { $0.key.packed < $1.key.packed }) {
      let hash = kw_key_hash(key.packed)
      let mark = Int(kw_mark_index(hash, UInt32(bits)))
      result.marks[mark >> 3] |= 1 << UInt8(mark & 7)
      for part in stride(from: 0, to: group.count, by: 255) {
        let share = group[part..<min(part + 255, group.count)]
        var slot = Int(hash >> UInt64(64 - bits))
        while result.slots[slot] != 0 { slot = (slot + 1) & (1 << bits - 1) }
        result.slots[slot] =
          AnchorSlot(
            fingerprint: UInt32(truncatingIfNeeded: hash), start: result.members.count,
            count: share.count
          ).packed
        for index in share { append(index, to: &result) }
      }
    }
    return result
  }

  private func append(_ index: Int, to result: inout Members) {
    guard let anchor = anchors[index] else { return }
    let symbols = patterns[index].symbols
    func isBounded(_ symbol: UInt32) -> Bool {
      patterns[index].isBounded && PrefilterAlphabet.isOnLetterPlane(symbol)
    }
    let member = AnchorMember(
      length: symbols.count, offset: anchor.offset,
      bounds: (isBounded(symbols[0]), isBounded(symbols[symbols.count - 1])), pattern: index)
    result.members += member.header + numbered[index]
  }

  /// Writes the finished tables.
  consuming func write(to writer: inout DatabaseWriter) {
    // At most two thirds full.
    while 1 << sizes.slotBits * 2 < 3 * (patterns.count + 1) { sizes.slotBits += 1 }
    let members = members(bits: sizes.slotBits)
    let (lead, second, third) = classes.tables()
    writer.add(.sizes, sizes.words)
    writer.add(.classes, lead + second + third)
    writer.add(.letters, letters)
    writer.add(.letterSets, PrefilterBuilder.letterSets(letters))
    writer.add(.quads, quads)
    writer.add(.mixedHan, mixedHan)
    writer.add(.mixed, mixed)
    writer.add(.triggers, triggers)
    writer.add(.pairs, pairs)
    writer.add(.triples, triples)
    writer.add(.doubles, doubles)
    writer.add(.marks, members.marks)
    writer.add(.slots, members.slots)
    writer.add(.members, members.members)
    writer.add(.blockIndex, alphabet.blockIndex)
    writer.add(.blocks, alphabet.blocks)
    writer.add(.sequenceEnds, alphabet.sequenceEnds)
    // Never empty.
    writer.add(.sequenceNumbers, alphabet.sequenceNumbers + [PrefilterAlphabet.other])
    writer.add(.unanchored, anchors.indices.filter { anchors[$0] == nil }.map(UInt32.init))
  }
}
