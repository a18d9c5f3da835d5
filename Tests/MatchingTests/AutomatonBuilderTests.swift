import Matching
import Storage
import Testing

@Suite struct AutomatonBuilderTests {
  /// Patterns that look like terms: a few hundred characters, frequent ones more often.
  static func patterns(_ count: Int) throws -> [PatternText] {
    var seed: UInt64 = 7
    func draw(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var seen: Set<PatternText> = []
    while seen.count < count {
      var text = ""
      for _ in 0..<(2 + draw(4)) {
        let rank = draw(3_000) * draw(3_000) / 3_000
        text.unicodeScalars.append(Unicode.Scalar(UInt32(0x4E00 + rank * 5)) ?? "一")
      }
      seen.insert(try PatternText(text))
    }
    return seen.sorted { $0.symbols.lexicographicallyPrecedes($1.symbols) }
  }

  @Test func `the double array is dense and opens`() throws {
    let patterns = try Self.patterns(12_000)
    let uses = [PatternUse](repeating: PatternUse(mask: 1, looseMask: 0), count: patterns.count)
    let builder = try AutomatonBuilder(patterns: patterns, uses: uses, others: [])
    var writer = DatabaseWriter()
    builder.write(to: &writer)
    let bytes = writer.finish()
    let database = try Database(bytes.span)
    let automaton = try AhoCorasick(database)
    #expect(automaton.patternCount == patterns.count)
    let cells = try database.table("ac.cells", of: UInt64.self).count
    #expect(cells < automaton.stateCount * 3 / 2, "\(cells) cells, \(automaton.stateCount) states")
  }

  @Test func `a letter that means several symbols is refused`() throws {
    let bytes = try Self.database()
    let database = try Database(bytes.span)
    let first = try database.table("ac.pageIndex", of: UInt16.self)[0]
    let pages = try database.table("ac.pages", of: UInt32.self)
    var entries = pages.elements(0..<pages.count)
    // An expansion: the first row, which is there.
    entries[Int(first) << 8 | 0x61] = 1 << 22
    let broken = try Self.replacing("ac.pages", by: entries, in: database)
    let reason = "a letter or ideograph is several symbols"
    #expect(throws: DatabaseError.invalidSection("ac.pages", reason: reason)) {
      try AhoCorasick(Database(broken.span))
    }
  }

  @Test(arguments: [1, 3]) func `a set that no hash has a place in is refused`(words: Int) throws {
    let bytes = try Self.database()
    let ends = [UInt64](repeating: 0, count: words)
    let broken = try Self.replacing("ac.ends", by: ends, in: Database(bytes.span))
    let reason = words == 1 ? "it has no hashes" : "its size is no power of two"
    #expect(throws: DatabaseError.invalidSection("ac.ends", reason: reason)) {
      try AhoCorasick(Database(broken.span))
    }
  }

  private static func database() throws -> [UInt8] {
    let use = PatternUse(mask: 1, looseMask: 0)
    let builder = try AutomatonBuilder(patterns: [try PatternText("ab")], uses: [use], others: [])
    var writer = DatabaseWriter()
    builder.write(to: &writer)
    return writer.finish()
  }

  /// A database with a section of other contents.
  private static func replacing<Element: BitwiseCopyable>(
    _ name: String, by elements: [Element], in database: Database
  ) throws -> [UInt8] {
    var broken = DatabaseWriter()
    for section in database.sectionSizes where section.name != name {
      let contents = try database.table(section.name, of: UInt8.self)
      broken.add(section.name, contents.elements(0..<contents.count))
    }
    broken.add(name, elements)
    return broken.finish()
  }
}
