import CScan
import Folding

/// What the scanner knows of a scalar, in 32 bits: the symbol's number, kind and trait.
///
/// A scalar that folds to several symbols names a row of the expansion table instead of a symbol.
package struct ScalarEntry: RawRepresentable, Equatable, Sendable {
  package let rawValue: UInt32

  @inline(__always)
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  init(number: Int, kind: ScalarKind, trait: SymbolTrait, isExpansion: Bool = false) {
    rawValue =
      UInt32(number) | UInt32(kind.rawValue) << 16 | UInt32(trait.rawValue) << 20
      | (isExpansion ? 1 << 22 : 0)
  }

  /// The symbol's number (0: no pattern has it), or the row of its expansion.
  @inline(__always) var number: Int { Int(rawValue & 0xFFFF) }
  @inline(__always) var kindBits: UInt32 { rawValue >> 16 & 0xF }
  @inline(__always) var traitBits: UInt32 { rawValue >> 20 & 3 }
  @inline(__always) var isExpansion: Bool { rawValue & 1 << 22 != 0 }
  /// Set where the symbol alone is a pattern.
  static let isPattern: UInt32 = 1 << 23
  /// A single symbol: the scanner's short way.
  @inline(__always) var isPlainSymbol: Bool { rawValue >> 16 & 0x4F == 0 }
}

/// Numbers the symbols of all patterns and maps every scalar to its entry.
///
/// Symbols are numbered by how often the patterns use them, the most frequent first, which keeps the
/// double array dense (Kanda, Akabe and Oda, "Engineering faster double-array Aho-Corasick
/// automata", SPE 2023).
struct SymbolTable {
  /// Numbers that are always given: the marks which the scanner itself compares.
  static let reserved: [UInt32] = [0x2C, 0x2E, 0x3001, 0x3A, 0x20]
  static let comma = Int(KW_NUMBER_COMMA)
  static let stop = Int(KW_NUMBER_STOP)
  static let enumeration = Int(KW_NUMBER_ENUMERATION)
  static let colon = Int(KW_NUMBER_COLON)
  static let space = Int(KW_NUMBER_SPACE)

  /// The pages that lie one behind the other, so that their entries are found by the scalar alone.
  static let direct =
    Array(Int(KW_DIRECT) >> 8..<Int(KW_DIRECT_END) >> 8) + [Int(KW_DIRECT_WIDE) >> 8]

  /// The scalars that are on a plane of the prefilter.
  static let planes =
    (0..<0x80).filter(PrefilterAlphabet.isOnLetterPlane) + Array(PrefilterAlphabet.hanPlane)

  /// The symbols in the order of their numbers, the first of which is 1.
  private let symbols: [UInt32]
  /// The number of each scalar up to the greatest symbol, 0 where it has none.
  private var numbers: [UInt16]
  private(set) var pageIndex: [UInt16] = []
  private(set) var pages: [UInt32] = []
  private(set) var expansions: [UInt32] = []
  /// For each number whether its symbol is Han.
  let isHan: [Bool]
  /// For each number its letter or digit of ASCII, 0 of other symbols.
  let letters: [UInt8]
  /// For each number whether its symbol is noise or a mark.
  let isGap: [Bool]

  /// The count of numbers, zero included.
  var count: Int { symbols.count + 1 }

  /// - Throws: `AutomatonError.tooManySymbols` over 65 000 different symbols.
  init(patterns: SymbolSequences, others: SymbolSequences) throws(AutomatonError) {
    // −1: the symbol does not occur.
    let greatest = [Self.reserved, patterns.allSymbols, others.allSymbols].compactMap { $0.max() }
    var uses = [Int32](repeating: -1, count: Int(greatest.max() ?? 0) + 1)
    for symbol in others.allSymbols { uses[Int(symbol)] = 0 }
    for symbol in patterns.allSymbols { uses[Int(symbol)] = max(uses[Int(symbol)], 0) &+ 1 }
    for symbol in Self.reserved { uses[Int(symbol)] = -1 }
    let found = uses.indices.filter { uses[$0] >= 0 }
      .sorted { (uses[$0], $1) > (uses[$1], $0) }
    guard found.count + Self.reserved.count < 65_000 else {
      throw .tooManySymbols(limit: 65_000)
    }
    symbols = Self.reserved + found.map { UInt32($0) }
    numbers = [UInt16](repeating: 0, count: uses.count)
    isHan = [false] + symbols.map { Folder.trait(ofSymbol: $0) == .han }
    letters = [0] + symbols.map { PrefilterAlphabet.isOnLetterPlane($0) ? UInt8($0) : 0 }
    isGap = [false] + symbols.map { Folder.fold($0).kind != .symbol }
    for (index, symbol) in symbols.enumerated() { numbers[Int(symbol)] = UInt16(index + 1) }
    let base = ScalarTable.base
    pageIndex = base.pageIndex
    pages = base.pages
    expansions = base.expansions
    for (row, symbol) in base.expandedSymbols {
      expansions[row] |= UInt32(number(of: symbol))
    }
    setNumbers(base)
    for index in 0..<patterns.count where patterns[index].count == 1 {
      for symbol in patterns[index] { markPattern(symbol, base) }
    }
  }

