import Lexicons
import Matching
import Rules
import Storage

/// A compiled lexicon: the automaton and what its patterns stand for.
///
/// - Invariant: every index in every table names an element of the table that it is for; `init`
///   proves it, so that a damaged database is refused and never read out of bounds.
final class CompiledLexicon: Sendable {
  let database: Database
  let automaton: AhoCorasick
  let entries: Table<EntryRecord>
  let sources: Table<SourceRecord>
  let duplicates: Table<DuplicateRecord>
  let useStarts: Table<UInt32>
  let uses: Table<UseRecord>
  let exceptions: Table<ExceptionRecord>
  let exceptionSymbols: Table<UInt16>
  let combinations: Table<CombinationRecord>
  let combinationSets: Table<UInt32>
  let setGroups: Table<SetGroupRecord>
  let setMasks: Table<SetMask>
  let setMembers: Table<UInt32>
  let ruleRecords: Table<RuleRecord>
  let strings: Table<UInt8>
  /// The regex rules, in the order of `ruleRecords`.
  let rules: RuleSet

  /// What whole texts are filtered by; nil where so many words matter that it would not pay.
  let prefilter: Prefilter?
  /// Whether `。` ends all that began before it: no pattern and no exception holds one.
  let endsAtMarks: Bool

  let setCount: Int
  /// The longest exception, in symbols.
  let longestException: Int
  /// How far back, in symbols, the parts of a combination can lie.
  let combinationReach: Int
  /// The entries' own actions, for the many short texts that are scanned as written.
  private let ownActions: EntryActions

  init(_ database: Database) throws(DatabaseError) {
    self.database = database
    automaton = try AhoCorasick(database)
    entries = try database.table("entries", of: EntryRecord.self)
    sources = try database.table("sources", of: SourceRecord.self)
    duplicates = try database.table("duplicates", of: DuplicateRecord.self)
    useStarts = try database.table("useStarts", of: UInt32.self)
    uses = try database.table("uses", of: UseRecord.self)
    exceptions = try database.table("exceptions", of: ExceptionRecord.self)
    exceptionSymbols = try database.table("exceptionSymbols", of: UInt16.self)
    combinations = try database.table("combinations", of: CombinationRecord.self)
    combinationSets = try database.table("combinationSets", of: UInt32.self)
    setGroups = try database.table("setGroups", of: SetGroupRecord.self)
    setMasks = try database.table("setMasks", of: SetMask.self)
    setMembers = try database.table("setMembers", of: UInt32.self)
    ruleRecords = try database.table("rules", of: RuleRecord.self)
    strings = try database.table("strings", of: UInt8.self)
    let counts = try database.table("counts", of: UInt32.self)
    guard counts.count == 3 else { throw .invalidSection("counts", reason: "not three numbers") }
    setCount = Int(counts[0])
    endsAtMarks = counts[1] != 0
    prefilter = counts[2] != 0 ? try Prefilter(database) : nil
    rules = try Self.rules(ruleRecords, strings)
    var longest = 0
    for index in 0..<exceptions.count {
      longest = max(longest, Int(exceptions[index].symbols.count))
    }
    longestException = longest
    var reach = 0
    for index in 0..<combinations.count {
      let combination = combinations[index]
      let step = Int(combination.within) + automaton.longestPattern
      reach = max(reach, Int(combination.parts.count) * step)
    }
    combinationReach = reach
    ownActions = EntryActions(entries, Policy())
    try prove()
  }

  /// The action of each entry under a policy.
  ///
  /// - Complexity: O(1) where the policy leaves actions as written, else O(entries).
  func actions(under policy: Policy) -> EntryActions {
    let isPlain = policy.actions.isEmpty && policy.disabled.isEmpty
    return isPlain ? ownActions : EntryActions(entries, policy)
  }

