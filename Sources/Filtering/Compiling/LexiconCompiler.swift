import Folding
package import Lexicons
import Matching
import Rules
import Storage

/// Compiles a lexicon to a database.
///
/// Terms and the words of sets become patterns of one automaton, equal ones shared; a pattern's uses
/// say which entries and sets it stands for. Exceptions are not searched for: a hit compares the
/// text around it with the few that its use has.
package struct LexiconCompiler {
  private let lexicon: Lexicon
  private var strings = StringTable()
  /// The regex rules' patterns.
  private var patternText = StringTable()
  private let groups: SetGroups
  private var problems: [LexiconProblem] = []

  private var patternNumbers: [PatternText: Int] = [:]
  private var patterns: [PatternText] = []
  private var masks: [PatternUse] = []
  private var uses: [[UseRecord]] = []

  private var entries: [EntryRecord] = []
  private var combinations: [CombinationRecord] = []
  private var combinationSets: [UInt32] = []
  private var rules: [RuleRecord] = []
  private var exceptions: [ExceptionRecord] = []
  /// Exceptions as text; their symbols are numbered once the automaton exists.
  private var exceptionTexts: [PatternText] = []

  /// Compiles a lexicon.
  ///
  /// - Parameter lexicon: Checked entries.
  /// - Returns: The database's bytes.
  /// - Throws: `FilterError.lexicon` with every entry that cannot be compiled.
  /// - Complexity: O(n log n) in the entries.
  package static func compile(_ lexicon: Lexicon) throws(FilterError) -> [UInt8] {
    var compiler = LexiconCompiler(lexicon)
    compiler.addSets()
    for index in lexicon.entries.indices { compiler.add(lexicon.entries[index], index) }
    if !compiler.problems.isEmpty {
      throw .lexicon(LexiconErrors(problems: compiler.problems))
    }
    do {
      return try compiler.write()
    } catch { throw .automaton(error) }
  }

  private init(_ lexicon: Lexicon) {
    self.lexicon = lexicon
    groups = SetGroups(
      lexicon.sets,
      parts: lexicon.entries.compactMap { entry in
        if case .combination(let combination) = entry.kind { return combination.parts }
        return nil
      })
  }

  private mutating func addSets() {
    for (word, group) in groups.words {
      let use = UseRecord(
        target: UInt32(group), isPart: 1, isLoose: word.isLoose ? 1 : 0,
        exceptions: addExceptions(word.exceptions, of: word.text))
      let isLoud = groups.groups[group].isLoud
      let mask = isLoud ? FindingKind.part | FindingKind.loudPart : FindingKind.part
      let isWhole = word.isLoose || !(word.text.traits.first?.isWord ?? true)
      let isEdged = !word.isLoose && word.text.traits.last?.isWord ?? true
      add(
        use, of: word.text,
        PatternUse(
          mask: mask, looseMask: word.isLoose ? mask : 0, isPart: true,
          isQuiet: !isLoud && isWhole && !isEdged && use.exceptions.count == 0,
          begins: isLoud))
    }
  }

  private mutating func add(_ entry: Entry, _ index: Int) {
    var hash = StableHash()
    hash.combine(entry.risk.id)
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
    let text: PatternText
    do {
      text = try PatternText(literal)
    } catch {
      refuse(entry, "the term cannot be compiled (\(error)); write it without marks at its edges")
      return
    }
    hash.combine(text.symbols)
    let risks = entry.allRisks.rawValue
    let mask =
      entry.action.isInterception
      ? FindingKind.strong(risks: risks) : FindingKind.weak(risks: risks)
    let use = UseRecord(
      target: UInt32(index), isPart: 0, isLoose: entry.boundary == .none ? 1 : 0,
      exceptions: addExceptions(entry.exceptions, of: text))
    add(use, of: text, PatternUse(mask: mask, looseMask: entry.boundary == .none ? mask : 0))
  }

  private mutating func add(_ use: UseRecord, of text: PatternText, _ mask: PatternUse) {
    if let number = patternNumbers[text] {
      uses[number].append(use)
      masks[number].mask |= mask.mask
      masks[number].looseMask |= mask.looseMask
      masks[number].isPart = masks[number].isPart || mask.isPart
      masks[number].isQuiet = false
      masks[number].begins = masks[number].begins || mask.begins
    } else {
      patternNumbers[text] = patterns.count
      patterns.append(text)
      masks.append(mask)
      uses.append([use])
    }
  }

  /// Adds one record for each place at which the use can lie in an exception.
  private mutating func addExceptions(_ words: [String], of text: PatternText) -> TableRange {
    let start = exceptions.count
    for word in words {
      guard let exception = try? PatternText(word) else { continue }
      let traits = exception.traits
      let room = exception.symbols.count - text.symbols.count
      guard room >= 0, let first = traits.first, let last = traits.last else { continue }
      for before in 0...room {
        let part = exception.symbols[before..<before + text.symbols.count]
        guard part.elementsEqual(text.symbols) else { continue }
        exceptions.append(
          ExceptionRecord(
            symbols: TableRange(), before: UInt16(before), startsInWord: first.isWord ? 1 : 0,
            endsInWord: last.isWord ? 1 : 0, text: strings.add(word)))
        exceptionTexts.append(exception)
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
    for alternative in lexicon[set].alternatives {
      if let text = try? PatternText(alternative.word) { hash.combine(text.symbols) }
    }
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

  private mutating func write() throws(AutomatonError) -> [UInt8] {
    let automaton = try AutomatonBuilder(
      patterns: patterns, uses: masks, others: exceptionTexts)
    var exceptionSymbols: [UInt16] = []
    for index in exceptions.indices {
      let numbers = automaton.numbers(of: exceptionTexts[index])
      exceptions[index].symbols = TableRange(
        start: UInt32(exceptionSymbols.count), count: UInt32(numbers.count))
      exceptionSymbols += numbers
    }
    var useStarts: [UInt32] = [0]
    for list in uses { useStarts.append((useStarts.last ?? 0) + UInt32(list.count)) }
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
    var writer = DatabaseWriter()
    automaton.write(to: &writer)
    writer.add("entries", entries)
    writer.add("sources", sources)
    writer.add("duplicates", duplicates)
    writer.add("useStarts", useStarts)
    writer.add("uses", uses.flatMap { $0 })
    writer.add("exceptions", exceptions)
    writer.add("exceptionSymbols", exceptionSymbols)
    writer.add("combinations", combinations)
    writer.add("combinationSets", combinationSets)
    writer.add("setGroups", groups.groups)
    writer.add("setMasks", groups.masks)
    writer.add("setMembers", groups.members)
    let hasMark = (patterns + exceptionTexts).contains { $0.symbols.contains(0x3002) }
    let sought = PrefilterChoice(patterns, masks)
    if sought.pays { sought.write(to: &writer) }
    writer.add("whole", [hasMark ? 0 : 1, sought.pays ? 1 : 0] as [UInt8])
    let longestPattern = patterns.map { $0.symbols.count }.max() ?? 0
    let numbers = LexiconNumbers(
      sets: lexicon.sets.count, exceptions: exceptions, combinations: combinations,
      longestPattern: longestPattern)
    writer.add("counts", numbers.section)
    writer.add("rules", rules)
    writer.add("patterns", patternText.bytes)
    writer.add("actions", entries.map { $0.action + 1 })
    writer.add("version", Array((lexicon.version?.description ?? "").utf8))
    writer.add("strings", strings.bytes)
    return writer.finish()
  }
}

extension SymbolTrait {
  /// A letter of an alphabet or a digit.
  var isWord: Bool { self == .letter || self == .digit }
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
