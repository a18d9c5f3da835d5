import Lexicons
import Matching

/// Gathers the words of all sets: a word that many sets share is one pattern with one use.
struct SetGroups {
  /// A word with its exceptions and boundary.
  struct Word: Hashable {
    var text: PatternText
    var exceptions: [String]
    var isLoose: Bool
  }

  /// The words in the order of their first mention, each with its group.
  private(set) var words: [(word: Word, group: Int)] = []
  private(set) var groups: [SetGroupRecord] = []
  private(set) var masks: [SetMask] = []
  /// The sets that are parts of combinations.
  private let partSets: Set<Int>
  /// Numbers of combinations, as the groups name them.
  private(set) var members: [UInt32] = []

  /// - Parameters:
  ///   - sets: The lexicon's sets.
  ///   - parts: For each combination the sets of its parts.
  init(_ sets: [WordSet], parts: [[SetID]]) {
    partSets = Set(parts.joined().map(\.index))
    let combinations = Self.waiting(sets, parts: parts)
    var places: [Word: Int] = [:]
    var setsOfWord: [(word: Word, sets: [Int])] = []
    for (number, set) in sets.enumerated() {
      for alternative in set.alternatives {
        guard let text = try? PatternText(alternative.word) else { continue }
        let word = Word(
          text: text, exceptions: alternative.exceptions, isLoose: set.boundary == .none)
        if let place = places[word] {
          if setsOfWord[place].sets.last != number { setsOfWord[place].sets.append(number) }
        } else {
          places[word] = setsOfWord.count
          setsOfWord.append((word, [number]))
        }
      }
    }
    var known: [[Int]: Int] = [:]
    for (word, sets) in setsOfWord {
      let group = known[sets] ?? add(sets, combinations)
      known[sets] = group
      words.append((word, group))
    }
  }

  /// For each set the combinations that wait for it: of their parts its words are the rarest in
  /// ordinary text.
  private static func waiting(_ sets: [WordSet], parts: [[SetID]]) -> [[UInt32]] {
    let frequencies = AnchorFrequencies()
    var rates: [Int: Double] = [:]
    func rate(_ set: SetID) -> Double {
      if let known = rates[set.index] { return known }
      let rate = sets[set.index].alternatives.reduce(0) { sum, alternative in
        sum + ((try? PatternText(alternative.word)).map(frequencies.rate) ?? 0)
      }
      rates[set.index] = rate
      return rate
    }
    var waiting = [[UInt32]](repeating: [], count: sets.count)
    for (number, list) in parts.enumerated() {
      guard let rarest = list.min(by: { rate($0) < rate($1) }) else { continue }
      waiting[rarest.index].append(UInt32(number))
    }
    return waiting
  }

  private mutating func add(_ sets: [Int], _ combinations: [[UInt32]]) -> Int {
    let firstMask = masks.count
    for set in sets {
      let word = UInt32(set >> 6)
      if masks.count == firstMask || masks[masks.count - 1].word != word {
        masks.append(SetMask(word: word, bits: 0))
      }
      masks[masks.count - 1].bits |= 1 << UInt64(set & 63)
    }
    let list = Set(sets.flatMap { combinations[$0] }).sorted()
    groups.append(
      SetGroupRecord(
        masks: TableRange(start: UInt32(firstMask), count: UInt32(masks.count - firstMask)),
        combinations: TableRange(start: UInt32(members.count), count: UInt32(list.count)),
        isPart: sets.contains { partSets.contains($0) } ? 1 : 0))
    members += list
    return groups.count - 1
  }
}
