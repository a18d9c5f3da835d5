/// Turns written lists into word sets: inclusions are followed, and equal lists share one set.
struct SetResolver {
  typealias ListItem = LexiconBuilder.ListItem

  /// The sets that combinations use.
  private(set) var sets: [WordSet] = []

  private let builder: LexiconBuilder
  /// The indices of the named sets by file and name; those of `sets.txt` have the file −1.
  private var indices: [Scoped: Int] = [:]
  /// The words of each named set, in the order of writing.
  private var words: [[Int32]] = []
  private var interned: [SetKey: SetID] = [:]

  private struct Scoped: Hashable {
    var source: Int
    var name: String
  }

  private struct SetKey: Hashable {
    var words: [Int32]
    var boundary: Entry.Boundary
  }

  /// Resolves all named sets and reports unknown names, second definitions and cycles.
  init(builder: LexiconBuilder) {
    self.builder = builder
    words = Array(repeating: [], count: builder.namedSets.count)
    defineNames()
    var state = [UInt8](repeating: 0, count: words.count)
    for set in words.indices where state[set] == 0 { flatten(from: set, state: &state) }
    for set in builder.namedSets where set.items.isEmpty {
      builder.report(.badSet, at: set.place, "the set {\(set.name)} has no words: give it one")
    }
  }

  /// Resolves a combination's lists, writes the result into its entry and returns the key by which
  /// equal combinations are known.
  mutating func resolve(_ pending: LexiconBuilder.PendingCombination) -> Combination {
    let entry = builder.entries[pending.entry]
    var clears = [Bool](repeating: false, count: pending.exceptions.count)
    var parts: [SetID] = []
    for part in pending.parts {
      parts.append(set(of: part, entry: entry, exceptions: pending.exceptions, clears: &clears))
    }
    for (exception, isUseful) in zip(pending.exceptions, clears) where !isUseful {
      builder.report(
        .exceptionNeverClears, at: exception.place,
        "the exception '\(exception.text)' holds no word of the combination, so it can never clear"
          + " a hit: write a longer wording of one of the words")
    }
    var combination = Combination(
      parts: parts, within: pending.within, isOrdered: pending.isOrdered,
      with: pending.with.map { set(of: $0, entry: entry) },
      without: pending.without.flatMap(Self.pieces).map { set(of: $0, entry: entry) })
    builder.entries[pending.entry].kind = .combination(combination)
    if !combination.isOrdered { combination.parts.sort() }
    combination.with = Set(combination.with).sorted()
    combination.without = Set(combination.without).sorted()
    return combination
  }

  /// The named sets and the words of a list, each a list of its own: the sentence must have none of
  /// them, so they need no union, and a set like {guard} is stored once.
  private static func pieces(of list: [ListItem]) -> [[ListItem]] {
    var inclusions: [[ListItem]] = []
    var words: [ListItem] = []
    for item in list {
      if case .inclusion = item { inclusions.append([item]) } else { words.append(item) }
    }
    return words.isEmpty ? inclusions : inclusions + [words]
  }

  private func set(named name: String, from source: Int) -> Int? {
    indices[Scoped(source: source, name: name)] ?? indices[Scoped(source: -1, name: name)]
  }

  private mutating func defineNames() {
    for isShared in [true, false] {
      for (index, set) in builder.namedSets.enumerated()
      where set.isShared == isShared {
        if let first = self.set(named: set.name, from: isShared ? -1 : set.place.source) {
          let place = builder.namedSets[first].place
          builder.report(
            .duplicateSet, at: set.place,
            "the set {\(set.name)} is already defined in \(builder.sources[place.source].name):"
              + "\(place.line): give it another name, or include the other one")
        } else {
          indices[Scoped(source: isShared ? -1 : set.place.source, name: set.name)] = index
        }
      }
    }
  }

  private func target(_ name: String, _ place: LexiconBuilder.Place) -> Int? {
    if let index = set(named: name, from: place.source) { return index }
    let known = indices.keys.filter { $0.source == place.source || $0.source == -1 }.map(\.name)
    let nearest = Suggestion.nearest(to: name, among: known.sorted())
    builder.report(
      .unknownSet, at: place,
      "there is no set {\(name)} in this file or in sets.txt"
        + (nearest.map { ": did you mean {\($0)}?" } ?? ": define it or write the words out"))
    return nil
  }

  /// Fills `words` for a set and all that it includes, without recursion.
  private mutating func flatten(from root: Int, state: inout [UInt8]) {
    var path: [(set: Int, item: Int)] = [(root, 0)]
    var members: [Set<Int32>] = [[]]
    state[root] = 1
    while let (set, item) = path.last {
      let items = builder.namedSets[set].items
      guard item < items.count else {
        state[set] = 2
        path.removeLast()
        members.removeLast()
        continue
      }
      switch items[item] {
      case .word(let word):
        if members[members.count - 1].insert(word).inserted { words[set].append(word) }
      case .inclusion(let name, let place):
        guard let included = target(name, place) else { break }
        if state[included] == 0 {
          // The item is looked at again when the included set is complete.
          state[included] = 1
          path.append((included, 0))
          members.append([])
          continue
        }
        if state[included] == 1 { reportCycle(path.map(\.set), to: included, at: place) }
        for word in words[included] where members[members.count - 1].insert(word).inserted {
          words[set].append(word)
        }
      }
      path[path.count - 1].item += 1
    }
  }

  private func reportCycle(_ path: [Int], to set: Int, at place: LexiconBuilder.Place) {
    let names = (path[(path.firstIndex(of: set) ?? 0)...] + [set]).map {
      "{\(builder.namedSets[$0].name)}"
    }
    builder.report(
      .setCycle, at: place,
      "the sets include each other (\(names.joined(separator: " → "))): take one inclusion out")
  }

  private mutating func set(of items: [ListItem], entry: Entry) -> SetID {
    var clears: [Bool] = []
    return set(of: items, entry: entry, exceptions: [], clears: &clears)
  }

  private mutating func set(
    of items: [ListItem], entry: Entry,
    exceptions: [(text: String, place: LexiconBuilder.Place)], clears: inout [Bool]
  ) -> SetID {
    var list: [Int32] = []
    var members: Set<Int32> = []
    var name: String?
    for item in items {
      switch item {
      case .word(let word):
        if members.insert(word).inserted { list.append(word) }
      case .inclusion(let inclusion, let place):
        guard let included = target(inclusion, place) else { continue }
        if items.count == 1 { name = inclusion }
        for word in words[included] where members.insert(word).inserted { list.append(word) }
      }
    }
    if !exceptions.isEmpty {
      let bounded = builder.adding(exceptions.map(\.text), to: list, of: entry, clears: &clears)
      if bounded != list { name = nil }
      list = bounded
    }
    return intern(list, name: name, boundary: entry.boundary)
  }

  private mutating func intern(
    _ list: [Int32], name: String?, boundary: Entry.Boundary
  ) -> SetID {
    let key = SetKey(words: list.sorted(), boundary: boundary)
    if let id = interned[key] {
      if sets[id.index].name == nil { sets[id.index].name = name }
      return id
    }
    let id = SetID(sets.count)
    interned[key] = id
    let alternatives = list.map { builder.words[Int($0)] }
    sets.append(WordSet(name: name, alternatives: alternatives, boundary: boundary))
    return id
  }
}
