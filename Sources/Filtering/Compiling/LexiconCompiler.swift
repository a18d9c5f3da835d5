import Folding
package import Lexicons
import Matching
import Rules
package import Storage

/// Compiles a lexicon to a database.
///
/// Terms and the words of sets become patterns of one automaton, equal ones shared; a pattern's uses
/// say which entries and sets it stands for. Exceptions are not searched for: a hit compares the
/// text around it with the few that its use has.
package struct LexiconCompiler {
  /// So many entries that the memory of compiling them matters.
  private static let manyEntries = 100_000

  /// By raw value the hash of a risk, with which the identifiers of its entries begin.
  private static let riskHashes = Risk.allCases.map { risk in
    var hash = StableHash()
    hash.combine(risk.id)
    return hash
  }

  private var lexicon: Lexicon
  private var strings = StringTable()
  /// The regex rules' patterns.
  private var patternText = StringTable()
  private let groups: SetGroups
  private var problems: [LexiconProblem] = []

  private var patterns: SymbolSequences
  private var purposes = PatternPurposes()
  private var uses = PatternUses()

  private var entries: [EntryRecord] = []
  private var combinations: [CombinationRecord] = []
  private var combinationSets: [UInt32] = []
  private var rules: [RuleRecord] = []
  private var exceptions: [ExceptionRecord] = []
  /// The exceptions' symbols, which are numbered once the automaton exists.
  private var exceptionTexts = SymbolSequences()
  private var folder = PatternFolder()

  /// Compiles a lexicon.
  ///
  /// - Parameter lexicon: Checked entries; where nobody else holds them, their memory is given up
  ///   before the automaton is built.
  /// - Returns: The database's sections.
  /// - Throws: `FilterError.lexicon` with every entry that cannot be compiled.
  /// - Complexity: O(n log n) in the entries.
  package static func compile(_ lexicon: consuming Lexicon) throws(FilterError) -> DatabaseWriter {
    if lexicon.entries.count >= manyEntries { LargeBlocks.keepApart() }
    var compiler = LexiconCompiler(lexicon)
    compiler.addSets()
    compiler.addEntries()
    if !compiler.problems.isEmpty {
      throw .lexicon(LexiconErrors(problems: compiler.problems))
    }
    do {
      return try compiler.write()
    } catch { throw .automaton(error) }
  }

  private init(_ lexicon: Lexicon) {
    self.lexicon = lexicon
    var patterns = SymbolSequences()
    groups = SetGroups(
      lexicon.sets,
      parts: lexicon.entries.compactMap { entry in
        if case .combination(let combination) = entry.kind { return combination.parts }
        return nil
      }, list: &patterns)
    self.patterns = patterns
    entries.reserveCapacity(lexicon.entries.count)
  }

  private mutating func addSets() {
    for word in groups.words {
      let use = UseRecord(
        target: UInt32(word.group), isPart: 1, isLoose: word.isLoose ? 1 : 0,
        exceptions: addExceptions(word.exceptions, of: word.pattern))
      let symbols = patterns[word.pattern]
      let isLoud = groups.groups[word.group].isLoud
      let mask = isLoud ? FindingKind.part | FindingKind.loudPart : FindingKind.part
      let isWhole = word.isLoose || !(symbols.first?.touchesWords ?? true)
      let isEdged = !word.isLoose && symbols.last?.touchesWords ?? true
      add(
        use, of: word.pattern,
        PatternUse(
          mask: mask, looseMask: word.isLoose ? mask : 0, isPart: true,
          isQuiet: !isLoud && isWhole && !isEdged && use.exceptions.count == 0,
          begins: isLoud))
    }
  }

  /// Adds all entries and gives them up: what is in the records is not needed as text any more.
  private mutating func addEntries() {
    var entries: [Entry] = []
    swap(&entries, &lexicon.entries)
    for index in entries.indices { add(entries[index], index) }
    uses.finish()
    strings.forgetPlaces()
  }

  private mutating func add(_ entry: Entry, _ index: Int) {
    var hash = Self.riskHashes[Int(entry.risk.rawValue)]
    switch entry.kind {
    case .term(let pattern): addTerm(pattern.text, entry, index, &hash)
    case .combination(let combination): add(combination, index, &hash)
    case .regex(let source): add(source, entry, index, &hash)
    }
    entries.append(
      EntryRecord(
        id: hash.value, risks: entry.allRisks.rawValue, primary: entry.risk.rawValue,
        action: entry.action.rawValue, kind: entry.recordKind.rawValue,
        hasReplacement: entry.replacement == nil ? 0 : 1, text: strings.add(entry.writtenForm),
        replacement: strings.add(entry.replacement ?? ""), source: UInt32(entry.source),
        line: UInt32(entry.line)))
  }

  private mutating func addTerm(
    _ literal: String, _ entry: Entry, _ index: Int, _ hash: inout StableHash
  ) {
    do {
      try folder.fold(literal)
    } catch {
      refuse(entry, "the term cannot be compiled (\(error)); write it without marks at its edges")
      return
    }
    hash.combine(folder.symbols)
    let pattern = patterns.insert(folder.symbols).number
    let risks = entry.allRisks.rawValue
    let mask =
      entry.action.isInterception
      ? FindingKind.strong(risks: risks) : FindingKind.weak(risks: risks)
    let use = UseRecord(
      target: UInt32(index), isPart: 0, isLoose: entry.boundary == .none ? 1 : 0,
      exceptions: addExceptions(entry.exceptions, of: pattern))
    add(use, of: pattern, PatternUse(mask: mask, looseMask: entry.boundary == .none ? mask : 0))
  }

  private mutating func add(_ use: UseRecord, of pattern: Int, _ mask: PatternUse) {
    uses.add(use, of: pattern)
    if pattern == purposes.count {
      purposes.append(mask)
    } else {
      var purpose = purposes[pattern]
      purpose.mask |= mask.mask
      purpose.looseMask |= mask.looseMask
      purpose.isPart = purpose.isPart || mask.isPart
      purpose.isQuiet = false
      purpose.begins = purpose.begins || mask.begins
      purposes[pattern] = purpose
    }
  }

  /// Adds one record for each place at which the use can lie in an exception.
  private mutating func addExceptions(_ words: [String], of pattern: Int) -> TableRange {
    let start = exceptions.count
    for word in words {
      guard (try? folder.fold(word)) != nil else { continue }
      let symbols = folder.symbols
      let own = patterns[pattern]
      let room = symbols.count - own.count
      guard room >= 0, let first = symbols.first, let last = symbols.last else { continue }
      for before in 0...room where symbols[before..<before + own.count].elementsEqual(own) {
        let number = exceptionTexts.insert(symbols).number
        exceptions.append(
          ExceptionRecord(
            symbols: TableRange(start: UInt32(number), count: UInt32(symbols.count)),
            before: UInt16(before),
            startsInWord: first.touchesWords ? 1 : 0,
            endsInWord: last.touchesWords ? 1 : 0, text: strings.add(word)))
      }
    }
    return TableRange(start: UInt32(start), count: UInt32(exceptions.count - start))
  }

  private mutating func add(
    _ combination: Combination, _ index: Int, _ hash: inout StableHash
  ) {
    func append(_ sets: [SetID]) -> TableRange {
      let start = combinationSets.count
      for set in sets {
        combinationSets.append(UInt32(set.index))
        hashWords(of: set, &hash)
      }
      hash.combine(0xFE)
      return TableRange(start: UInt32(start), count: UInt32(sets.count))
    }
    let parts = append(combination.parts)
    let with = append(combination.with)
    let without = append(combination.without)
    hash.combine("\(combination.within) \(combination.isOrdered)")
    combinations.append(
      CombinationRecord(
        entry: UInt32(index), within: UInt32(combination.within),
        isOrdered: combination.isOrdered ? 1 : 0, parts: parts, with: with, without: without))
  }

  private func hashWords(of set: SetID, _ hash: inout StableHash) {
    for pattern in groups.patterns(of: set) { hash.combine(patterns[Int(pattern)]) }
  }

  private mutating func add(
    _ source: RegexSource, _ entry: Entry, _ index: Int, _ hash: inout StableHash
  ) {
    hash.combine(source.pattern)
    do {
      _ = try Rule(source.ruleSource, fold: FoldRule.fold)
    } catch {
      problems.append(
        LexiconProblem(
          file: lexicon.sources[entry.source].name, line: entry.line,
          column: error.column + 2, kind: .badValue, message: error.description))
      return
    }
    rules.append(
      RuleRecord(
        entry: UInt32(index), window: UInt32(source.window ?? 0),
        fromLiteral: source.isFromLiteral ? 1 : 0, pattern: patternText.add(source.pattern)))
  }

  private mutating func refuse(_ entry: Entry, _ message: String) {
    problems.append(
      LexiconProblem(
        file: lexicon.sources[entry.source].name, line: entry.line, kind: .badValue,
        message: message))
  }

  private mutating func write() throws(AutomatonError) -> DatabaseWriter {
    var writer = DatabaseWriter()
    let hasMark = patterns.contains(symbol: 0x3002) || exceptionTexts.contains(symbol: 0x3002)
    let sought = PrefilterChoice(patterns, purposes)
    if sought.pays { sought.write(to: &writer) }
    writer.add("whole", [hasMark ? 0 : 1, sought.pays ? 1 : 0] as [UInt8])
    let patternList = patterns
    patterns = SymbolSequences()
    let automaton = try AutomatonBuilder(
      patterns: consume patternList, uses: purposes, others: exceptionTexts)
    var exceptionSymbols: [UInt16] = []
    var starts: [UInt32] = []
    for number in 0..<exceptionTexts.count {
      starts.append(UInt32(exceptionSymbols.count))
      exceptionSymbols += automaton.numbers(of: exceptionTexts[number])
    }
    for index in exceptions.indices {
      exceptions[index].symbols.start = starts[Int(exceptions[index].symbols.start)]
    }
    let sources = lexicon.sources.map { source in
      SourceRecord(
        name: strings.add(source.name), title: strings.add(source.title),
        version: strings.add(source.version.description))
    }
    let duplicates = lexicon.duplicates.map { duplicate in
      DuplicateRecord(
        kept: UInt32(duplicate.kept), source: UInt32(duplicate.dropped.source),
        line: UInt32(duplicate.dropped.line), primary: duplicate.dropped.risk.rawValue,
        action: duplicate.dropped.action.rawValue, kind: duplicate.dropped.recordKind.rawValue,
        text: strings.add(duplicate.dropped.writtenForm))
    }
    let numbers = LexiconNumbers(
      sets: lexicon.sets.count, exceptions: exceptions, combinations: combinations,
      longestPattern: automaton.longestPattern)
    automaton.write(to: &writer)
    // Each table is taken away as it is added, so that the writer alone holds it.
    writer.add("counts", numbers.section)
    writer.add("rules", rules)
    writer.add("patterns", patternText.bytes)
    writer.add("actions", entries.map { $0.action + 1 })
    writer.add("version", Array((lexicon.version?.description ?? "").utf8))
    writer.add("useStarts", uses.starts)
    writer.add("uses", uses.uses)
    uses = PatternUses()
    writer.add("setGroups", groups.groups)
    writer.add("setMasks", groups.masks)
    writer.add("setMembers", groups.members)
    writer.add("combinations", combinations)
    writer.add("combinationSets", combinationSets)
    writer.add("exceptions", exceptions)
    writer.add("exceptionSymbols", exceptionSymbols)
    writer.add("entries", entries)
    entries = []
    writer.add("sources", sources)
    writer.add("duplicates", duplicates)
    writer.add("strings", strings.bytes)
    strings = StringTable()
    return writer
  }
}

extension UInt32 {
  /// Whether the symbol is a letter of an alphabet or a digit.
  fileprivate var touchesWords: Bool { Folder.trait(ofSymbol: self).touches }
}

/// Folding as the rules' checker wants it.
enum FoldRule {
  static func fold(_ scalar: UInt32) -> [UInt32] {
    let fold = Folder.fold(scalar)
    return (0..<fold.count).map { fold[$0] }
  }
}

extension Entry {
  /// What the entry is, as the database says it.
  var recordKind: EntryKind {
    switch kind {
    case .term: return .term
    case .combination: return .combination
    case .regex: return .regex
    }
  }

  /// The entry as reports show it: the literal, the pattern, or the combination's line.
  var writtenForm: String {
    switch kind {
    case .term(let pattern): return pattern.text
    case .regex(let source): return source.pattern
    case .combination: return sourceText
    }
  }
}

extension RegexSource {
  var ruleSource: RuleSource {
    RuleSource(pattern: pattern, window: window, fromLiteral: isFromLiteral)
  }
}
