import CScan

/// The cells by which the kernels test first whether characters can be an anchor.
struct AnchorCells {
  private(set) var pairs: [UInt16]
  private(set) var quads: [UInt16]
  private(set) var letters = [UInt8](repeating: 0, count: 128 * Int(KW_LETTER_SETS.rawValue))
  private(set) var mixedHan = [UInt8](repeating: 0, count: 64)
  private(set) var mixed = [UInt8](repeating: 0, count: 1024)
  /// The sizes of `pairs` and `quads`, as powers of two.
  let pairBits: Int
  let quadBits: Int
  /// The lengths of the anchors that stand anywhere, and of the words of two and three letters.
  private(set) var anywhere: UInt32 = 0
  private(set) var words: UInt32 = 0

  /// Makes empty cells for some anchors.
  init(for anchors: [Anchor?]) {
    // One bit more for each doubling above the 24 000 patterns that the sizes were measured for.
    var (size, pairBits) = (24_000, 16)
    while size < anchors.count && pairBits < 20 { (size, pairBits) = (size * 2, pairBits + 1) }
    // Few words pass where one cell in eight is used, and the first cache holds a part of the cells.
    let words = anchors.count { anchor in
      guard let anchor, case .letters(let count, let place) = anchor.kind else { return false }
      return count > 3 && place != .anywhere
    }
    var quadBits = 11
    while 1 << quadBits < 8 * words && quadBits < 20 { quadBits += 1 }
    self.pairBits = pairBits
    self.quadBits = quadBits
    // The kernels read two neighbours at once.
    pairs = [UInt16](repeating: 0, count: 1 << pairBits + 1)
    quads = [UInt16](repeating: 0, count: 1 << quadBits + 1)
  }

  /// Enters an anchor by the codes of its symbols' spellings.
  mutating func insert(_ anchor: Anchor, _ codes: [[UInt32]]) {
    switch anchor.kind {
    case .hanTriple, .hanPair: insertHan(codes)
    case .mixed: insertMixed(codes[0], codes[1])
    case .letters(let count, .wholeWord) where count < 4: insertShortWord(codes)
    case .letters(_, .wholeWord): insertQuad(codes, UInt16(KW_QUAD_WORD.rawValue), 4)
    case .letters(let count, .wordStart):
      let fifth = count < 5 ? 0xFF : codes[4].reduce(UInt16(0)) { $0 | 1 << UInt16($1 & 7) }
      insertQuad(codes, fifth, anchor.keyLength)
    case .letters(_, .anywhere): insertAnywhere(codes)
    case .trigger: break
    }
  }

  private mutating func insertHan(_ codes: [[UInt32]]) {
    for first in codes[0] {
      for second in codes[1] {
        let pair = first | second << 16
        let thirds =
          codes.count == 2 ? 0xFF : codes[2].reduce(UInt16(0)) { $0 | 1 << kw_third_bit($1) }
        pairs[Int(kw_pair_index(pair, UInt32(pairBits)))] |= thirds | 1 << kw_pair_bit(pair)
      }
    }
  }

  private mutating func insertMixed(_ first: [UInt32], _ second: [UInt32]) {
    // A Han code has its high bit set, a letter's bits are few.
    let isHanSecond = first[0] < 32
    let (han, letters) = isHanSecond ? (second, first) : (first, second)
    for code in han {
      let bit = kw_mixed_han_index(code)
      mixedHan[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
      for letter in letters {
        let bit = kw_mixed_index(code, letter, isHanSecond ? 1 : 0)
        mixed[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
      }
    }
  }

  /// Enters four letters of a word, with the bits of its fifth letter or the word's flag.
  private mutating func insertQuad(_ codes: [[UInt32]], _ bits: UInt16, _ keyLength: Int) {
    let flag =
      switch keyLength {
      case 4: KW_QUAD_KEY_4
      case 6: KW_QUAD_KEY_6
      default: KW_QUAD_KEY_8
      }
    var quads: [UInt32] = [0]
    for (index, letters) in codes.prefix(4).enumerated() {
      quads = quads.flatMap { quad in letters.map { quad | $0 << UInt32(8 * index) } }
    }
    for quad in quads {
      self.quads[Int(kw_quad_index(quad, UInt32(quadBits)))] |= bits | UInt16(flag.rawValue)
    }
  }

  /// Enters a word of two or three letters.
  private mutating func insertShortWord(_ codes: [[UInt32]]) {
    words |= 1 << UInt32(codes.count)
    insertPairs(codes, codes.count == 2 ? KW_SET_WORD_2 : KW_SET_WORD_3, count: codes.count - 1)
  }

  /// Enters letters that stand anywhere; those that are lacking of four are any letter or none.
  private mutating func insertAnywhere(_ codes: [[UInt32]]) {
    anywhere |= 1 << UInt32(min(codes.count, 4))
    let open = codes + Array(repeating: Array(0..<32), count: max(4 - codes.count, 0))
    insertPairs(open, KW_SET_ANYWHERE, count: 3)
  }

  private mutating func insertPairs(_ codes: [[UInt32]], _ set: kw_letter_set, count: Int) {
    for index in 0..<count {
      for first in codes[index] {
        for second in codes[index + 1] {
          let bit = kw_letters_index(first, second)
          letters[(Int(set.rawValue) + index) * 128 + Int(bit >> 3)] |= 1 << UInt8(bit & 7)
        }
      }
    }
  }

  /// Returns the sets of letter pairs by pair: of each the sets that it is in, a bit each.
  static func letterSets(_ letters: [UInt8]) -> [UInt8] {
    var sets = [UInt8](repeating: 0, count: 1024)
    for set in 0..<letters.count / 128 {
      for pair in sets.indices {
        let byte = letters[set * 128 + pair / 8]
        if byte >> UInt8(pair % 8) & 1 != 0 { sets[pair] |= 1 << UInt8(set) }
      }
    }
    return sets
  }
}
