import CScan
import Storage

/// Builds the tables of a prefilter.
struct PrefilterBuilder {
  private let alphabet: PrefilterAlphabet
  private let numbered: [[UInt16]]
  private let anchors: [Anchor?]
  private let groups: AnchorGroups
  private let slots: AnchorSlots
  private let cells: AnchorCells

  /// Chooses anchors for patterns and fills the tables with all their spellings.
  init(
    patterns: [PrefilterPattern], folding: some PrefilterFolding, frequencies: AnchorFrequencies
  ) {
    let alphabet = PrefilterAlphabet(patterns: patterns, folding: folding)
    self.alphabet = alphabet
    numbered = patterns.map { pattern in
      pattern.symbols.count > PrefilterPattern.maximumLength
        ? [] : pattern.symbols.map { alphabet.number(of: $0) }
    }
    let choice = AnchorChoice(alphabet: alphabet, frequencies: frequencies)
    anchors = choice.anchors(of: patterns, numbered: numbered)
    groups = AnchorGroups(patterns: patterns, numbered: numbered, anchors: anchors)
    let spellings = PlaneSpellings(alphabet)
    var cells = AnchorCells(for: anchors)
    var keys: [(key: UInt64, group: Int)] = []
    keys.reserveCapacity(2 * patterns.count)
    for (group, index) in groups.patterns.enumerated() {
      guard let anchor = anchors[index], anchor.kind != .trigger else { continue }
      let symbols = numbered[index][anchor.offset..<anchor.offset + anchor.keyLength]
      spellings.forEachKey(of: anchor.kind, symbols) { keys.append(($0, group)) }
    }
    var codes: [[UInt32]] = []
    for (index, anchor) in anchors.enumerated() {
      guard let anchor else { continue }
      codes.removeAll(keepingCapacity: true)
      for number in numbered[index][anchor.offset..<anchor.offset + anchor.length] {
        codes.append(spellings.codes(of: number, in: anchor.kind))
      }
      cells.insert(anchor, codes)
    }
    slots = AnchorSlots(keys, groupCount: groups.groups.count)
    self.cells = cells
  }

  /// Writes the finished tables.
  func write(to writer: inout DatabaseWriter) {
    let sizes = PrefilterSizes(
      pairBits: cells.pairBits, quadBits: cells.quadBits, slotBits: slots.slotBits,
      groupBits: slots.groupBits, keyBits: groups.keyBits, anywhere: Int(cells.anywhere),
      words: Int(cells.words), patternCount: anchors.count, keySetBits: slots.keySetBits)
    let triggers = triggers()
    let (lead, second, third) = triggers.classes.tables()
    writer.add(.sizes, sizes.words32)
    writer.add(.classes, lead + second + third)
    writer.add(.letters, cells.letters)
    writer.add(.letterSets, AnchorCells.letterSets(cells.letters))
    writer.add(.quads, cells.quads)
    writer.add(.mixedHan, cells.mixedHan)
    writer.add(.mixed, cells.mixed)
    writer.add(.triggers, triggers.bits)
    writer.add(.pairs, cells.pairs)
    writer.add(.keySet, slots.keySet)
    writer.add(.slots, slots.slots)
    // Never empty.
    writer.add(.groups, groups.groups.isEmpty ? [0] : groups.groups)
    writer.add(.places, places())
    writer.add(.keyMarks, groups.keyMarks)
    writer.add(.keys, groups.keys)
    writer.add(.members, groups.members)
    writer.add(.blockIndex, alphabet.blockIndex)
    writer.add(.blocks, alphabet.blocks)
    writer.add(.sequenceEnds, alphabet.sequenceEnds)
    writer.add(.sequenceNumbers, alphabet.sequenceNumbers + [PrefilterAlphabet.other])
    writer.add(.unanchored, anchors.indices.filter { anchors[$0] == nil }.map(UInt32.init))
  }

  /// Returns by number the places that a symbol has in anchors.
  private func places() -> [UInt8] {
    var places = [UInt8](repeating: 0, count: alphabet.symbols.count)
    for (pattern, anchor) in zip(numbered, anchors) {
      guard let anchor else { continue }
      for place in 0..<anchor.length {
        places[Int(pattern[anchor.offset + place])] |= 1 << UInt8(place)
      }
    }
    return places
  }

  /// Enters every spelling of an anchor's symbol by which the planes cannot find the anchor.
  private func triggers() -> TriggerSet {
    var triggers = TriggerSet()
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
      for scalar in alphabet.compositions[number] { triggers.insert(scalar) }
      for scalar in alphabet.spellings[number] {
        let isOnPlane =
          isLetter
          ? PrefilterAlphabet.isOnLetterPlane(scalar) : PrefilterAlphabet.isOnHanPlane(scalar)
        if isAlone[number] || !isOnPlane { triggers.insert(scalar) }
      }
    }
    return triggers
  }
}

/// The scalars that are triggers, as the kernels look for them.
struct TriggerSet {
  private(set) var classes = TriggerClasses()
  private(set) var bits = [UInt8](repeating: 0, count: 8192)

  /// Enters a scalar.
  mutating func insert(_ scalar: UInt32) {
    classes.insert(scalar)
    let bit = kw_trigger_index(scalar)
    bits[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
  }
}
