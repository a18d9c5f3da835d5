/// Where the tables of a prefilter lie in its one block of memory, which is also its coded form.
///
/// The block begins with a header of 64-bit little-endian words: a mark, the sizes of the hashed
/// sets, the number of patterns, then each section's offset and size in bytes. Sections begin at
/// multiples of 64.
struct PrefilterLayout: Equatable {
  /// The sections, in their order; the hot ones come first.
  enum Section: Int, CaseIterable {
    case lead, second, third, letters, letterSets, mixedHan, mixed, triggers, quads, doubles, pairs,
      triples
    case anchorMarks, anchors, members
    case blockIndex, blocks, sequenceEnds, sequenceNumbers, unanchored
  }

  /// The first word of the header: "kwpref01" as bytes.
  static let mark: UInt64 = 0x3130_6665_7270_776B
  /// Words of the header before the sections' ranges.
  static let fixedWords = 6
  /// Bytes of the header.
  static let headerSize = (8 * (fixedWords + 2 * Section.allCases.count) + 63) & ~63

  /// The sizes of the hashed sets, as powers of two.
  var pairBits = 17
  /// Bits of the triple set, as a power of two.
  var tripleBits = 21
  /// Bits of the pair set, as a power of two.
  var doubleBits = 19
  /// Slots of the anchor table, as a power of two.
  var anchorBits = 4
  /// The number of patterns.
  var patternCount = 0
  /// The range of each section in bytes.
  var ranges: [Range<Int>] = []

  /// Returns the range of a section.
  subscript(section: Section) -> Range<Int> { ranges[section.rawValue] }

  /// The size of the block.
  var size: Int { ((ranges.map(\.upperBound).max() ?? PrefilterLayout.headerSize) + 63) & ~63 }

  /// Lays out sections of given sizes in bytes.
  mutating func place(_ sizes: [Int]) {
    var offset = PrefilterLayout.headerSize
    ranges = sizes.map { size in
      defer { offset = (offset + size + 63) & ~63 }
      return offset..<offset + size
    }
  }

  /// The header's words.
  var header: [UInt64] {
    [
      PrefilterLayout.mark, UInt64(pairBits), UInt64(tripleBits), UInt64(doubleBits),
      UInt64(anchorBits), UInt64(patternCount),
    ] + ranges.flatMap { [UInt64($0.lowerBound), UInt64($0.count)] }
  }
}

/// Why coded tables were refused.
package enum PrefilterError: Error, Equatable, Sendable {
  /// The bytes are not a prefilter of this version, or a section lies outside of them.
  case malformed
  /// An entry of a section points outside of its target.
  case corrupt(section: String, entry: Int)
  /// Memory for the tables could not be had.
  case outOfMemory
}
