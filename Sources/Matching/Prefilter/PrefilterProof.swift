import CScan
import Storage

/// The sections of a prefilter, opened and proved, so that a scan may go unchecked.
struct PrefilterProof {
  let sizes: PrefilterSizes
  let unanchored: Table<UInt32>
  private let classes: Table<UInt8>
  private let pairs: Table<UInt16>
  private let quads: Table<UInt16>
  private let letters: Table<UInt8>
  private let letterSets: Table<UInt8>
  private let mixedHan: Table<UInt8>
  private let mixed: Table<UInt8>
  private let triggers: Table<UInt8>
  private let keySet: Table<UInt32>
  private let slots: Table<UInt32>
  private let groups: Table<UInt32>
  private let places: Table<UInt8>
  private let keyMarks: Table<UInt8>
  private let keys: Table<UInt64>
  private let members: Table<UInt16>
  private let blockIndex: Table<UInt16>
  private let blocks: Table<UInt16>
  private let sequenceEnds: Table<UInt32>
  private let sequenceNumbers: Table<UInt16>

  /// Opens and proves the sections; O(their size).
  init(_ database: Database) throws(DatabaseError) {
    let words = try database.table(.sizes, UInt32.self)
    guard let sizes = PrefilterSizes(words.elements(0..<words.count)) else {
      throw PrefilterSection.sizes.error("a size is out of range")
    }
    self.sizes = sizes
    classes = try database.table(.classes, UInt8.self)
    pairs = try database.table(.pairs, UInt16.self)
    quads = try database.table(.quads, UInt16.self)
    letters = try database.table(.letters, UInt8.self)
    letterSets = try database.table(.letterSets, UInt8.self)
    mixedHan = try database.table(.mixedHan, UInt8.self)
    mixed = try database.table(.mixed, UInt8.self)
    triggers = try database.table(.triggers, UInt8.self)
    keySet = try database.table(.keySet, UInt32.self)
    slots = try database.table(.slots, UInt32.self)
    groups = try database.table(.groups, UInt32.self)
    places = try database.table(.places, UInt8.self)
    keyMarks = try database.table(.keyMarks, UInt8.self)
    keys = try database.table(.keys, UInt64.self)
    members = try database.table(.members, UInt16.self)
    blockIndex = try database.table(.blockIndex, UInt16.self)
    blocks = try database.table(.blocks, UInt16.self)
    sequenceEnds = try database.table(.sequenceEnds, UInt32.self)
    sequenceNumbers = try database.table(.sequenceNumbers, UInt16.self)
    unanchored = try database.table(.unanchored, UInt32.self)
    try proveSizes()
    try proveAlphabet()
    try proveAnchors()
  }

  /// The tables of the kernels.
  var kernel: kw_tables {
    // SAFETY: `proveSizes` showed that no table is empty.
    unsafe kw_tables(
      lead: classes.base, second: classes.base + 64, third: classes.base + 128, pairs: pairs.base,
      quads: quads.base, letters: letters.base, letter_sets: letterSets.base,
      mixed_han: mixedHan.base, mixed: mixed.base, triggers: triggers.base,
      key_set: keySet.base, slots: slots.base, groups: groups.base, members: members.base,
      pair_bits: UInt32(sizes.pairBits), quad_bits: UInt32(sizes.quadBits),
      key_set_bits: UInt32(sizes.keySetBits),
      slot_bits: UInt32(sizes.slotBits), group_bits: UInt32(sizes.groupBits),
      anywhere: UInt32(sizes.anywhere), words: UInt32(sizes.words))
  }

  /// The tables of the verifier.
  var anchors: kw_anchors {
    // SAFETY: as above.
    unsafe kw_anchors(
      block_index: blockIndex.base, blocks: blocks.base, sequence_ends: sequenceEnds.base,
      sequence_numbers: sequenceNumbers.base, members: members.base, groups: groups.base,
      places: places.base, key_marks: keyMarks.base, keys: keys.base,
      key_bits: UInt32(sizes.keyBits))
  }

  private func proveSizes() throws(DatabaseError) {
    let sections: [(PrefilterSection, Int, Int)] = [
      (.classes, classes.count, 192), (.pairs, pairs.count, 1 << sizes.pairBits + 1),
      (.quads, quads.count, 1 << sizes.quadBits + 1), (.letters, letters.count, 768),
      (.letterSets, letterSets.count, 1024), (.mixedHan, mixedHan.count, 64),
      (.mixed, mixed.count, 1024), (.triggers, triggers.count, 8192),
      (.keySet, keySet.count, 1 << (sizes.keySetBits - 5)),
      (.slots, slots.count, 1 << sizes.slotBits), (.keys, keys.count, 1 << sizes.keyBits),
      (.keyMarks, keyMarks.count, 1 << (sizes.keyBits - 1)),
      (.blockIndex, blockIndex.count, 0x110000 / 64),
    ]
    for (section, count, expected) in sections where count != expected {
      throw section.error("\(count) elements instead of \(expected)")
    }
    guard groups.count > 0 else { throw PrefilterSection.groups.error("it is empty") }
    // The kernels read the letter pairs in two forms, which must say the same.
    let sets = AnchorCells.letterSets(letters.elements(0..<letters.count))
    guard letterSets.elements(0..<letterSets.count) == sets else {
      throw PrefilterSection.letterSets.error("it differs from pf.letters")
    }
    for index in 0..<unanchored.count where unanchored[index] >= UInt32(sizes.patternCount) {
      throw PrefilterSection.unanchored.error("entry \(index) names no pattern")
    }
  }

