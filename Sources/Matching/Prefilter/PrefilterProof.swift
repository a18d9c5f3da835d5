import CScan
import Storage

/// The sections of a prefilter, opened and proved, so that a scan may go unchecked.
struct PrefilterProof {
  let sizes: PrefilterSizes
  let unanchored: Table<UInt32>
  private let classes: Table<UInt8>
  private let pairs: Table<UInt8>
  private let triples: Table<UInt32>
  private let doubles: Table<UInt32>
  private let letters: Table<UInt8>
  private let letterSets: Table<UInt16>
  private let quads: Table<UInt8>
  private let mixedHan: Table<UInt8>
  private let mixed: Table<UInt8>
  private let triggers: Table<UInt8>
  private let marks: Table<UInt8>
  private let slots: Table<UInt64>
  private let members: Table<UInt16>
  private let blockIndex: Table<UInt16>
  private let blocks: Table<UInt16>
  private let sequenceEnds: Table<UInt32>
  private let sequenceNumbers: Table<UInt16>

  /// Opens and proves the sections; O(their size).
  init(_ database: Database) throws(DatabaseError) {
    sizes = try PrefilterProof.sizes(database)
    classes = try database.table(.classes, UInt8.self)
    pairs = try database.table(.pairs, UInt8.self)
    triples = try database.table(.triples, UInt32.self)
    doubles = try database.table(.doubles, UInt32.self)
    letters = try database.table(.letters, UInt8.self)
    letterSets = try database.table(.letterSets, UInt16.self)
    quads = try database.table(.quads, UInt8.self)
    mixedHan = try database.table(.mixedHan, UInt8.self)
    mixed = try database.table(.mixed, UInt8.self)
    triggers = try database.table(.triggers, UInt8.self)
    marks = try database.table(.marks, UInt8.self)
    slots = try database.table(.slots, UInt64.self)
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
      triples: triples.base, doubles: doubles.base, letters: letters.base,
      letter_sets: letterSets.base, quads: quads.base, mixed_han: mixedHan.base,
      mixed: mixed.base, triggers: triggers.base, pair_bits: UInt32(sizes.pairBits),
      triple_bits: UInt32(sizes.tripleBits), double_bits: UInt32(sizes.doubleBits))
  }

  /// The tables of the verifier.
  var anchors: kw_anchors {
    // SAFETY: as above.
    unsafe kw_anchors(
      block_index: blockIndex.base, blocks: blocks.base, sequence_ends: sequenceEnds.base,
      sequence_numbers: sequenceNumbers.base, marks: marks.base, slots: slots.base,
      members: members.base, slot_bits: UInt32(sizes.slotBits))
  }

  private static func sizes(_ database: Database) throws(DatabaseError) -> PrefilterSizes {
    let words = try database.table(.sizes, UInt32.self)
    guard words.count == 5, words.allSatisfy({ $0 < 1 << 30 }) else {
      throw PrefilterSection.sizes.error("not five numbers")
    }
    let sizes = PrefilterSizes(
      pairBits: Int(words[0]), tripleBits: Int(words[1]), doubleBits: Int(words[2]),
      slotBits: Int(words[3]), patternCount: Int(words[4]))
    guard (15...20).contains(sizes.pairBits), (15...24).contains(sizes.tripleBits),
      (15...24).contains(sizes.doubleBits), (4...24).contains(sizes.slotBits)
    else { throw PrefilterSection.sizes.error("a size is out of range") }
    return sizes
  }

  private func proveSizes() throws(DatabaseError) {
    let sections: [(PrefilterSection, Int, Int)] = [
      (.classes, classes.count, 192), (.letters, letters.count, 1536),
      (.letterSets, letterSets.count, 1024), (.mixedHan, mixedHan.count, 128),
      (.mixed, mixed.count, 1024), (.triggers, triggers.count, 8192),
      (.quads, quads.count, 1 << 15), (.pairs, pairs.count, 1 << sizes.pairBits),
      (.triples, triples.count, 1 << (sizes.tripleBits - 5)),
      (.doubles, doubles.count, 1 << (sizes.doubleBits - 5)),
      (.marks, marks.count, 1 << (sizes.slotBits - 1)),
      (.slots, slots.count, 1 << sizes.slotBits), (.blockIndex, blockIndex.count, 0x110000 / 64),
    ]
    for (section, count, expected) in sections where count != expected {
      throw section.error("\(count) elements instead of \(expected)")
    }
    // The kernels read the letter pairs in two forms, which must say the same.
    let sets = PrefilterBuilder.letterSets(letters.elements(0..<letters.count))
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
    let sequenceCount = sequenceEnds.count - 1
    let flag = PrefilterAlphabet.sequenceFlag
    guard blocks.allSatisfy({ $0 & flag == 0 || Int($0 & ~flag) < sequenceCount }) else {
      throw PrefilterSection.blocks.error("a sequence is missing")
    }
    var begin: UInt32 = 0
    for entry in 0..<sequenceEnds.count {
      let end = sequenceEnds[entry]
      guard end >= begin, end - begin <= UInt32(KW_PATTERN),
        Int(end) <= sequenceNumbers.count, entry != 0 || end == 0
      else { throw PrefilterSection.sequenceEnds.error("sequence \(entry) is out of bounds") }
      begin = end
    }
    guard sequenceNumbers.allSatisfy({ $0 != PrefilterAlphabet.skipped && $0 & flag == 0 }) else {
      throw PrefilterSection.sequenceNumbers.error("a number is no symbol")
    }
  }

  private func proveAnchors() throws(DatabaseError) {
    var isOpen = false
    for entry in 0..<slots.count {
      let slot = AnchorSlot(packed: slots[entry])
      if slot.packed == 0 { isOpen = true }
      var start = slot.start
      for _ in 0..<slot.count {
        guard let end = memberEnd(start) else {
          throw PrefilterSection.slots.error("slot \(entry) names no pattern")
        }
        start = end
      }
    }
    // A probe ends at an empty slot.
    guard isOpen else { throw PrefilterSection.slots.error("it has no empty slot") }
  }

  private func memberEnd(_ start: Int) -> Int? {
    guard start + AnchorMember.headerCount <= members.count else { return nil }
    let member = AnchorMember(
      members[start], members[start + 1], members[start + 2], members[start + 3])
    let end = start + AnchorMember.headerCount + member.length
    guard (1...PrefilterPattern.maximumLength).contains(member.length), end <= members.count,
      member.offset < member.length, member.pattern < sizes.patternCount
    else { return nil }
    return end
  }
}
