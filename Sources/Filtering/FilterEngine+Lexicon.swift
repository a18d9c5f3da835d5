public import Lexicons
import Matching
import Rules
import Storage

/// An entry as reports show it.
public struct EntryInfo: Sendable, Hashable {
  /// Its index in the engine.
  public let index: Int
  /// A hash of risk and folded entry: stable across edits of other entries.
  public let id: UInt64
  /// A literal, a combination or a regex.
  public let kind: EntryKind
  /// What was written.
  public let text: String
  /// The risk that counts.
  public let risk: Risk
  /// All of its risks.
  public let risks: RiskSet
  /// Its own action.
  public let action: Action
  /// What is written in place of a masked finding; `nil` where mask characters are.
  public let replacement: String?
  /// The keyword file.
  public let file: String
  /// The line in that file, from 1.
  public let line: Int
}

/// An entry that was dropped, because an earlier one is the same after folding.
public struct DroppedEntry: Sendable, Hashable {
  /// The index in the engine of the earlier entry, which has its risks as well.
  public let kept: Int
  /// A literal, a combination or a regex.
  public let kind: EntryKind
  /// What was written.
  public let text: String
  /// The risk of its file.
  public let risk: Risk
  /// The action that it asked for, to no effect.
  public let action: Action
  /// The keyword file.
  public let file: String
  /// The line in that file, from 1.
  public let line: Int
}

/// Facts about an engine's database.
public struct EngineStatistics: Sendable {
  /// Entries by kind: terms, combinations, regexes.
  public let terms: Int, combinations: Int, regexes: Int
  /// Different literals searched for, the words of sets included.
  public let patterns: Int
  /// Named and inline word sets.
  public let sets: Int
  /// Places at which terms lie in their exceptions.
  public let exceptions: Int
  /// States of the automaton.
  public let states: Int
  /// The longest literal, in symbols.
  public let longestPattern: Int
  /// The size of the database in memory, in bytes.
  public let byteCount: Int
  /// The sections of the database with their sizes in bytes.
  public let sections: [(name: String, byteCount: Int)]
  /// The most bytes that a stream can hold back under the default policy.
  public let holdbackBound: Int
  /// Whether regex rules run as machine code.
  public let rulesUseJIT: Bool
  /// What whole texts are searched with: the name of the prefilter's vector kernel, or `automaton`
  /// where the lexicon has no prefilter or `KWFILTER_KERNEL` switches it off.
  public let kernel: String
}

extension FilterEngine {
  /// The number of entries.
  public var entryCount: Int { lexicon.entryCount }

  /// Returns an entry.
  ///
  /// - Parameter index: 0…`entryCount` − 1, as in `Finding.entry`.
  /// - Returns: What reports show of it.
  public func entry(_ index: Int) -> EntryInfo {
    let record = lexicon.entries[index]
    return EntryInfo(
      index: index, id: record.id, kind: EntryKind(rawValue: record.kind) ?? .term,
      text: lexicon.string(record.text), risk: Risk(rawValue: record.primary) ?? .allCases[0],
      risks: RiskSet(rawValue: record.risks), action: Action(rawValue: record.action) ?? .block,
      replacement: record.hasReplacement == 0 ? nil : lexicon.string(record.replacement),
      file: lexicon.string(lexicon.sources[Int(record.source)].name), line: Int(record.line))
  }

  /// The entries that were dropped as duplicates when the lexicon was read, by file and line.
  ///
  /// - Complexity: O(duplicates).
  public var duplicates: [DroppedEntry] {
    (0..<lexicon.duplicates.count).map { index in
      let record = lexicon.duplicates[index]
      return DroppedEntry(
        kept: Int(record.kept), kind: EntryKind(rawValue: record.kind) ?? .term,
        text: lexicon.string(record.text), risk: Risk(rawValue: record.primary) ?? .allCases[0],
        action: Action(rawValue: record.action) ?? .block,
        file: lexicon.string(lexicon.sources[Int(record.source)].name), line: Int(record.line))
    }
  }

  /// The newest version date of the keyword files, as `2026-11-22`; empty without files.
  public var version: String { lexicon.version }

  /// The database's checksum in hexadecimal: the same for the same lexicon and program version.
  public var digest: String {
    let text = String(lexicon.database.digest, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  /// Facts about the database.
  public var statistics: EngineStatistics {
    var kinds = [0, 0, 0]
    for index in 0..<lexicon.entries.count { kinds[Int(lexicon.entries[index].kind)] += 1 }
    return EngineStatistics(
      terms: kinds[0], combinations: kinds[1], regexes: kinds[2],
      patterns: lexicon.automaton.patternCount, sets: lexicon.setCount,
      exceptions: lexicon.exceptions.count, states: lexicon.automaton.stateCount,
      longestPattern: lexicon.automaton.longestPattern, byteCount: lexicon.database.byteCount,
      sections: lexicon.database.sectionSizes,
      holdbackBound: lexicon.holdbackBound(noiseLimit: Policy().noiseLimit),
      rulesUseJIT: lexicon.rules.usesJIT,
      kernel: lexicon.prefilter == nil ? "automaton" : PrefilterKernel.name)
  }
}

extension FilterEngine {
  /// What is wrong with the environment variable `KWFILTER_KERNEL`, and what to do; nil where it can
  /// be followed.
  ///
  /// A program asks when it starts; without, a name that cannot be used has no effect.
  public static var kernelProblem: String? {
    do {
      try PrefilterKernel.check()
      return nil
    } catch { return error.description }
  }
}
