/// Finds what a lexicon intercepts by trying each literal at each place.
///
/// It follows the specification sentence by sentence; nothing in it is quick or clever.
package struct OracleMatcher: Sendable {
  private struct Word: Sendable {
    var pattern: OraclePattern
    var exceptions: [OraclePattern]
    var isLoose: Bool
  }

  private enum Compiled: Sendable {
    case term(Word)
    case combination(OracleCombination<[Word]>)
    case regex(OracleRegex)
  }

  private let characters: OracleCharacters
  package let items: [OracleItem]
  private let compiled: [Compiled]

  /// Reads the literals of entries; `nil` where one cannot be a pattern or two terms are the same.
  package init?(_ items: [OracleItem], _ characters: OracleCharacters) {
    func word(_ word: OracleWord, _ isLoose: Bool) -> Word? {
      guard let pattern = OraclePattern(word.text, characters) else { return nil }
      let exceptions = word.exceptions.compactMap { OraclePattern($0, characters) }
      guard exceptions.count == word.exceptions.count else { return nil }
      return Word(pattern: pattern, exceptions: exceptions, isLoose: isLoose)
    }
    func words(_ list: [OracleWord], _ isLoose: Bool) -> [Word]? {
      let words = list.compactMap { word($0, isLoose) }
      return words.count == list.count ? words : nil
    }
    var terms: Set<OraclePattern> = []
    var compiled: [Compiled] = []
    for item in items {
      switch item.kind {
      case .term(let text):
        guard let word = word(text, item.isLoose), terms.insert(word.pattern).inserted else {
          return nil
        }
        compiled.append(.term(word))
      case .combination(let parts, let within, let isOrdered, let with, let without):
        let sets = [parts, with, without].map { $0.map { words($0, item.isLoose) } }
        guard sets.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { return nil }
        compiled.append(
          .combination(
            OracleCombination(
              parts: sets[0].compactMap { $0 }, within: within, isOrdered: isOrdered,
              with: sets[1].compactMap { $0 }, without: sets[2].compactMap { $0 })))
      case .regex(let regex): compiled.append(.regex(regex))
      }
    }
    self.items = items
    self.compiled = compiled
    self.characters = characters
  }

  /// Returns the findings in a text, each entry and range once.
  package func findings(in bytes: [UInt8], policy: OraclePolicy) -> Set<OracleFinding> {
    let text = OracleText(bytes, characters)
    var result: Set<OracleFinding> = []
    var intercepting: [(pattern: OraclePattern, isLoose: Bool)] = []
    for (index, kind) in compiled.enumerated() {
      guard let action = policy.action(of: items[index]) else { continue }
      let ranges: [Range<Int>]
      switch kind {
      case .term(let word):
        ranges = standing(word, text, policy).map(text.range)
        if action >= .mask { intercepting.append((word.pattern, word.isLoose)) }
      case .combination(let combination):
        ranges = combination.map { $0.flatMap { standing($0, text, policy) } }.ends(in: text)
          .map(text.range)
      case .regex(let regex): ranges = matches(of: regex, text)
      }
      for range in ranges {
        result.insert(OracleFinding(item: index, range: range, action: action))
      }
    }
    for range in text.floods(of: intercepting, noise: policy.noiseLimit) {
      result.insert(OracleFinding(item: nil, range: range, action: policy.limitAction))
    }
    return result
  }

  /// The occurrences of a word that its boundaries and exceptions leave.
  private func standing(_ word: Word, _ text: OracleText, _ policy: OraclePolicy) -> [OracleHit] {
    text.hits(of: word.pattern, isLoose: word.isLoose, noise: policy.noiseLimit).filter { hit in
      !word.exceptions.contains { clears($0, hit, word, text, policy.noiseLimit) }
    }
  }

  /// Whether an exception occurs around a hit.
  private func clears(
    _ exception: OraclePattern, _ hit: OracleHit, _ word: Word, _ text: OracleText, _ limit: Int
  ) -> Bool {
    if hit.lane == .spelled { return false }
    return text.hits(of: exception, isLoose: word.isLoose, noise: limit).contains { other in
      guard other.lane == hit.lane, other.first <= hit.first, hit.last <= other.last else {
        return false
      }
      if hit.lane == .clause {
        return text.symbols[hit.first + 1].value == text.symbols[other.first + 1].value
          && (hit.first - other.first) % 2 == 0
      }
      let gaps = (1..<max(exception.symbols.count, 1)).filter {
        exception.skipsNoise(before: $0) && !text.gap(before: other.first + $0).noise.isEmpty
      }
      return gaps.isEmpty || gaps.count == exception.symbols.count - 1
    }
  }

  /// The matches of a regular expression on each stretch of text without ill-formed parts.
  private func matches(of regex: OracleRegex, _ text: OracleText) -> [Range<Int>] {
    text.units.split { $0.scalar == nil }.flatMap { units in
      let symbols = units.flatMap { unit in
        unit.vanishes ? [] : unit.symbols.map { (value: $0, range: unit.range) }
      }
      return regex.matches(in: symbols.map(\.value), characters).map {
        symbols[$0.lowerBound].range.lowerBound..<symbols[$0.upperBound - 1].range.upperBound
      }
    }
  }
}
