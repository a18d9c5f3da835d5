extension PrefilterTables {
  /// Checks that every index of the tables is in bounds, so that a scan may go unchecked.
  ///
  /// O(size of the tables).
  func validate() throws(PrefilterError) {
    try checkSizes()
    try checkAlphabet()
    try checkAnchors()
  }

  private func checkSizes() throws(PrefilterError) {
    guard (15...20).contains(layout.pairBits), (15...24).contains(layout.tripleBits),
      (15...24).contains(layout.doubleBits), (4...24).contains(layout.anchorBits)
    else { throw .malformed }
    let sizes: [(PrefilterLayout.Section, Int)] = [
      (.lead, 64), (.second, 64), (.third, 64), (.letters, 1536), (.letterSets, 2048),
      (.mixedHan, 128), (.mixed, 1024),
      (.triggers, 8192), (.quads, 1 << 15), (.doubles, 1 << (layout.doubleBits - 3)),
      (.pairs, 1 << layout.pairBits), (.triples, 1 << (layout.tripleBits - 3)),
      (.anchors, 8 << layout.anchorBits),
      (.anchorMarks, 1 << (layout.anchorBits - 1)), (.blockIndex, 2 * 0x110000 / 64),
    ]
    for (section, size) in sizes where layout[section].count != size { throw .malformed }
    // The kernels read the letter pairs in two forms, which must say the same.
    let letters = elements(.letters, as: UInt8.self)
    guard elements(.letterSets, as: UInt16.self) == PrefilterBuilder.letterSets(letters),
      layout[.members].count % 2 == 0,
      layout[.blocks].count % 128 == 0, layout[.sequenceEnds].count % 4 == 0,
      layout[.sequenceNumbers].count % 2 == 0, layout[.unanchored].count % 4 == 0
    else { throw .malformed }
  }

  private func checkAlphabet() throws(PrefilterError) {
    let blockCount = layout[.blocks].count / 128
    for (entry, block) in elements(.blockIndex, as: UInt16.self).enumerated()
    where Int(block) >= blockCount { throw .corrupt(section: "blockIndex", entry: entry) }
    let sequenceCount = layout[.sequenceEnds].count / 4 - 1
    guard sequenceCount >= 0 else { throw .malformed }
    for (entry, number) in elements(.blocks, as: UInt16.self).enumerated()
    where number & PrefilterAlphabet.sequenceFlag != 0
      && Int(number & ~PrefilterAlphabet.sequenceFlag) >= sequenceCount
    { throw .corrupt(section: "blocks", entry: entry) }
    let numbers = layout[.sequenceNumbers].count / 2
    var begin: UInt32 = 0
    for (entry, end) in elements(.sequenceEnds, as: UInt32.self).enumerated() {
      guard end >= begin, end - begin <= 64, Int(end) <= numbers, entry != 0 || end == 0 else {
        throw .corrupt(section: "sequenceEnds", entry: entry)
      }
      begin = end
    }
    for (entry, number) in elements(.sequenceNumbers, as: UInt16.self).enumerated()
    where number == PrefilterAlphabet.skipped || number & PrefilterAlphabet.sequenceFlag != 0 {
      throw .corrupt(section: "sequenceNumbers", entry: entry)
    }
  }

  private func checkAnchors() throws(PrefilterError) {
    let members = elements(.members, as: UInt16.self)
    var isOpen = false
    for (entry, packed) in elements(.anchors, as: UInt64.self).enumerated() {
      let slot = AnchorSlot(packed: packed)
      if packed == 0 { isOpen = true }
      var start = slot.start
      for _ in 0..<slot.count {
        guard start + AnchorMember.headerCount <= members.count else {
          throw .corrupt(section: "anchors", entry: entry)
        }
        let member = AnchorMember(members[start..<start + AnchorMember.headerCount])
        start += AnchorMember.headerCount + member.length
        guard (1...PrefilterPattern.maximumLength).contains(member.length),
          start <= members.count, member.offset < member.length,
          member.pattern < layout.patternCount
        else { throw .corrupt(section: "anchors", entry: entry) }
      }
    }
    // A probe ends at an empty slot.
    guard isOpen else { throw .malformed }
    for (entry, pattern) in elements(.unanchored, as: UInt32.self).enumerated()
    where pattern >= layout.patternCount { throw .corrupt(section: "unanchored", entry: entry) }
  }
}
