import CScan
package import Storage

/// A superset filter for many patterns, at the speed of memory rather than of an automaton.
///
/// Each pattern is found by its anchor, a few neighbouring symbols that ordinary text passes rarely.
/// Vector kernels look for anchors on two planes, one of Han characters and one of ASCII letters, on
/// which whatever may be skipped between two symbols has vanished; so no noise, however long, hides
/// an anchor. Symbols in spellings off the planes are found by their bytes. Each candidate is then
/// compared with the patterns that have its anchor, exactly but for the rules of gaps.
///
/// A scan reports a superset: each occurrence of each pattern is a hit of exactly its range, or it
/// overlaps a segment that is reported as dense. A hit need not be an occurrence: gaps hold any
/// number of skipped scalars up to `maximumGap` bytes, and boundaries are looked at only where an
/// ASCII letter or digit is the very next byte.
///
///     let prefilter = try Prefilter(patterns: patterns, folding: folding)
///     var scanner = PrefilterScanner(prefilter)
///     while let segment = scanner.next(in: haystack, into: &hits) { … }
package struct Prefilter: Sendable {
  let tables: PrefilterTables

  /// The most bytes between two symbols of an occurrence, white space included.
  ///
  /// Eight noise and 32 vanishing scalars with their joined parts take less than 600.
  package static let maximumGap = Int(KW_GAP)

  /// Builds the tables for patterns; a pattern's index is its number in hits.
  ///
  /// - Throws: Nothing but a defect of the builder's: the tables are proved like any others.
  /// - Complexity: O(symbols of the patterns + scalars of Unicode).
  package init(
    patterns: [PrefilterPattern], folding: some PrefilterFolding,
    frequencies: AnchorFrequencies = AnchorFrequencies()
  ) throws(DatabaseError) {
    var writer = DatabaseWriter()
    Prefilter.write(patterns, folding: folding, frequencies: frequencies, to: &writer)
    let bytes = writer.finish()
    try self.init(Database(bytes.span))
  }

  /// Writes the tables for patterns as the sections `pf.…` of a database.
  ///
  /// - Complexity: O(symbols of the patterns + scalars of Unicode).
  package static func write(
    _ patterns: [PrefilterPattern], folding: some PrefilterFolding,
    frequencies: AnchorFrequencies = AnchorFrequencies(), to writer: inout DatabaseWriter
  ) {
    PrefilterBuilder(patterns: patterns, folding: folding, frequencies: frequencies)
      .write(to: &writer)
  }

  /// Opens the prefilter in a database, where it is used in place, and proves every index in it.
  ///
  /// - Throws: `DatabaseError` where a section is missing or breaks its invariant.
  /// - Complexity: O(size of the sections).
  package init(_ database: Database) throws(DatabaseError) {
    tables = try PrefilterTables(database)
  }

  /// The number of patterns.
  package var patternCount: Int { tables.patternCount }

  /// The patterns that the prefilter cannot find, ascending; the caller seeks them by other means.
  ///
  /// They are a single letter or digit of ASCII, have no symbol, or more than
  /// `PrefilterPattern.maximumLength`.
  package var unanchored: [Int] { tables.unanchored }
}

/// A pattern that the prefilter has found, noise between its symbols included.
package struct PrefilterHit: Hashable, Sendable {
  /// The pattern's index.
  package var pattern: Int
  /// The source offsets in bytes from the first to the last scalar.
  package var range: Range<Int>

  /// Creates a hit.
  package init(pattern: Int, range: Range<Int>) {
    self.pattern = pattern
    self.range = range
  }
}

/// What the prefilter saw in one segment of a haystack.
package struct PrefilterSegment: Sendable {
  /// The segment's source offsets in bytes.
  package var range: Range<Int>
  /// The range, not before the segment before, that every occurrence found by this segment overlaps.
  ///
  /// It begins where anchors cut by the segment's begin may begin.
  package var reach: Range<Int>
  /// The candidates of the vector stages.
  package var survivors: Int
  /// The patterns compared to verify them.
  package var comparisons: Int
  /// Whether there were too many survivors to verify: then there are no hits, and the caller must
  /// find every occurrence that overlaps `reach` by itself.
  package var isDense: Bool
  /// The parts of `partSize` bytes, a bit each from the segment's begin, in which no letter or digit
  /// of ASCII and no character of U+4E00...U+9FFF begins, but which are not all ASCII.
  package var foreign: (UInt64, UInt64, UInt64) = (0, 0, 0)

  /// How much of the segment is foreign parts.
  package var foreignShare: Double {
    let parts =
      foreign.0.nonzeroBitCount + foreign.1.nonzeroBitCount + foreign.2.nonzeroBitCount
    return Double(parts * PrefilterSegment.partSize) / Double(range.count)
  }

  /// The bytes of a part in `foreign`.
  package static let partSize = Int(KW_PART)
}
