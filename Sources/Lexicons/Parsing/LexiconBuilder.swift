import Folding

/// Collects what the files say, then resolves sets and duplicates into a frozen ``Lexicon``.
///
/// A word is folded and checked once, where it is written, and from then on is a number.
final class LexiconBuilder {
  /// A place in a file.
  struct Place {
    var source: Int
    var line: Int
    var column: Int?
  }

  /// A member of a list as it is written: a word or another set.
  enum ListItem {
    case word(Int32)
    case inclusion(name: String, at: Place)
  }

  /// `{name} = items`.
  struct NamedSet {
    var name: String
    var items: [ListItem]
    var place: Place
    /// Whether it stands in `sets.txt`.
    var isShared: Bool
  }

  /// A combination whose sets are not resolved yet.
  struct PendingCombination {
    var entry: Int
    var parts: [[ListItem]]
    var within: Int
    var isOrdered: Bool
    var with: [[ListItem]]
    var without: [[ListItem]]
    var exceptions: [(text: String, place: Place)]
  }

  var sources: [Lexicon.Source] = []
  var entries: [Entry] = []
  var pending: [PendingCombination] = []
  var namedSets: [NamedSet] = []
  var problems: [LexiconProblem] = []
  /// The words of all lists, numbered in the order of their first writing.
  private(set) var words: [Alternative] = []
  /// For a dropped entry, by its index, the index of the kept one.
  private var keptFor: [Int: Int] = [:]
  private var termKeys = SymbolSequences()
  private var wordKeys = SymbolSequences()
  /// For a term's number in `termKeys`, the index of its entry.
  private var termEntries: [Int32] = []
  private var regexEntries: [RegexSource: Int] = [:]

  /// Reads one file.
  func read(_ bytes: [UInt8], named name: String) {
    let placeholder = Lexicon.Source(name: name, risk: nil, title: "", version: .earliest)
    sources.append(placeholder)
    var parser = FileParser(bytes, name: name, source: sources.count - 1, builder: self)
    parser.parse()
  }

  /// Adds a term that folds to `symbols`, or records it as a duplicate.
  func add(term entry: Entry, symbols: [UInt32]) {
    let (number, isNew) = termKeys.insert(symbols)
    if isNew {
      termEntries.append(Int32(entries.count))
    } else {
      drop(onto: Int(termEntries[number]))
    }
    entries.append(entry)
  }

  /// Adds a regex, or records it as a duplicate.
  func add(regex entry: Entry, source: RegexSource) {
    if let kept = regexEntries[source] {
      drop(onto: kept)
    } else {
      regexEntries[source] = entries.count
    }
    entries.append(entry)
  }

  /// The number of a list's word.
  func intern(_ word: Alternative, key: [UInt32]) -> Int32 {
    let (number, isNew) = wordKeys.insert(key)
    if isNew { words.append(word) }
    return Int32(number)
  }

  /// Notes a problem.
  func report(_ kind: LexiconProblem.Kind, at place: Place, _ message: String) {
    problems.append(
      LexiconProblem(
        file: sources[place.source].name, line: place.line, column: place.column, kind: kind,
        message: message))
  }

  /// Resolves what the files left open.
  func finish() throws(LexiconErrors) -> Lexicon {
    var resolver = SetResolver(builder: self)
    var seen: [Combination: Int] = [:]
    for combination in pending {
      let key = resolver.resolve(combination)
      if let kept = seen[key] {
        keptFor[combination.entry] = kept
      } else {
        seen[key] = combination.entry
      }
    }
    guard problems.isEmpty else { throw LexiconErrors(problems: ordered(problems)) }
    var lexicon = Lexicon()
    lexicon.sources = sources
    lexicon.sets = resolver.sets
    moveEntries(to: &lexicon)
    return lexicon
  }

  private func drop(onto kept: Int) { keptFor[entries.count] = kept }

  private func moveEntries(to lexicon: inout Lexicon) {
    guard !keptFor.isEmpty else {
      swap(&lexicon.entries, &entries)
      return
    }
    var places: [Int: Int] = [:]
    let kept = Set(keptFor.values)
    lexicon.entries.reserveCapacity(entries.count - keptFor.count)
    for (index, entry) in entries.enumerated() {
      guard let first = keptFor[index] else {
        if kept.contains(index) { places[index] = lexicon.entries.count }
        lexicon.entries.append(entry)
        continue
      }
      // A kept entry stands before those that it replaces, so its place is known.
      let place = places[first] ?? 0
      let risks = lexicon.entries[place].secondaryRisks.union(entry.allRisks)
      lexicon.entries[place].secondaryRisks =
        risks.subtracting(RiskSet(lexicon.entries[place].risk))
      lexicon.duplicates.append(Lexicon.Duplicate(kept: place, dropped: entry))
    }
  }

  private func ordered(_ problems: [LexiconProblem]) -> [LexiconProblem] {
    problems.enumerated().sorted { first, second in
      if first.element.file != second.element.file {
        return first.element.file.utf8.lexicographicallyPrecedes(second.element.file.utf8)
      }
      let lines = (first.element.line, second.element.line)
      if lines.0 != lines.1 { return lines.0 < lines.1 }
      let columns = (first.element.column ?? 0, second.element.column ?? 0)
      return columns.0 != columns.1 ? columns.0 < columns.1 : first.offset < second.offset
    }.map(\.element)
  }
}
