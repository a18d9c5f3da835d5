import Lexicons
import Matching
import Storage

/// Proves the invariants of a lexicon: after it, every table can be read as its records say.
struct LexiconProof {
  let tables: LexiconTables
  let ruleRecords: Table<RuleRecord>
  let actions: Table<UInt8>
  let numbers: LexiconNumbers
  let patternCount: Int
  let longestPattern: Int

  /// Checks every index, range and raw value.
  func check() throws(DatabaseError) {
    try proveNumbers()
    try proveUses()
    try proveCombinations()
    for index in 0..<tables.entries.count {
      let entry = tables.entries[index]
      guard entry.risks != 0, entry.risks & ~0x7FFF_FFFF == 0, entry.primary < 31,
        entry.risks >> UInt32(entry.primary) & 1 != 0, Action(rawValue: entry.action) != nil,
        EntryKind(rawValue: entry.kind) != nil, Int(entry.source) < tables.sources.count,
        holds(entry.text), holds(entry.replacement),
        actions[index] == entry.action + 1
      else { throw .invalidSection("entries", reason: "entry \(index) is inconsistent") }
    }
    for index in 0..<tables.duplicates.count {
      let duplicate = tables.duplicates[index]
      guard Int(duplicate.kept) < tables.entries.count,
        Int(duplicate.source) < tables.sources.count, duplicate.primary < 31,
        Action(rawValue: duplicate.action) != nil,
        EntryKind(rawValue: duplicate.kind) != nil, holds(duplicate.text)
      else { throw .invalidSection("duplicates", reason: "duplicate \(index) names nothing") }
    }
    for index in 0..<tables.sources.count {
      let source = tables.sources[index]
      guard holds(source.name), holds(source.title), holds(source.version) else {
        throw .invalidSection("sources", reason: "file \(index) has no name")
      }
    }
    for index in 0..<ruleRecords.count where Int(ruleRecords[index].entry) >= tables.entries.count {
      throw .invalidSection("rules", reason: "rule \(index) names no entry")
    }
  }

  private func proveNumbers() throws(DatabaseError) {
    let own = LexiconNumbers(
      sets: numbers.sets, exceptions: (0..<tables.exceptions.count).map { tables.exceptions[$0] },
      combinations: (0..<tables.combinations.count).map { tables.combinations[$0] },
      longestPattern: longestPattern)
    guard numbers == own else { throw .invalidSection("counts", reason: "a number is wrong") }
    guard actions.count == tables.entries.count else {
      throw .invalidSection("actions", reason: "an entry has no action")
    }
  }

  private func proveUses() throws(DatabaseError) {
    try proveStarts("useStarts", tables.useStarts, end: tables.uses.count)
    guard tables.useStarts.count == patternCount + 1 else {
      throw .invalidSection("useStarts", reason: "a pattern has no uses")
    }
    for index in 0..<tables.setGroups.count {
      let group = tables.setGroups[index]
      guard holds(group.masks, tables.setMasks.count),
        holds(group.combinations, tables.setMembers.count)
      else {
        throw .invalidSection("setGroups", reason: "group \(index) is broken")
      }
    }
    guard tables.setMasks.allSatisfy({ Int($0.word) < (numbers.sets + 63) / 64 }) else {
      throw .invalidSection("setMasks", reason: "a set is missing")
    }
    for index in 0..<tables.uses.count {
      let use = tables.uses[index]
      let targets = use.isPart != 0 ? tables.setGroups.count : tables.entries.count
      guard Int(use.target) < targets, holds(use.exceptions, tables.exceptions.count) else {
        throw .invalidSection("uses", reason: "use \(index) names nothing")
      }
    }
    for index in 0..<tables.exceptions.count {
      let exception = tables.exceptions[index]
      guard holds(exception.symbols, tables.exceptionSymbols.count), exception.symbols.count > 0,
        exception.symbols.count <= 64, holds(exception.text)
      else { throw .invalidSection("exceptions", reason: "exception \(index) has no symbols") }
    }
  }

  private func proveCombinations() throws(DatabaseError) {
    guard tables.combinationSets.allSatisfy({ Int($0) < numbers.sets }),
      tables.setMembers.allSatisfy({ Int($0) < tables.combinations.count })
    else { throw .invalidSection("combinationSets", reason: "a set is missing") }
    for index in 0..<tables.combinations.count {
      let combination = tables.combinations[index]
      guard Int(combination.entry) < tables.entries.count,
        (2...8).contains(combination.parts.count),
        holds(combination.parts, tables.combinationSets.count), combination.within <= 1_000,
        holds(combination.with, tables.combinationSets.count),
        holds(combination.without, tables.combinationSets.count)
      else { throw .invalidSection("combinations", reason: "combination \(index) is broken") }
    }
  }

  private func proveStarts(
    _ name: String, _ starts: Table<UInt32>, end: Int
  ) throws(DatabaseError) {
    guard starts.count > 0, starts[0] == 0, Int(starts[starts.count - 1]) == end else {
      throw .invalidSection(name, reason: "it does not cover its table")
    }
    for index in 1..<max(starts.count, 1) where starts[index] < starts[index - 1] {
      throw .invalidSection(name, reason: "range \(index) is reversed")
    }
  }

  private func holds(_ range: TableRange, _ count: Int) -> Bool {
    Int(range.start) + Int(range.count) <= count
  }

  private func holds(_ range: TextRange) -> Bool {
    Int(range.start) + Int(range.count) <= tables.strings.count
  }
}
