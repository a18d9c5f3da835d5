import TestSupport

/// What a generated lexicon holds.
struct LexiconShape: Sendable {
  var terms = 2...9
  var hasExceptions = true
  var combinations = 0...3
  var regexes = 0...2
  var hasActions = true
}

/// Makes small lexicons over an alphabet.
struct LexiconGenerator {
  let alphabet: Alphabet
  let shape: LexiconShape

  /// Returns entries, none of them a duplicate, and all literals that they mention.
  func lexicon(_ random: inout SplitMix64) -> (items: [OracleItem], literals: [String]) {
    var items: [OracleItem] = []
    var literals: [String] = []
    for _ in 0..<random.pick(shape.terms) {
      let word = word(&random, most: 5)
      literals += [word.text] + word.exceptions
      items.append(entry(.term(word), &random))
    }
    if let word = latinWord(&random) {
      literals += [word, word]
      items.append(entry(.term(OracleWord(word)), &random))
    }
    for number in 0..<random.pick(shape.combinations) {
      func words(_ random: inout SplitMix64, _ most: Int) -> [OracleWord] {
        (0..<random.pick(1...most)).map { _ in self.word(&random, most: 2) }
      }
      let parts = (0..<random.pick(2...3)).map { _ in words(&random, 2) }
      let with = random.oneIn(4) ? [words(&random, 1)] : []
      let without = random.oneIn(4) ? [words(&random, 1)] : []
      literals += (parts + with + without).flatMap { $0 }.flatMap { [$0.text] + $0.exceptions }
      items.append(
        entry(
          .combination(
            parts: parts, within: random.pick([0, 1, 2, 4, 12]) + number,
            isOrdered: random.oneIn(3), with: with, without: without), &random))
    }
    for _ in 0..<random.pick(shape.regexes) { items.append(entry(.regex(regex(&random)), &random)) }
    return (items, literals)
  }

  func policy(_ random: inout SplitMix64) -> OraclePolicy {
    var policy = OraclePolicy()
    if random.oneIn(3) { policy.noiseLimit = random.pick(0...8) }
    if random.oneIn(6) { policy.disabled = [random.pick(Self.risks)] }
    if random.oneIn(6) { policy.actions = [random.pick(Self.risks): random.pick(Self.actions)] }
    if random.oneIn(6) { policy.limitAction = random.pick(Self.actions) }
    return policy
  }

  static let risks = ["A.1.f", "A.1.h", "A.2.c"]
  static let actions = OracleAction.allCases

  private func entry(_ kind: OracleItem.Kind, _ random: inout SplitMix64) -> OracleItem {
    var item = OracleItem(kind)
    if case .regex = kind {} else { item.isLoose = random.oneIn(5) }
    guard shape.hasActions else { return item }
    item.risks = [random.pick(Array(Self.risks.prefix(2)))]
    if random.oneIn(4) {
      item.risks.append(random.pick(Self.risks.filter { $0 != item.risks[0] }))
    }
    if random.oneIn(2) { item.action = random.pick(Self.actions) }
    if item.action == .mask, random.oneIn(2) { item.replacement = random.pick(["〔略〕", "x"]) }
    return item
  }

  private func word(_ random: inout SplitMix64, most: Int) -> OracleWord {
    var text = ""
    for index in 0..<random.pick(1...most) {
      if index > 0, random.oneIn(8) { text += random.pick([" ", "-", " - ", "  ", "'"]) }
      if index > 0, random.oneIn(30) { text += random.pick(["，", "！", "·", "\u{200B}"]) }
      text += random.oneIn(3) ? alphabet.any(&random) : random.pick(alphabet.letters)[0]
    }
    var word = OracleWord(text)
    if shape.hasExceptions, random.oneIn(4) {
      for _ in 0..<random.pick(1...2) {
        var longer = text
        if random.oneIn(2) {
          longer = alphabet.any(&random) + (random.oneIn(4) ? " " : "") + longer
        }
        if longer == text || random.oneIn(2) {
          for _ in 0..<random.pick(1...2) {
            longer += (random.oneIn(4) ? " " : "") + alphabet.any(&random)
          }
        }
        word.exceptions.append(longer)
      }
    }
    return word
  }

  /// A word of four letters or five, which is also found spelled out.
  private func latinWord(_ random: inout SplitMix64) -> String? {
    let letters = alphabet.letters.map { $0[0] }.filter { $0.unicodeScalars.count == 1 }
      .filter { ("a"..."z").contains($0) }
    guard !letters.isEmpty else { return nil }
    return (0..<random.pick(4...5)).map { _ in random.pick(letters) }.joined()
  }

  private func regex(_ random: inout SplitMix64) -> OracleRegex {
    var letters: [UInt32] = "，·。12".unicodeScalars.map(\.value)
    for letter in alphabet.letters {
      letters += letter[0].unicodeScalars.map(\.value).filter { $0 != 0xE9 && $0 < 0xAC00 }
    }
    func members(_ random: inout SplitMix64) -> OracleRegex.Members {
      switch random.pick(0...5) {
      case 0: .digits
      case 1, 2: .any([random.pick(letters), random.pick(letters)])
      default: .one(random.pick(letters))
      }
    }
    func run(_ random: inout SplitMix64) -> OracleRegex.Piece {
      let least = random.pick(0...2)
      let most = random.oneIn(2) ? max(least, 1) : max(least, 1) + random.pick(0...2)
      return .run(members(&random), least, most, isLazy: random.oneIn(5) && least < most)
    }
    var pieces: [OracleRegex.Piece] = [.run(members(&random), 1, 1, isLazy: false)]
    for _ in 0..<random.pick(0...3) {
      if random.oneIn(5) {
        pieces.append(.choice((0..<random.pick(1...3)).map { _ in [run(&random), run(&random)] }))
      } else {
        pieces.append(run(&random))
      }
    }
    if random.oneIn(4) { pieces.append(.ahead(members(&random), isWanted: random.oneIn(2))) }
    if random.oneIn(4) {
      pieces.insert(.behind(members(&random), isWanted: random.oneIn(2)), at: 0)
    }
    return OracleRegex(pieces)
  }
}
