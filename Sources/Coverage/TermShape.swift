import Folding

/// What counting looks at in a term: its characters after folding, without noise.
struct TermShape {
  private let symbols: [UInt32]
  private let han: [UInt32]
  private let letters: [UInt32]
  private let latinCount: Int

  init(_ term: String) {
    let folded = Folder.fold(text: term).filter { $0.kind == .symbol }
    symbols = folded.map(\.symbol)
    han = folded.filter { $0.trait == .han }.map(\.symbol)
    letters = folded.filter { $0.trait == .letter }.map(\.symbol)
    latinCount = letters.count { Self.isLatin($0) }
  }

  /// The number of Han characters.
  var hanCount: Int { han.count }
  /// The number of Latin letters.
  var latinLetterCount: Int { latinCount }

  /// The beginnings, or ends, that the term shares with others of its bucket.
  ///
  /// Characters of another kind do not hide a shared edge: a term of two Han characters or more has
  /// its first two of them as a key (1号枪手, 2号枪手: 号枪); one that begins with letters, or has
  /// fewer Han characters, its first four letters; one that begins with a Han character beside
  /// another (k粉…), those two.
  ///
  /// - Parameter fromEnd: Whether ends are wanted.
  /// - Returns: One to three keys; keys of beginnings and of ends are to be kept apart.
  func edgeKeys(fromEnd: Bool) -> Set<[UInt32]> {
    func edge(_ characters: [UInt32], _ count: Int) -> [UInt32] {
      Array(fromEnd ? characters.suffix(count) : characters.prefix(count))
    }
    var keys: Set<[UInt32]> = []
    if han.count >= 2 { keys.insert(edge(han, 2)) }
    let first = edge(symbols, 1)
    if han.count < 2 || Folder.trait(ofSymbol: first.first ?? 0) == .letter, letters.count >= 4 {
      keys.insert(edge(letters, 4))
    }
    let pair = edge(symbols, 2)
    if pair.count == 2, pair.contains(where: { Folder.trait(ofSymbol: $0) == .han }) {
      keys.insert(pair)
    }
    return keys
  }

  /// Whether a folded letter is Latin (blocks of Unicode 17 with the Latin script).
  private static func isLatin(_ symbol: UInt32) -> Bool {
    switch symbol {
    case 0x61...0x7A, 0xDF...0x24F, 0x250...0x2AF, 0x1E00...0x1EFF, 0x2C60...0x2C7F,
      0xA722...0xA7FF, 0xAB30...0xAB6F:
      true
    default: false
    }
  }
}
