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

  /// The number of each pattern symbol.
  private(set) var numbers: [UInt32: UInt16] = [:]
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

  private var blockNumbers: [[UInt16]: UInt16] = [:]
  private var sequences: [[UInt16]: UInt16] = [:]

  /// Numbers the symbols of patterns and maps all scalars.
  ///
  /// Symbols beyond the 32 766th get no number. O(scalars): each assigned plane is folded once.
  init(patterns: [PrefilterPattern], folding: some PrefilterFolding) {
    for pattern in patterns {
      for symbol in pattern.symbols where numbers[symbol] == nil {
        guard spellings.count < Int(PrefilterAlphabet.sequenceFlag) else { continue }
        numbers[symbol] = UInt16(spellings.count)
        spellings.append([])
        compositions.append([])
      }
    }
    var block: [UInt16] = []
    var folded: [UInt32] = []
    let unassigned = intern(block: [UInt16](repeating: 0, count: PrefilterAlphabet.blockSize))
    for first in stride(from: UInt32(0), to: 0x110000, by: PrefilterAlphabet.blockSize) {
      if PrefilterAlphabet.isUnassigned(first) {
        blockIndex.append(unassigned)
        continue
      }
      block.removeAll(keepingCapacity: true)
      for scalar in first..<first + UInt32(PrefilterAlphabet.blockSize) {
        folded.removeAll(keepingCapacity: true)
        switch folding.fold(scalar, into: &folded) {
        case .skipped: block.append(PrefilterAlphabet.skipped)
        case .other: block.append(PrefilterAlphabet.other)
        case .symbols: block.append(number(of: scalar, folded))
        }
      }
      blockIndex.append(intern(block: block))
    }
  }

  /// Whether 64 scalars are surrogates, or lie in planes 4...13, 15 and 16, which hold no character.
  private static func isUnassigned(_ first: UInt32) -> Bool {
    let plane = first >> 16
    return (first >= 0xD800 && first < 0xE000) || (plane >= 4 && plane != 14)
  }

  private mutating func number(of scalar: UInt32, _ folded: [UInt32]) -> UInt16 {
    if folded.count == 1 {
      guard let number = numbers[folded[0]] else { return PrefilterAlphabet.other }
      spellings[Int(number)].append(scalar)
      return number
    }
    let sequence = folded.map { numbers[$0] ?? PrefilterAlphabet.other }
    for number in Set(sequence) where number != PrefilterAlphabet.other {
      compositions[Int(number)].append(scalar)
    }
    guard sequence.contains(where: { $0 != PrefilterAlphabet.other }) else {
      return PrefilterAlphabet.other
    }
    if let known = sequences[sequence] { return known }
    let number = PrefilterAlphabet.sequenceFlag | UInt16(sequences.count)
    sequences[sequence] = number
    sequenceNumbers += sequence
    sequenceEnds.append(UInt32(sequenceNumbers.count))
    return number
  }

  private mutating func intern(block: [UInt16]) -> UInt16 {
    if let known = blockNumbers[block] { return known }
    let number = UInt16(blockNumbers.count)
    blockNumbers[block] = number
    blocks += block
    return number
  }

  /// Returns the spellings of a symbol on the Han plane.
  func hanSpellings(_ number: UInt16) -> [UInt32] {
    spellings[Int(number)].filter(PrefilterAlphabet.isOnHanPlane)
  }

  /// Returns the spellings of a symbol on the letter plane.
  func letterSpellings(_ number: UInt16) -> [UInt32] {
    spellings[Int(number)].filter(PrefilterAlphabet.isOnLetterPlane)
  }

  /// Whether a scalar is on the Han plane: U+4E00...U+9FFF.
  static func isOnHanPlane(_ scalar: UInt32) -> Bool { scalar >= 0x4E00 && scalar <= 0x9FFF }

  /// Whether a scalar is on the letter plane: a letter or digit of ASCII.
  static func isOnLetterPlane(_ scalar: UInt32) -> Bool {
    (scalar >= 0x30 && scalar <= 0x39) || (scalar | 0x20 >= 0x61 && scalar | 0x20 <= 0x7A)
  }
}
