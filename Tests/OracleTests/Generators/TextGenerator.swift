import TestSupport

/// Makes texts in which literals of a lexicon stand, hidden in every way that folding undoes.
struct TextGenerator {
  let alphabet: Alphabet
  let literals: [String]

  /// Returns a text of a few fragments.
  func text(_ random: inout SplitMix64, fragments: ClosedRange<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<random.pick(fragments) {
      switch random.pick(0...15) {
      case 0...6: bytes += disguised(&random)
      case 7: bytes += spelled(&random)
      case 8, 9: bytes += alphabet.any(&random).utf8
      case 10: bytes += random.pick(Alphabet.noise).utf8
      case 11: bytes += invisible(&random).utf8
      case 12: bytes += random.pick(Alphabet.clauseMarks).utf8
      case 13: bytes += random.pick(Alphabet.sentenceMarks).utf8
      case 14: bytes += random.pick(Alphabet.illFormed)
      default: bytes += random.pick(["好", "x", "9", ",", " "]).utf8
      }
    }
    return bytes
  }

  /// A literal, perhaps only its beginning or end, with something between its characters.
  private func disguised(_ random: inout SplitMix64) -> [UInt8] {
    var characters = random.pick(literals).map(String.init)
    if random.oneIn(6) { characters.removeLast() }
    if random.oneIn(8), !characters.isEmpty { characters.removeFirst() }
    let fillsEvery = random.oneIn(3)
    let style = random.pick(0...9)
    let steady = random.pick(random.oneIn(2) ? Alphabet.clauseMarks : Alphabet.noise)
    var bytes: [UInt8] = []
    for (index, character) in characters.enumerated() {
      if index > 0, fillsEvery || random.oneIn(4) {
        switch style {
        case 0...2: bytes += steady.utf8
        case 3, 4: bytes += random.pick(Alphabet.noise).utf8
        case 5:
          for _ in 0..<random.pick(1...9) { bytes += random.pick(Alphabet.noise).utf8 }
        case 6: bytes += invisible(&random).utf8
        case 7: bytes += (steady + invisible(&random)).utf8
        case 8: bytes += (random.pick(Alphabet.clauseMarks)).utf8
        default: break
        }
      }
      bytes += spelling(of: character, &random).utf8
    }
    return bytes
  }

  /// A literal with the same separator between its letters, or nearly.
  private func spelled(_ random: inout SplitMix64) -> [UInt8] {
    let separator = random.pick(["-", " ", ".", "*", "\u{0}", "·", "🙂"])
    let other = random.pick([separator, separator, "_", "", separator + "\u{200B}"])
    var bytes: [UInt8] = random.oneIn(4) ? Array((alphabet.any(&random) + separator).utf8) : []
    for (index, character) in random.pick(literals).enumerated() {
      if index > 0 { bytes += (random.oneIn(9) ? other : separator).utf8 }
      bytes += spelling(of: String(character), &random).utf8
    }
    if random.oneIn(4) { bytes += (random.pick([separator, other]) + alphabet.any(&random)).utf8 }
    return bytes
  }

  private func spelling(of character: String, _ random: inout SplitMix64) -> String {
    if random.oneIn(2) { return character }
    let groups = alphabet.letters.filter { $0.contains(character) || $0[0] == character }
    return groups.isEmpty ? character : random.pick(random.pick(groups))
  }

  private func invisible(_ random: inout SplitMix64) -> String {
    guard random.oneIn(4) else { return random.pick(Alphabet.invisible) }
    return String(
      repeating: random.pick(Alphabet.invisible), count: random.pick([2, 31, 32, 33, 34, 66, 70]))
  }
}
