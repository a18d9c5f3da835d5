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

  /// Calls a function with the keys, as the slots have them, of an anchor's symbols in every spelling.
  ///
  /// The spellings of the first symbol change last.
  func forEachKey(
    of kind: Anchor.Kind, _ symbols: ArraySlice<UInt16>, _ body: (_ key: UInt64) -> Void
  ) {
    switch kind {
    case .hanTriple, .hanPair: forEachKey(symbols, in: han, width: 16, after: 0, shift: 0, body)
    case .letters: forEachKey(symbols, in: letters, width: 8, after: 0, shift: 0, body)
    case .mixed:
      let (first, second) = (Int(symbols[symbols.startIndex]), Int(symbols[symbols.startIndex + 1]))
      let isHanSecond = han[first].isEmpty
      for code in han[isHanSecond ? second : first] {
        for letter in letters[isHanSecond ? first : second] {
          body(kw_mixed_key(code, letter, isHanSecond ? 1 : 0))
        }
      }
    case .trigger: break
    }
  }

  private func forEachKey(
    _ symbols: ArraySlice<UInt16>, in plane: [[UInt32]], width: UInt64, after key: UInt64,
    shift: UInt64, _ body: (_ key: UInt64) -> Void
  ) {
    guard let first = symbols.first else { return body(key) }
    for code in plane[Int(first)] {
      forEachKey(
        symbols.dropFirst(), in: plane, width: width, after: key | UInt64(code) << shift,
        shift: shift + width, body)
    }
  }
}
