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

  /// Reads the tables, which are valid while the lexicon lives.
  init(_ lexicon: CompiledLexicon) {
    setGroups = lexicon.setGroups
    setMasks = lexicon.setMasks
    setMembers = lexicon.setMembers
    combinations = lexicon.combinations
    sets = lexicon.combinationSets
    reach = lexicon.combinationReach
  }
}
