import Folding
import Lexicons
import Matching

/// Gathers the words of all sets: a word that many sets share is one pattern with one use.
struct SetGroups {
  /// A word with its exceptions and boundary.
  struct Word {
    var pattern: Int
    var exceptions: [String]
    var isLoose: Bool
    var group = 0
  }

  /// The words in the order of their first mention.
  private(set) var words: [Word] = []
  private(set) var groups: [SetGroupRecord] = []
  private(set) var masks: [SetMask] = []
  /// The sets that are parts of combinations.
  private let partSets: Set<UInt32>
  /// Numbers of combinations, as the groups name them.
  private(set) var members: [UInt32] = []
  /// The patterns of all sets' words, set after set.
  private var patterns: [UInt32] = []
  /// Where the patterns of each set begin, and the end.
  private var starts: [Int] = [0]

  /// - Parameters:
  ///   - sets: The lexicon's sets.
  ///   - parts: For each combination the sets of its parts.
  ///   - list: Takes up the words.
  init(_ sets: [WordSet], parts: [[SetID]], list: inout SymbolSequences) {
    partSets = Set(parts.joined().map { UInt32($0.index) })
    var setsOfWord: [[UInt32]] = []
    gatherWords(sets, list: &list, setsOfWord: &setsOfWord)
    let combinations = waiting(sets, parts: parts, of: list)
    var known = SymbolSequences()
    for (index, sets) in setsOfWord.enumerated() {
      let (number, isNew) = known.insert(sets)
      if isNew { add(sets, combinations) }
      words[index].group = number
    }
  }

  /// The patterns of a set's words, in the order of writing.
  func patterns(of set: SetID) -> ArraySlice<UInt32> {
    patterns[starts[set.index]..<starts[set.index + 1]]
  }

  /// For each set the combinations that wait for it: of their parts its words are the rarest in
  /// ordinary text.
  private func waiting(
    _ sets: [WordSet], parts: [[SetID]], of list: SymbolSequences
  ) -> [[UInt32]] {
    let frequencies = AnchorFrequencies()
    var rates: [Int: Double] = [:]
    func rate(_ set: SetID) -> Double {
      if let known = rates[set.index] { return known }
      let rate = patterns(of: set).reduce(0) { $0 + frequencies.rate(of: list[Int($1)]) }
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

  private mutating func gatherWords(
    _ sets: [WordSet], list: inout SymbolSequences, setsOfWord: inout [[UInt32]]
  ) {
    var folder = PatternFolder()
    // A word's key is its pattern, its boundary and its exceptions' numbers among all exceptions.
    var keys = SymbolSequences()
    var key: [UInt32] = []
    var exceptions: [String: UInt32] = [:]
    for (number, set) in sets.enumerated() {
      let isLoose = set.boundary == .none
      for alternative in set.alternatives {
        guard (try? folder.fold(alternative.word)) != nil else { continue }
        let pattern = list.insert(folder.symbols).number
        patterns.append(UInt32(pattern))
        key.removeAll(keepingCapacity: true)
        key += [UInt32(pattern), isLoose ? 1 : 0]
        for exception in alternative.exceptions {
          let next = UInt32(exceptions.count)
          key.append(exceptions[exception, default: next])
          if key.last == next { exceptions[exception] = next }
        }
        let (word, isNew) = keys.insert(key)
        if isNew {
          words.append(Word(pattern: pattern, exceptions: alternative.exceptions, isLoose: isLoose))
          setsOfWord.append([UInt32(number)])
        } else if setsOfWord[word].last != UInt32(number) {
          setsOfWord[word].append(UInt32(number))
        }
      }
      starts.append(patterns.count)
    }
  }

  private mutating func add(_ sets: [UInt32], _ combinations: [[UInt32]]) {
    let firstMask = masks.count
    for set in sets {
      let word = set >> 6
      if masks.count == firstMask || masks[masks.count - 1].word != word {
        masks.append(SetMask(word: word, bits: 0))
      }
      masks[masks.count - 1].bits |= 1 << UInt64(set & 63)
    }
    let list = Set(sets.flatMap { combinations[Int($0)] }).sorted()
    groups.append(
      SetGroupRecord(
        masks: TableRange(start: UInt32(firstMask), count: UInt32(masks.count - firstMask)),
        combinations: TableRange(start: UInt32(members.count), count: UInt32(list.count)),
        isPart: sets.contains { partSets.contains($0) } ? 1 : 0))
    members += list
  }
}
