/// What a scalar is between the symbols of a term; numbered as `ScalarKind` of Folding.
enum Kind: UInt32 {
  case symbol, vanishing, joiner, noise, whiteSpace, emojiModifier, regionalIndicator, fullStop
  case lineBreak, sentenceMark, clauseMark
}

/// What a folded symbol is at the edge of a word; numbered as `SymbolTrait` of Folding.
enum Trait: UInt32 {
  case other, han, letter, digit
}

/// The fold of each scalar, computed from the data by the rules of the Folding module.
struct FoldRules {
  let database: UnicodeDatabase
  let variants: HanVariants
  private static let eastAsianScripts: Set<String> = [
    "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Yi", "Tangut", "Nushu",
    "Khitan_Small_Script",
  ]
  private static let eastAsianTags: Set<String> = ["Hani", "Hira", "Kana", "Hang", "Bopo", "Yiii"]

  /// From a folded letter to the letter a–z that it looks like.
  let lookAlikes: [UInt32: UInt32]

  /// Returns the symbols of a scalar; none when it vanishes.
  ///
  /// A fold that has a letter, digit or ideograph is those with their marks; any other is one
  /// symbol: the fold where that is one scalar, else the scalar itself.
  func symbols(of scalar: UInt32) -> [UInt32] {
    let all = closure(of: scalar)
    if all.contains(where: { database.category(of: $0, isIn: "L", "N") }) {
      return all.filter { database.category(of: $0, isIn: "L", "N", "M") }
    }
    return all.count <= 1 ? all : [scalar]
  }

  /// Returns the kind of a scalar with the given symbols.
  func kind(of scalar: UInt32, symbols: [UInt32]) -> Kind {
    if symbols.isEmpty { return scalar == 0x200D ? .joiner : .vanishing }
    if symbols.contains(where: { database.category(of: $0, isIn: "L", "N") }) { return .symbol }
    switch scalar {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: return .lineBreak
    case 0x3002, 0xFF01, 0xFF1F, 0x21, 0x3F, 0xFF1B, 0x3B: return .sentenceMark
    case 0xFF0C, 0x3001, 0x2C, 0x3A, 0xFF1A: return .clauseMark
    case 0x2E: return .fullStop
    case 0x1F3FB...0x1F3FF: return .emojiModifier
    case 0x1F1E6...0x1F1FF: return .regionalIndicator
    default: break
    }
    let isNoise =
      database.category(of: scalar, isIn: "Zs", "S", "P", "Cc") || database.isPictographic(scalar)
    return !isNoise ? .symbol : database.isWhiteSpace(scalar) ? .whiteSpace : .noise
  }

  /// Returns the trait of a symbol.
  func trait(of symbol: UInt32) -> Trait {
    let isLetter = database.category(of: symbol, isIn: "L")
    let isNumber = database.category(of: symbol, isIn: "N")
    let isHan =
      database.script(of: symbol) == "Han"
      || isLetter && database.scriptExtensions(of: symbol) == ["Hani"]
    if database.isUnifiedIdeograph(symbol) || (isHan && (isLetter || isNumber)) { return .han }
    if isNumber { return .digit }
    guard isLetter || database.category(of: symbol, isIn: "M") else { return .other }
    return isEastAsian(symbol) || database.isUnspaced(symbol) ? .other : .letter
  }

  /// Returns whether a scalar belongs to a script whose words are not set apart by spaces: Han and
  /// the syllabaries beside it.
  func isEastAsian(_ scalar: UInt32) -> Bool {
    Self.eastAsianScripts.contains(database.script(of: scalar))
      || database.scriptExtensions(of: scalar).contains(where: Self.eastAsianTags.contains)
  }

  /// Returns the fold before anything but letters, digits and marks is dropped.
  private func closure(of scalar: UInt32) -> [UInt32] {
    var current = [scalar]
    // The longest chain in the data takes five steps; more than a few is a cycle.
    for _ in 0..<16 {
      let next = current.flatMap(step)
      if next == current { return inCanonicalOrder(current) }
      current = next
    }
    preconditionFailure("no fixed point for U+\(String(scalar, radix: 16))")
  }

  /// Applies the first rule that changes a scalar.
  private func step(_ scalar: UInt32) -> [UInt32] {
    // Before case folding, which would turn U+0345, a mark, into the letter iota.
    if vanishes(scalar) { return [] }
    if (0xAC00...0xD7A3).contains(scalar) { return jamo(of: scalar) }
    if let decomposition = database.decomposition(of: scalar) { return decomposition }
    if let folding = database.caseFolding(of: scalar) { return folding }
    if let ideograph = database.equivalentIdeograph(of: scalar) { return [ideograph] }
    if let form = variants.next(after: scalar) { return [form] }
    if let letter = lookAlikes[scalar] { return [letter] }
    return [scalar]
  }

  /// Whole blocks, so that marks of later Unicode versions vanish as well.
  private func vanishes(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      return true
    default: return database.isIgnorable(scalar)
    }
  }

  /// Decomposes a Hangul syllable (The Unicode Standard, section 3.12).
  private func jamo(of syllable: UInt32) -> [UInt32] {
    let index = syllable - 0xAC00
    let pair = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    return index % 28 == 0 ? pair : pair + [0x11A7 + index % 28]
  }

  /// Sorts each run of marks by combining class, stably (UAX #15).
  private func inCanonicalOrder(_ scalars: [UInt32]) -> [UInt32] {
    var result = scalars
    for end in result.indices.dropFirst() {
      var place = end
      let order = database.combiningClass(of: result[place])
      while order > 0, place > 0, database.combiningClass(of: result[place - 1]) > order {
        result.swapAt(place, place - 1)
        place -= 1
      }
    }
    return result
  }
}