  private func proveAlphabet() throws(DatabaseError) {
    guard blocks.count > 0, blocks.count % 64 == 0, sequenceEnds.count > 0,
      sequenceNumbers.count > 0, members.count > 0
    else { throw PrefilterSection.blocks.error("a table is empty") }
    let blockCount = blocks.count / 64
    guard blockIndex.allSatisfy({ Int($0) < blockCount }) else {
      throw PrefilterSection.blockIndex.error("a block is missing")
    }
    let han = Int(PrefilterAlphabet.hanPlane.lowerBound) / PrefilterAlphabet.blockSize
    for block in 0..<PrefilterAlphabet.hanPlane.count / PrefilterAlphabet.blockSize
    where Int(blockIndex[han + block]) != block {
      throw PrefilterSection.blockIndex.error("the Han plane is not in order")
    }
    let sequenceCount = sequenceEnds.count - 1
    let flag = PrefilterAlphabet.sequenceFlag
    // The numbers of sequences are above all others.
    let number = unsafe blocks.base
    var (largest, largestSymbol) = (UInt16(0), UInt16(0))
    for index in 0..<blocks.count {
      // SAFETY: the index is below the count.
      largest = unsafe max(largest, number[index])
      largestSymbol = unsafe max(largestSymbol, number[index] & flag == 0 ? number[index] : 0)
    }
    guard largest & flag == 0 || Int(largest & ~flag) < sequenceCount else {
      throw PrefilterSection.blocks.error("a sequence is missing")
    }
    guard Int(largestSymbol) < places.count,
      sequenceNumbers.allSatisfy({ Int($0) < self.places.count })
    else { throw PrefilterSection.places.error("a symbol is missing") }
    var begin: UInt32 = 0
    for entry in 0..<sequenceEnds.count {
      let end = sequenceEnds[entry]
      guard end >= begin, end - begin <= UInt32(KW_PATTERN), Int(end) <= sequenceNumbers.count,
        entry != 0 || end == 0
      else { throw PrefilterSection.sequenceEnds.error("sequence \(entry) is out of bounds") }
      begin = end
    }
    guard sequenceNumbers.allSatisfy({ $0 != PrefilterAlphabet.skipped && $0 & flag == 0 }) else {
      throw PrefilterSection.sequenceNumbers.error("a number is no symbol")
    }
  }

  private func proveAnchors() throws(DatabaseError) {
    // A probe ends at an empty slot. No branches: the loop over all slots is the longest of all.
    let mask = UInt32(1) << UInt32(sizes.groupBits) - 1
    let slot = unsafe slots.base
    var (last, least) = (UInt32(0), UInt32.max)
    for index in 0..<slots.count {
      // SAFETY: the index is below the count.
      last = unsafe max(last, slot[index] & mask)
      least = unsafe min(least, slot[index])
    }
    guard Int(last) <= groups.count else {
      throw PrefilterSection.slots.error("a slot names no group")
    }
    guard least == 0 else { throw PrefilterSection.slots.error("it has no empty slot") }
    for entry in 0..<groups.count where !isSound(MemberRun(packed: groups[entry])) {
      throw PrefilterSection.groups.error("group \(entry) names no pattern")
    }
    var isOpen = false
    for entry in 0..<keys.count {
      let key = keys[entry]
      if key == 0 {
        isOpen = true
      } else if !isSound(MemberRun(packed: UInt32(truncatingIfNeeded: key >> 32))) {
        throw PrefilterSection.keys.error("key \(entry) names no pattern")
      }
    }
    guard isOpen else { throw PrefilterSection.keys.error("it has no empty slot") }
  }

  private func isSound(_ run: MemberRun) -> Bool {
    // SAFETY: `proveAlphabet` showed that there are members; below the count is checked.
    let member = unsafe members.base
    var start = run.start
    for _ in 0..<run.count {
      guard start + AnchorMember.headerCount <= members.count else { return false }
      let header = unsafe AnchorMember(
        member[start], member[start + 1], member[start + 2], member[start + 3])
      start += AnchorMember.headerCount + header.length
      guard header.length - 1 < PrefilterPattern.maximumLength, header.length > 0,
        start <= members.count, header.offset < header.length, header.pattern < sizes.patternCount
      else { return false }
    }
    return true
  }
}
