/// The numbers that pattern symbols get, and for every scalar what it is in those numbers.
///
/// Numbers begin at 2: 0 is a scalar in no occurrence, 1 one that may be skipped. A scalar that
/// folds to several symbols is `PrefilterAlphabet.sequenceFlag` and the number of its sequence.
struct PrefilterAlphabet {
  /// The number of a scalar in no occurrence, and of a symbol in no pattern.
  static let other: UInt16 = 0
  /// The number of a scalar that may be skipped.
  static let skipped: UInt16 = 1
  /// Marks the number of a sequence.
  static let sequenceFlag: UInt16 = 0x8000
  /// Scalars of a block.
  static let blockSize = 64

  /// By number: the symbol.
  private(set) var symbols: [UInt32] = [0, 0]
  /// By number: the scalars that fold to exactly this symbol, ascending.
  private(set) var spellings: [[UInt32]] = [[], []]
  /// By number: the scalars that fold to several symbols, this among them.
  private(set) var compositions: [[UInt32]] = [[], []]

  /// The block of each 64 scalars.
  private(set) var blockIndex: [UInt16] = []
  /// The numbers of each block's scalars.
  private(set) var blocks: [UInt16] = []
  /// The end of each sequence in `sequenceNumbers`; it begins where the one before ends.
  private(set) var sequenceEnds: [UInt32] = [0]
  /// The symbols' numbers of all sequences.
  private(set) var sequenceNumbers: [UInt16] = []

  /// The number of each symbol below U+40000, where all but a few are.
  private var numbers = [UInt16](repeating: PrefilterAlphabet.other, count: 0x40000)
  private var farNumbers: [UInt32: UInt16] = [:]
  private var blockNumbers: [[UInt16]: UInt16] = [:]
  /// The blocks whose scalars are all other, or all skipped.
  private var uniformBlocks: [UInt16?] = [nil, nil]
  private var sequences: [[UInt16]: UInt16] = [:]

  /// Numbers the symbols of patterns and maps all scalars.
  ///
  /// Symbols beyond the 32 766th get no number. O(scalars): each assigned plane is folded once.
  init(patterns: [PrefilterPattern], folding: some PrefilterFolding) {
    for pattern in patterns {
      for symbol in pattern.symbols where number(of: symbol) == PrefilterAlphabet.other {
        guard symbols.count < Int(PrefilterAlphabet.sequenceFlag) else { continue }
        let number = UInt16(symbols.count)
        if Int(symbol) < numbers.count {
          numbers[Int(symbol)] = number
        } else {
          farNumbers[symbol] = number
        }
        symbols.append(symbol)
        spellings.append([])
        compositions.append([])
      }
    }
    var block = [UInt16](repeating: PrefilterAlphabet.other, count: PrefilterAlphabet.blockSize)
    var folded: [UInt32] = []
    blockIndex.reserveCapacity(0x110000 / PrefilterAlphabet.blockSize)
    blocks.reserveCapacity(0x10000)
    // The Han plane is one row of blocks at the begin, so that a character is looked up at once.
    for scalar in PrefilterAlphabet.hanPlane { blocks.append(read(scalar, folding, &folded)) }
    var plainPages: [UInt32: Bool] = [:]
    // The block of scalars that are in no occurrence.
    var noBlock: UInt16?
    for first in stride(from: UInt32(0), to: 0x110000, by: PrefilterAlphabet.blockSize) {
      if PrefilterAlphabet.isOnHanPlane(first) {
        let place = Int(first - PrefilterAlphabet.hanPlane.lowerBound)
        blockIndex.append(UInt16(place / PrefilterAlphabet.blockSize))
        continue
      }
      if PrefilterAlphabet.isUnassigned(first)
        || holdsNoSymbol(first)
          && PrefilterAlphabet.isPlain(first & ~0xFF, folding, &plainPages)
      {
        if noBlock == nil {
          noBlock = intern([UInt16](repeating: PrefilterAlphabet.other, count: block.count))
        }
        blockIndex.append(noBlock ?? 0)
        continue
      }
      for place in block.indices { block[place] = read(first + UInt32(place), folding, &folded) }
      blockIndex.append(intern(block))
    }
    // Han spellings were read first.
    for number in spellings.indices {
      spellings[number].sort()
      compositions[number].sort()
    }
  }

