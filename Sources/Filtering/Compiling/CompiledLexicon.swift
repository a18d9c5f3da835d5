import Lexicons
import Matching
import Rules
import Storage

/// A compiled lexicon: the automaton and what its patterns stand for.
///
/// - Invariant: every index in every table names an element of the table that it is for; `init`
///   proves it of every database that is not the program's own, so that a damaged one is refused and
///   never read out of bounds.
final class CompiledLexicon: Sendable {
  let database: Database
  let automaton: AhoCorasick
  let ruleRecords: Table<RuleRecord>
  /// The regex rules, in the order of `ruleRecords`.
  let rules: RuleSet
  /// The newest version date of the keyword files; empty without files.
  let version: String

  /// What whole texts are filtered by; nil where so many words matter that it would not pay.
  let prefilter: Prefilter?
  /// Whether `。` ends all that began before it: no pattern and no exception holds one.
  let endsAtMarks: Bool

  private let numbers: LexiconNumbers
  /// The entries' own actions, for the many short texts that are scanned as written.
  private let ownActions: EntryActions
  private let tables: LexiconTables

  var entries: Table<EntryRecord> { tables.entries }
  var sources: Table<SourceRecord> { tables.sources }
  var duplicates: Table<DuplicateRecord> { tables.duplicates }
  var useStarts: Table<UInt32> { tables.useStarts }
  var uses: Table<UseRecord> { tables.uses }
  var exceptions: Table<ExceptionRecord> { tables.exceptions }
  var exceptionSymbols: Table<UInt16> { tables.exceptionSymbols }
  var combinations: Table<CombinationRecord> { tables.combinations }
  var combinationSets: Table<UInt32> { tables.combinationSets }
  var setGroups: Table<SetGroupRecord> { tables.setGroups }
  var setMasks: Table<SetMask> { tables.setMasks }
  var setMembers: Table<UInt32> { tables.setMembers }
  var strings: Table<UInt8> { tables.strings }

  /// The number of entries.
  var entryCount: Int { tables.entries.count }
  var setCount: Int { numbers.sets }
  /// The longest exception, in symbols.
  var longestException: Int { numbers.longestException }
  /// How far back, in symbols, an exception of a term can begin, and one more.
  var exceptionReach: Int { numbers.exceptionReach }
  /// How far back, in symbols, the parts of a combination can lie.
  var combinationReach: Int { numbers.combinationReach }

  init(_ database: Database) throws(DatabaseError) {
    self.database = database
    automaton = try AhoCorasick(database)
    tables = try LexiconTables(database)
    ruleRecords = try database.table("rules", of: RuleRecord.self)
    let whole = try database.table("whole", of: UInt8.self)
    guard whole.count == 2 else { throw .invalidSection("whole", reason: "not two flags") }
    endsAtMarks = whole[0] != 0
    prefilter = whole[1] != 0 ? try Prefilter(database) : nil
    numbers = try LexiconNumbers(database)
    rules = try Self.rules(database, ruleRecords)
    let codes = try database.table("actions", of: UInt8.self)
    ownActions = EntryActions(codes: codes.elements(0..<codes.count))
    let version = try database.table("version", of: UInt8.self)
    self.version = String(decoding: version.elements(0..<version.count), as: UTF8.self)
    if !database.isEmbedded {
      try LexiconProof(
        tables: tables, ruleRecords: ruleRecords, actions: codes, numbers: numbers,
        patternCount: automaton.patternCount, longestPattern: automaton.longestPattern
      ).check()
    }
  }

  /// What tells which short chunks of a stream need not be read; nil where all must be.
  ///
  /// - Parameters:
  ///   - noiseLimit: The most noise scalars skipped beside Han.
  ///   - kinds: The kinds of finding that are held back for.
  /// - Returns: The test.
  func shortTest(noiseLimit: Int, kinds: UInt64) -> ShortTest? {
    guard setCount == 0, rules.rules.isEmpty, automaton.boundsWords, let prefilter else {
      return nil
    }
    return ShortTest(prefilter, automaton, noiseLimit: noiseLimit, kinds: kinds)
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
    _ database: Database, _ records: Table<RuleRecord>
  ) throws(DatabaseError) -> RuleSet {
    let text = try database.table("patterns", of: UInt8.self)
    var rules: [Rule] = []
    for index in 0..<records.count {
      let record = records[index]
      guard record.pattern.end <= text.count else {
        throw .invalidSection("rules", reason: "rule \(index) has no pattern")
      }
      let bytes = text.elements(Int(record.pattern.start)..<record.pattern.end)
      let source = RuleSource(
        pattern: String(decoding: bytes, as: UTF8.self),
        window: record.window == 0 ? nil : Int(record.window),
        fromLiteral: record.fromLiteral != 0)
      do {
        rules.append(
          try Rule(source, isTrusted: database.isEmbedded, fold: FoldRule.fold))
      } catch {
        throw .invalidSection("rules", reason: "rule \(index): \(error.description)")
      }
    }
    return RuleSet(rules: rules)
  }
}
