import Storage

/// The tables that tell which combinations the words of a sentence may complete.
struct CombinationTables {
  let setGroups: Table<SetGroupRecord>
  let setMasks: Table<SetMask>
  let setMembers: Table<UInt32>
  let combinations: Table<CombinationRecord>
  let sets: Table<UInt32>
  /// How far back, in symbols, the parts of a combination can lie.
  let reach: Int

  /// Takes the tables from a lexicon's, which are valid while its database lives.
  init(_ tables: LexiconTables, reach: Int) {
    setGroups = tables.setGroups
    setMasks = tables.setMasks
    setMembers = tables.setMembers
    combinations = tables.combinations
    sets = tables.combinationSets
    self.reach = reach
  }
}