  /// Returns the number of a symbol, `other` where it is in no pattern.
  func number(of symbol: UInt32) -> UInt16 {
    if Int(symbol) < numbers.count { return numbers[Int(symbol)] }
    return farNumbers[symbol] ?? PrefilterAlphabet.other
  }

  /// Whether 64 scalars are surrogates, or lie in planes 4...13, 15 and 16, which hold no character.
  private static func isUnassigned(_ first: UInt32) -> Bool {
    let plane = first >> 16
    return (first >= 0xD800 && first < 0xE000) || (plane >= 4 && plane != 14)
  }

  // Inlined, as else it would ask the folding through its protocol: 300 000 times.
  @inline(__always)
  private mutating func read(
    _ scalar: UInt32, _ folding: some PrefilterFolding, _ folded: inout [UInt32]
  ) -> UInt16 {
    let symbol: UInt32
    switch folding.fold(scalar, into: &folded) {
    case .skipped: return PrefilterAlphabet.skipped
    case .other: return PrefilterAlphabet.other
    case .symbol(let one): symbol = one
    case .symbols:
      defer { folded.removeAll(keepingCapacity: true) }
      guard folded.count == 1 else { return sequence(of: scalar, folded) }
      symbol = folded[0]
    }
    let number = self.number(of: symbol)
    if number != PrefilterAlphabet.other { spellings[Int(number)].append(scalar) }
    return number
  }

  /// Whether none of the scalars of a block, as symbols, is in a pattern.
  private func holdsNoSymbol(_ first: UInt32) -> Bool {
    let end = Int(first) + PrefilterAlphabet.blockSize
    guard end <= numbers.count else { return false }
    return numbers[Int(first)..<end].allSatisfy { $0 == PrefilterAlphabet.other }
  }

  /// Whether each of the 256 scalars from `first` on is a symbol by itself, as on most pages.
  ///
  /// `known` holds the answers by the number of the page.
  private static func isPlain(
    _ first: UInt32, _ folding: some PrefilterFolding, _ known: inout [UInt32: Bool]
  ) -> Bool {
    let page = folding.page(of: first)
    if let isPlain = known[page] { return isPlain }
    var folded: [UInt32] = []
    let isPlain = (first..<first + 256).allSatisfy { scalar in
      guard case .symbol(let symbol) = folding.fold(scalar, into: &folded) else { return false }
      return symbol == scalar
    }
    known[page] = isPlain
    return isPlain
  }

  private mutating func sequence(of scalar: UInt32, _ folded: [UInt32]) -> UInt16 {
    let sequence = folded.map { self.number(of: $0) }
    guard sequence.contains(where: { $0 != PrefilterAlphabet.other }) else {
      return PrefilterAlphabet.other
    }
    for number in Set(sequence) where number != PrefilterAlphabet.other {
      compositions[Int(number)].append(scalar)
    }
    if let known = sequences[sequence] { return known }
    let number = PrefilterAlphabet.sequenceFlag | UInt16(sequences.count)
    sequences[sequence] = number
    sequenceNumbers += sequence
    sequenceEnds.append(UInt32(sequenceNumbers.count))
    return number
  }

  private mutating func intern(_ block: [UInt16]) -> UInt16 {
    let first = Int(block[0])
    let isUniform = first < 2 && block.allSatisfy { $0 == block[0] }
    if isUniform, let known = uniformBlocks[first] { return known }
    if let known = blockNumbers[block] { return known }
    let number = UInt16(blocks.count / PrefilterAlphabet.blockSize)
    blockNumbers[block] = number
    if isUniform { uniformBlocks[first] = number }
    blocks += block
    return number
  }

  /// Whether a scalar is on the Han plane: U+4E00...U+9FFF.
  static func isOnHanPlane(_ scalar: UInt32) -> Bool { hanPlane.contains(scalar) }

  /// The scalars of the Han plane, whole blocks of them.
  static let hanPlane: Range<UInt32> = 0x4E00..<0xA000

  /// Whether a scalar is on the letter plane: a letter or digit of ASCII.
  static func isOnLetterPlane(_ scalar: UInt32) -> Bool {
    (scalar >= 0x30 && scalar <= 0x39) || (scalar | 0x20 >= 0x61 && scalar | 0x20 <= 0x7A)
  }
}