  /// Whether a number is that of a letter or digit.
  func isLetter(_ number: Int) -> Bool { number != 0 && !isHan[number] && !isGap[number] }

  /// The number of a symbol, 0 where it has none.
  func number(of symbol: UInt32) -> UInt16 {
    Int(symbol) < numbers.count ? numbers[Int(symbol)] : 0
  }

  /// Enters the numbers of single symbols; a page that several places share is copied first.
  private mutating func setNumbers(_ base: ScalarTable) {
    var isOwn = base.isUnique
    for place in Self.direct {
      let page = Int(pageIndex[place]) * 256
      pageIndex[place] = UInt16(pages.count / 256)
      pages += Array(pages[page..<page + 256])
      isOwn[place] = true
    }
    // In a fixed order: equal lexicons give equal databases.
    for (index, symbol) in symbols.enumerated() {
      let number = UInt32(index + 1)
      for scalar in base.inverse.forms(of: symbol) {
        let place = Int(scalar >> 8)
        if !isOwn[place] {
          let page = Int(pageIndex[place]) * 256
          pageIndex[place] = UInt16(pages.count / 256)
          pages += Array(pages[page..<page + 256])
          isOwn[place] = true
        }
        pages[Int(pageIndex[place]) * 256 + Int(scalar & 0xFF)] |= number
      }
    }
  }

  /// Marks a symbol that is a pattern by itself; its pages are its own by now.
  private mutating func markPattern(_ symbol: UInt32, _ base: ScalarTable) {
    for scalar in base.inverse.forms(of: symbol) {
      pages[Int(pageIndex[Int(scalar >> 8)]) * 256 + Int(scalar & 0xFF)] |= ScalarEntry.isPattern
    }
  }
}

/// Every scalar's entry before symbols have numbers; made once in a process.
struct ScalarTable: Sendable {
  static let base = ScalarTable()

  private(set) var pageIndex: [UInt16] = []
  private(set) var pages: [UInt32] = []
  private(set) var expansions: [UInt32] = []
  /// The places of `expansions` that stand for symbols.
  private(set) var expandedSymbols: [(row: Int, symbol: UInt32)] = []
  /// For each 256 scalars whether no others share their page.
  private(set) var isUnique: [Bool] = []
  let inverse = InverseFold()

  private init() {
    var known: [Page: UInt16] = [:]
    // By the folding's own pages, where nothing but the page tells what the entries are.
    var knownPages: [UInt32: UInt16] = [:]
    var page = Page()
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 256) {
      let foldPage = FoldEntry.page(of: first)
      let isSurrogate = first >= 0xD800 && first < 0xE000
      if !isSurrogate, let index = knownPages[foldPage] {
        pageIndex.append(index)
        continue
      }
      let expanded = expansions.count
      for low in 0..<256 { page.entries[low] = entry(first + UInt32(low)).rawValue }
      let next = UInt16(pages.count / 256)
      let index = known[page, default: next]
      if index == next {
        known[page] = index
        pages += page.entries
      }
      pageIndex.append(index)
      // An expansion has a row of its own.
      if !isSurrogate && expansions.count == expanded { knownPages[foldPage] = index }
    }
    var uses = [Int](repeating: 0, count: pages.count / 256)
    for index in pageIndex { uses[Int(index)] += 1 }
    isUnique = pageIndex.map { uses[Int($0)] == 1 }
  }

  /// The entries of 256 scalars.
  private struct Page: Hashable {
    var entries = [UInt32](repeating: 0, count: 256)

    /// Hashes all entries as one number, which takes an eighth of the time.
    func hash(into hasher: inout Hasher) {
      hasher.combine(entries.reduce(0) { ($0 ^ UInt64($1)) &* 0x9E37_79B1_85EB_CA87 })
    }
  }

  private mutating func entry(_ scalar: UInt32) -> ScalarEntry {
    if scalar >= 0xD800 && scalar < 0xE000 {
      return ScalarEntry(number: 0, kind: .symbol, trait: .other)
    }
    let fold = Folder.fold(scalar)
    if fold.count == 0 { return ScalarEntry(number: 0, kind: fold.kind, trait: .other) }
    if fold.count == 1 {
      return ScalarEntry(number: 0, kind: fold.kind, trait: Folder.trait(ofSymbol: fold[0]))
    }
    let row = expansions.count
    expansions.append(UInt32(fold.count))
    for index in 0..<fold.count {
      expandedSymbols.append((expansions.count, fold[index]))
      let trait = Folder.trait(ofSymbol: fold[index])
      expansions.append(ScalarEntry(number: 0, kind: .symbol, trait: trait).rawValue)
    }
    return ScalarEntry(number: row, kind: fold.kind, trait: .other, isExpansion: true)
  }
}
