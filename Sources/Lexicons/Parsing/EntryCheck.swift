internal import Folding

/// Checks of words that depend on folding.
struct EntryCheck {
  /// What makes a word unfit for a pattern.
  enum Flaw: Equatable {
    case blank
    case tooLong(Int)
    case noiseAtEdge(isFirst: Bool)
  }

  /// The most symbols that a pattern has after folding.
  static let limit = 64

  /// The symbols of the word that was folded last: what vanishes and noise beside Han is dropped,
  /// and white space between other symbols is one space.
  private(set) var symbols: [UInt32] = []

  /// Folds a word into `symbols` and says what is wrong with it.
  mutating func fold(_ text: String) -> Flaw? {
    symbols.removeAll(keepingCapacity: true)
    // Where the noise behind the last symbol that is none begins, and whether that symbol is Han.
    var noiseStart = 0
    var isAfterHan = false
    var edges: (first: ScalarKind, last: ScalarKind)?
    for scalar in text.unicodeScalars {
      let fold = Folder.fold(scalar.value)
      guard fold.count > 0 else { continue }
      edges = (edges?.first ?? fold.kind, fold.kind)
      if fold.kind == .whiteSpace {
        let isSecond = symbols.count > noiseStart && symbols.last == 0x20
        if !isSecond { symbols.append(0x20) }
        continue
      }
      if !fold.kind.isNoise {
        let isHan = Folder.trait(ofSymbol: fold[0]) == .han
        if isAfterHan || isHan, noiseStart > 0 { symbols.removeSubrange(noiseStart...) }
        isAfterHan = Folder.trait(ofSymbol: fold[fold.count - 1]) == .han
      }
      for index in 0..<fold.count { symbols.append(fold[index]) }
      if !fold.kind.isNoise { noiseStart = symbols.count }
    }
    guard let edges, symbols.contains(where: { $0 != 0x20 }) else { return .blank }
    if edges.first != .symbol { return .noiseAtEdge(isFirst: true) }
    if edges.last != .symbol { return .noiseAtEdge(isFirst: false) }
    return symbols.count > Self.limit ? .tooLong(symbols.count) : nil
  }

  /// Whether an occurrence of `word`, bounded as `boundary` says, lies inside `wording`.
  static func holds(_ wording: [UInt32], _ word: [UInt32], _ boundary: Entry.Boundary) -> Bool {
    guard let first = word.first, let last = word.last, wording.count >= word.count else {
      return false
    }
    return (0...(wording.count - word.count)).contains { start in
      let end = start + word.count
      guard wording[start..<end].elementsEqual(word) else { return false }
      if boundary == .none { return true }
      let touchesBefore = start > 0 && touches(wording[start - 1], first)
      return !touchesBefore && !(end < wording.count && touches(last, wording[end]))
    }
  }

  /// Whether two neighbouring symbols are both letters of an alphabet or digits.
  private static func touches(_ first: UInt32, _ second: UInt32) -> Bool {
    Folder.trait(ofSymbol: first).touches && Folder.trait(ofSymbol: second).touches
  }

  /// The key by which a list's word is known: equal for equal words with equal exceptions.
  static func key(_ symbols: [UInt32], exceptions: [[UInt32]]) -> [UInt32] {
    let separator = UInt32.max
    return exceptions.sorted { $0.lexicographicallyPrecedes($1) }
      .reduce(into: symbols) { key, exception in
        key.append(separator)
        key += exception
      }
  }
}
