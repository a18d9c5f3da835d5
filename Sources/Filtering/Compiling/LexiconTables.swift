import Storage

/// The tables of a lexicon that are read where something was found.
struct LexiconTables: Sendable {
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
  let strings: Table<UInt8>

  /// Finds the tables.
  init(_ database: Database) throws(DatabaseError) {
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
    strings = try database.table("strings", of: UInt8.self)
  }
}

/// Numbers of a lexicon that every scan wants and only its tables together tell.
struct LexiconNumbers: Equatable, Sendable {
  let sets: Int
  /// The longest exception, in symbols.
  let longestException: Int
  /// The most symbols of an exception before the term, and one.
  let exceptionReach: Int
  /// How far back, in symbols, the parts of a combination can lie.
  let combinationReach: Int

  /// Derives the numbers.
  init(
    sets: Int, exceptions: [ExceptionRecord], combinations: [CombinationRecord],
    longestPattern: Int
  ) {
    self.sets = sets
    longestException = exceptions.map { Int($0.symbols.count) }.max() ?? 0
    exceptionReach = exceptions.map { Int($0.before) + 1 }.max() ?? 0
    combinationReach =
      combinations.map { Int($0.parts.count) * (Int($0.within) + longestPattern) }.max() ?? 0
  }

  /// Reads the numbers.
  init(_ database: Database) throws(DatabaseError) {
    let counts = try database.table("counts", of: UInt32.self)
    guard counts.count == 4 else { throw .invalidSection("counts", reason: "not 4 numbers") }
    sets = Int(counts[0])
    longestException = Int(counts[1])
    exceptionReach = Int(counts[2])
    combinationReach = Int(counts[3])
  }

  /// The numbers as the database holds them.
  var section: [UInt32] {
    [sets, longestException, exceptionReach, combinationReach].map(UInt32.init)
  }
}
