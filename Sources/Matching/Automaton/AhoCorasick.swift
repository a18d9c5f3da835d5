import CScan
package import Storage

/// Finds every occurrence of many patterns in one pass over symbols.
///
/// Each state stands for one prefix of some pattern. A symbol with no transition follows the state's
/// failure link: the state of the longest proper suffix that is also a prefix. Transitions are a
/// double array: the child of state `s` by symbol `c` is the cell `base(s) + c` if that cell's check
/// is `s`.
///
/// - Invariant: every base plus every symbol number is a cell; every failure link and output is a
///   cell of smaller or equal depth, so chains end at the root. `init` proves it of
///   every database that is not the program's own.
/// - SeeAlso: Aho and Corasick, CACM 18(6), 1975; Aoe, IEEE TSE 15(9), 1989 (double array).
@safe package final class AhoCorasick: Sendable {
  /// Set in an output whose patterns, its own and those of its suffixes, are all quiet.
  static let quietBit: UInt32 = 1 << 31

  /// Keeps the tables' memory alive.
  private let database: Database
  let pageIndex: Table<UInt16>
  let pages: Table<UInt32>
  let expansions: Table<UInt32>
  let cells: Table<UInt64>
  let failures: Table<UInt32>
  let outputs: Table<UInt32>
  let patterns: Table<UInt32>
  let depths: Table<UInt8>
  let reaches: Table<UInt16>
  let reachValues: Table<Reach>
  let info: Table<UInt32>
  /// `PrefixFilter`.
  let pairs: Table<UInt8>
  let triples: Table<UInt8>
  /// `EndFilter`.
  let ends: Table<UInt64>
  /// Each pattern's kinds of finding.
  let masks: Table<UInt64>
  let symbolCount: Int
  /// The same tables as scanners read them.
  let tables: StepTables

  /// The number of states, the root included.
  package let stateCount: Int
  /// The number of patterns.
  package var patternCount: Int { info.count }
  /// The longest pattern, in symbols.
  package let longestPattern: Int

  /// Opens the automaton in a database and proves its invariants, unless it is the program's own.
  ///
  /// - Throws: `DatabaseError.invalidSection` for the first table that breaks one.
  /// - Complexity: O(size of the tables).
  package init(_ database: Database) throws(DatabaseError) {
    self.database = database
    pageIndex = try database.table("ac.pageIndex", of: UInt16.self)
    pages = try database.table("ac.pages", of: UInt32.self)
    expansions = try database.table("ac.expansions", of: UInt32.self)
    cells = try database.table("ac.cells", of: UInt64.self)
    failures = try database.table("ac.failures", of: UInt32.self)
    outputs = try database.table("ac.outputs", of: UInt32.self)
    patterns = try database.table("ac.patterns", of: UInt32.self)
    depths = try database.table("ac.depths", of: UInt8.self)
    reaches = try database.table("ac.reach", of: UInt16.self)
    reachValues = try database.table("ac.reachValues", of: Reach.self)
    info = try database.table("ac.info", of: UInt32.self)
    masks = try database.table("ac.masks", of: UInt64.self)
    pairs = try database.table("ac.pairs", of: UInt8.self)
    triples = try database.table("ac.triples", of: UInt8.self)
    ends = try database.table("ac.ends", of: UInt64.self)
    let counts = try database.table("ac.counts", of: UInt32.self)
    guard counts.count == 3 else { throw .invalidSection("ac.counts", reason: "not 3 numbers") }
    symbolCount = Int(counts[0])
    stateCount = Int(counts[1])
    longestPattern = Int(counts[2])
    let filters = [
      ("ac.pairs", pairs.count), ("ac.triples", triples.count), ("ac.ends", 8 * ends.count),
    ]
    for (name, count) in filters {
      guard PrefixFilter.isSound(byteCount: count) else {
        throw .invalidSection(name, reason: "its size is no power of two")
      }
    }
    guard ends.count > 1 else { throw .invalidSection("ac.ends", reason: "it has no hashes") }
    guard cells.count > 0, reaches.count == cells.count,
      Int(reaches[0]) < reachValues.count
    else { throw .invalidSection("ac.cells", reason: "there is no root") }
    let direct = try Self.directPages(pageIndex, pages)
    // SAFETY: the database is kept.
    let symbols = unsafe kw_symbols(
      page_index: pageIndex.address, pages: pages.address, direct: pages.address + 256 * direct,
      pairs: pairs.address,
      triples: triples.address, pair_shift: PrefixFilter.pairShift(byteCount: pairs.count),
      triple_shift: PrefixFilter.tripleShift(byteCount: triples.count),
      bounds_words: reachValues[Int(reaches[0])].loose == 0 ? 1 : 0)
    // SAFETY: `kw_reach` is `Reach`.
    let reached = unsafe UnsafeRawPointer(reachValues.address)
      .assumingMemoryBound(to: kw_reach.self)
    tables = unsafe StepTables(
      kw_automaton(
        symbols: symbols, cells: cells.address, failures: failures.address,
        outputs: outputs.address, patterns: patterns.address, depths: depths.address,
        reaches: reaches.address, reach_values: reached, ends: ends.address,
        ends_shift: EndFilter.shift(count: ends.count),
        root_base: UInt32(truncatingIfNeeded: cells[0]) & 0x7FFF_FFFF))
    if !database.isEmbedded { try prove() }
  }

  deinit { tables.deallocate() }

  /// The kinds of finding that any pattern makes.
  package var kinds: UInt64 { reach(0).all }
  /// Whether no pattern is found inside a word.
  package var boundsWords: Bool { tables.boundsWords }

  /// The length of a pattern, in symbols.
  package func length(ofPattern pattern: Int) -> Int { Int(info[pattern] & 0xFF) }

  /// The first of the pages that lie one behind the other.
  private static func directPages(
    _ pageIndex: Table<UInt16>, _ pages: Table<UInt32>
  ) throws(DatabaseError) -> Int {
    guard pageIndex.count == 0x1100 else {
      throw .invalidSection("ac.pageIndex", reason: "a page is missing")
    }
    let first = Int(pageIndex[SymbolTable.direct[0]])
    for (index, place) in SymbolTable.direct.enumerated() {
      guard Int(pageIndex[place]) == first + index, first + index < pages.count / 256 else {
        throw .invalidSection("ac.pageIndex", reason: "pages lie apart that belong together")
      }
    }
    return first
  }

  private func prove() throws(DatabaseError) {
    try proveSymbols()
    try proveSizes()
    guard longestPattern <= PatternText.maximumLength,
      info.allSatisfy({ Int($0 & 0xFF) <= self.longestPattern })
    else { throw .invalidSection("ac.info", reason: "a pattern is longer than the longest") }
    // SAFETY: proveSizes showed that all state tables have `cells.count` elements.
    let count = cells.count
    let (cell, failure) = unsafe (cells.base, failures.base)
    let (output, pattern, depth) = unsafe (outputs.base, patterns.base, depths.base)
    for state in 0..<count {
      let base = unsafe Int(UInt32(truncatingIfNeeded: cell[state]) & 0x7FFF_FFFF)
      guard base + symbolCount <= count else {
        throw .invalidSection("ac.cells", reason: "state \(state) leads past the end")
      }
      let (link, out) = unsafe (Int(failure[state]), Int(output[state] & ~Self.quietBit))
      guard link < count, unsafe depth[link] < depth[state] || (state == 0 || link == 0) else {
        throw .invalidSection("ac.failures", reason: "state \(state) does not lead to the root")
      }
      guard out < count, unsafe out == 0 || (pattern[out] != 0 && depth[out] <= depth[state]) else {
        throw .invalidSection("ac.outputs", reason: "state \(state) names no pattern")
      }
      guard unsafe Int(pattern[state]) <= info.count else {
        throw .invalidSection("ac.patterns", reason: "state \(state) names no pattern")
      }
      guard unsafe Int(depth[state]) <= PatternText.maximumLength else {
        throw .invalidSection("ac.depths", reason: "state \(state) is too deep")
      }
    }
  }

  private func proveSizes() throws(DatabaseError) {
    let count = cells.count
    guard count > 0, failures.count == count, outputs.count == count, patterns.count == count,
      depths.count == count, reaches.count == count, masks.count == info.count
    else { throw .invalidSection("ac.cells", reason: "the state tables differ in length") }
    guard reaches.allSatisfy({ Int($0) < reachValues.count }) else {
      throw .invalidSection("ac.reach", reason: "a state names no set")
    }
    guard failures[0] == 0, outputs[0] == 0, depths[0] == 0, patterns[0] == 0 else {
      throw .invalidSection("ac.cells", reason: "the root is no root")
    }
  }

  private func proveSymbols() throws(DatabaseError) {
    guard pageIndex.count == 0x1100, pages.count % 256 == 0, pages.count > 0,
      pageIndex.allSatisfy({ Int($0) < pages.count / 256 })
    else { throw .invalidSection("ac.pageIndex", reason: "a page is missing") }
    let entryIsSound: (UInt32) -> Bool = { raw in
      let entry = ScalarEntry(rawValue: raw)
      guard raw >> 24 == 0 else { return false }
      if !entry.isExpansion { return entry.number < self.symbolCount }
      guard entry.number < self.expansions.count else { return false }
      return Int(self.expansions[entry.number]) + entry.number < self.expansions.count
    }
    guard symbolCount > SymbolTable.reserved.count, pages.allSatisfy(entryIsSound) else {
      throw .invalidSection("ac.pages", reason: "an entry names no symbol")
    }
    // A stream's end is read by the planes, where each character is one symbol.
    for scalar in SymbolTable.planes {
      let page = Int(pageIndex[Int(scalar >> 8)]) << 8
      guard !ScalarEntry(rawValue: pages[page | Int(scalar & 0xFF)]).isExpansion else {
        throw .invalidSection("ac.pages", reason: "a letter or ideograph is several symbols")
      }
    }
    var row = 0
    while row < expansions.count {
      let count = Int(expansions[row])
      guard count > 0, row + count < expansions.count else {
        throw .invalidSection("ac.expansions", reason: "row \(row) is cut")
      }
      for index in 1...count {
        let entry = ScalarEntry(rawValue: expansions[row + index])
        guard !entry.isExpansion, entry.number < symbolCount else {
          throw .invalidSection("ac.expansions", reason: "row \(row) names no symbol")
        }
      }
      row += count + 1
    }
  }
}