  /// The string at a place of the string table.
  func string(_ range: TextRange) -> String {
    let bytes = strings.elements(Int(range.start)..<Int(range.start) + Int(range.count))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a set belongs to a group.
  func group(_ group: Int, contains set: UInt32) -> Bool {
    for index in setGroups[group].masks.range where setMasks[index].word == set >> 6 {
      return setMasks[index].bits >> UInt64(set & 63) & 1 != 0
    }
    return false
  }

  private static func rules(
    _ records: Table<RuleRecord>, _ strings: Table<UInt8>
  ) throws(DatabaseError) -> RuleSet {
    var rules: [Rule] = []
    for index in 0..<records.count {
      let record = records[index]
      let end = Int(record.pattern.start) + Int(record.pattern.count)
      guard end <= strings.count else {
        throw .invalidSection("rules", reason: "rule \(index) has no pattern")
      }
      let pattern = String(
        decoding: strings.elements(Int(record.pattern.start)..<end), as: UTF8.self)
      let source = RuleSource(
        pattern: pattern, window: record.window == 0 ? nil : Int(record.window),
        fromLiteral: record.fromLiteral != 0)
      do {
        rules.append(try Rule(source, fold: FoldRule.fold))
      } catch {
        throw .invalidSection("rules", reason: "rule \(index): \(error.description)")
      }
    }
    return RuleSet(rules: rules)
  }

  private func prove() throws(DatabaseError) {
    try proveUses()
    try proveCombinations()
    for index in 0..<entries.count {
      let entry = entries[index]
      guard entry.risks != 0, entry.risks & ~0x7FFF_FFFF == 0, entry.primary < 31,
        entry.risks >> UInt32(entry.primary) & 1 != 0, Action(rawValue: entry.action) != nil,
        EntryKind(rawValue: entry.kind) != nil, Int(entry.source) < sources.count,
        holds(entry.text), holds(entry.replacement)
      else { throw .invalidSection("entries", reason: "entry \(index) is inconsistent") }
    }
    for index in 0..<duplicates.count {
      let duplicate = duplicates[index]
      guard Int(duplicate.kept) < entries.count, Int(duplicate.source) < sources.count,
        duplicate.primary < 31, Action(rawValue: duplicate.action) != nil,
        EntryKind(rawValue: duplicate.kind) != nil, holds(duplicate.text)
      else { throw .invalidSection("duplicates", reason: "duplicate \(index) names nothing") }
    }
    for index in 0..<sources.count {
      let source = sources[index]
      guard holds(source.name), holds(source.title), holds(source.version) else {
        throw .invalidSection("sources", reason: "file \(index) has no name")
      }
    }
    for index in 0..<ruleRecords.count where Int(ruleRecords[index].entry) >= entries.count {
      throw .invalidSection("rules", reason: "rule \(index) names no entry")
    }
  }

  private func proveUses() throws(DatabaseError) {
    try proveStarts("useStarts", useStarts, end: uses.count)
    guard useStarts.count == automaton.patternCount + 1 else {
      throw .invalidSection("useStarts", reason: "a pattern has no uses")
    }
    for index in 0..<setGroups.count {
      let group = setGroups[index]
      guard holds(group.masks, setMasks.count), holds(group.combinations, setMembers.count) else {
        throw .invalidSection("setGroups", reason: "group \(index) is broken")
      }
    }
    guard setMasks.allSatisfy({ Int($0.word) < (self.setCount + 63) / 64 }) else {
      throw .invalidSection("setMasks", reason: "a set is missing")
    }
    for index in 0..<uses.count {
      let use = uses[index]
      let targets = use.isPart != 0 ? setGroups.count : entries.count
      guard Int(use.target) < targets, holds(use.exceptions, exceptions.count) else {
        throw .invalidSection("uses", reason: "use \(index) names nothing")
      }
    }
    for index in 0..<exceptions.count {
      let exception = exceptions[index]
      guard holds(exception.symbols, exceptionSymbols.count), exception.symbols.count > 0,
        exception.symbols.count <= 64, holds(exception.text)
      else { throw .invalidSection("exceptions", reason: "exception \(index) has no symbols") }
    }
  }

  private func proveCombinations() throws(DatabaseError) {
    guard combinationSets.allSatisfy({ Int($0) < self.setCount }),
      setMembers.allSatisfy({ Int($0) < self.combinations.count })
    else { throw .invalidSection("combinationSets", reason: "a set is missing") }
    for index in 0..<combinations.count {
      let combination = combinations[index]
      guard Int(combination.entry) < entries.count, (2...8).contains(combination.parts.count),
        holds(combination.parts, combinationSets.count), combination.within <= 1_000,
        holds(combination.with, combinationSets.count),
        holds(combination.without, combinationSets.count)
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
    Int(range.start) + Int(range.count) <= strings.count
  }
}
