import CScan

/// How symbols stand on the planes, by their numbers.
struct PlaneSpellings {
  private let han: [[UInt32]]
  private let letters: [[UInt32]]

  /// Gathers the spellings of an alphabet.
  init(_ alphabet: PrefilterAlphabet) {
    han = alphabet.spellings.map { spellings in
      spellings.filter(PrefilterAlphabet.isOnHanPlane).map(kw_han_code)
    }
    letters = alphabet.spellings.map { spellings in
      Set(spellings.filter(PrefilterAlphabet.isOnLetterPlane).map { $0 & 31 }).sorted()
    }
  }

  /// Returns the Han codes of a symbol, or the low five bits of its letters.
  func codes(of number: UInt16, in kind: Anchor.Kind) -> [UInt32] {
    switch kind {
    case .hanTriple, .hanPair: han[Int(number)]
    case .letters: letters[Int(number)]
    case .mixed: han[Int(number)].isEmpty ? letters[Int(number)] : han[Int(number)]
    case .trigger: []
    }
  }

  /// Returns the keys, as the slots have them, of an anchor's symbols in every spelling.
  func keys(of kind: Anchor.Kind, _ symbols: ArraySlice<UInt16>) -> [UInt64] {
    let width: UInt64
    switch kind {
    case .hanTriple, .hanPair: width = 16
    case .letters: width = 8
    case .mixed: return mixedKeys(symbols)
    case .trigger: return []
    }
    var keys: [UInt64] = [0]
    for (index, number) in symbols.enumerated() {
      let codes = codes(of: number, in: kind)
      let shift = width * UInt64(index)
      if codes.count == 1 {
        for key in keys.indices { keys[key] |= UInt64(codes[0]) << shift }
      } else {
        keys = keys.flatMap { key in codes.map { key | UInt64($0) << shift } }
      }
    }
    return keys
  }

  private func mixedKeys(_ symbols: ArraySlice<UInt16>) -> [UInt64] {
    let (first, second) = (Int(symbols[symbols.startIndex]), Int(symbols[symbols.startIndex + 1]))
    let isHanSecond = han[first].isEmpty
    return han[isHanSecond ? second : first].flatMap { code in
      letters[isHanSecond ? first : second].map { kw_mixed_key(code, $0, isHanSecond ? 1 : 0) }
    }
  }
}
