package import Filtering
package import Lexicons

/// What a library does to rows of which it is known what should become of them.
///
/// Rows are added in any number of parts, and parts of one evaluation can be made in parallel:
/// `add(_:)` of a later part into an earlier one gives what one pass over all rows gives.
package struct Evaluation: Sendable {
  /// All labelled rows; ordinary text is apart.
  package private(set) var labelled = RowCounts()
  /// Labelled rows by risk, source and kind; rows without one are not in the list.
  package private(set) var byRisk: [Risk: RowCounts] = [:]
  /// Labelled rows by source.
  package private(set) var bySource: [String: RowCounts] = [:]
  /// Labelled rows by kind.
  package private(set) var byKind: [String: RowCounts] = [:]
  /// All ordinary text.
  package private(set) var benign = RowCounts()
  /// Ordinary text by file.
  package private(set) var benignByFile: [String: RowCounts] = [:]
  /// The rows that each entry hit, by the entry's index.
  package private(set) var entries: [Int: EntryCounts] = [:]

  private let engine: FilterEngine
  private let worst: Int
  private var alarms: [Int: [EvaluationExample]] = [:]
  private var misses: [Risk?: [MissedRow]] = [:]

  /// Makes an evaluation without rows.
  ///
  /// - Parameters:
  ///   - engine: The library.
  ///   - worst: How many false alarms and misses are kept to be looked at.
  package init(_ engine: FilterEngine, worst: Int = 0) {
    self.engine = engine
    self.worst = worst
  }

  /// Scans a row and counts what became of it.
  ///
  /// - Complexity: O(length of the text + findings).
  package mutating func add(_ row: EvaluationRow) {
    let findings = engine.findings(in: row.text.span)
    var counts = RowCounts()
    if row.isHarmful { counts.harmful = 1 } else { counts.harmless = 1 }
    for reading in Reading.allCases {
      count(findings.filter { $0.action.isHit(reading) }, reading, row, &counts)
    }
    countEntries(findings, row)
    add(counts, row)
    if row.isHarmful && counts.recalled[.interception] == 0 { keepMiss(row, findings) }
  }

  /// Adds the rows of a later part.
  package mutating func add(_ later: Evaluation) {
    labelled.add(later.labelled)
    benign.add(later.benign)
    byRisk.merge(later.byRisk) { $0.adding($1) }
    bySource.merge(later.bySource) { $0.adding($1) }
    byKind.merge(later.byKind) { $0.adding($1) }
    benignByFile.merge(later.benignByFile) { $0.adding($1) }
    for (entry, counts) in later.entries { entries[entry, default: EntryCounts()].add(counts) }
    for (entry, examples) in later.alarms {
      for example in examples { keep(example, of: entry) }
    }
    for (risk, rows) in later.misses {
      misses[risk, default: []] += rows.prefix(max(0, worst - (misses[risk]?.count ?? 0)))
    }
  }

  /// The number of entries that hit exactly one line of ordinary text.
  ///
  /// Divided by the lines, it estimates how many unseen lines would be hit by an entry that has not
  /// hit any yet (Good and Turing: what was seen once stands for what was not seen).
  package func singletons(_ reading: Reading) -> Int {
    entries.count { index, counts in
      counts.benign == 1 && engine.entry(index).action.isHit(reading)
    }
  }

  /// The entries with the most false alarms, at most `worst`.
  package var worstEntries: [FalseAlarms] {
    entries.filter { $0.value.falseAlarms > 0 }
      .sorted { ($1.value.falseAlarms, $0.key) < ($0.value.falseAlarms, $1.key) }
      .prefix(worst)
      .map { FalseAlarms(entry: $0.key, counts: $0.value, examples: alarms[$0.key] ?? []) }
  }

  /// Rows that were missed, the risks in turn, at most `worst`.
  package var worstMisses: [MissedRow] {
    let risks: [Risk?] = Risk.allCases.map { $0 } + [nil]
    var taken: [MissedRow] = []
    for place in 0..<worst {
      for risk in risks {
        guard let rows = misses[risk], place < rows.count else { continue }
        if taken.count < worst { taken.append(rows[place]) }
      }
    }
    return taken
  }

  private func count(
    _ findings: [Finding], _ reading: Reading, _ row: EvaluationRow, _ counts: inout RowCounts
  ) {
    guard !findings.isEmpty else { return }
    guard row.isHarmful else {
      counts.overBlocked[reading] = 1
      return
    }
    counts.recalled[reading] = 1
    guard let risk = row.risk else { return }
    counts.recalledWithRisk[reading] = 1
    let isRight = findings.contains { $0.entry.map { hasRisk(risk, $0) } ?? false }
    if isRight { counts.rightRisk[reading] = 1 }
  }

  private mutating func countEntries(_ findings: [Finding], _ row: EvaluationRow) {
    var seen: Set<Int> = []
    for finding in findings where finding.action.isHit(.withReview) {
      guard let entry = finding.entry, seen.insert(entry).inserted else { continue }
      var counts = EntryCounts()
      if row.isHarmful {
        switch row.risk {
        case .some(let risk) where hasRisk(risk, entry): counts.rightRisk = 1
        case .some: counts.otherRisk = 1
        case .none: counts.noRisk = 1
        }
      } else {
        if row.isBenign { counts.benign = 1 } else { counts.harmless = 1 }
        if worst > 0 { keep(EvaluationExample(row, finding.range), of: entry) }
      }
      entries[entry, default: EntryCounts()].add(counts)
    }
  }

  private mutating func add(_ counts: RowCounts, _ row: EvaluationRow) {
    if row.isBenign {
      benign.add(counts)
      benignByFile[row.file, default: RowCounts()].add(counts)
      return
    }
    labelled.add(counts)
    if let risk = row.risk { byRisk[risk, default: RowCounts()].add(counts) }
    if let source = row.source { bySource[source, default: RowCounts()].add(counts) }
    if let kind = row.kind { byKind[kind, default: RowCounts()].add(counts) }
  }

  private func hasRisk(_ risk: Risk, _ entry: Int) -> Bool {
    engine.entry(entry).risks.contains(risk)
  }

  private mutating func keep(_ example: EvaluationExample, of entry: Int) {
    if alarms[entry, default: []].count < 3 { alarms[entry, default: []].append(example) }
  }

  private mutating func keepMiss(_ row: EvaluationRow, _ findings: [Finding]) {
    guard misses[row.risk]?.count ?? 0 < worst else { return }
    let review = findings.first { $0.action == .review }?.entry
    let example = EvaluationExample(row, 0..<0)
    misses[row.risk, default: []].append(MissedRow(example: example, reviewedBy: review))
  }
}

extension RowCounts {
  fileprivate func adding(_ other: RowCounts) -> RowCounts {
    var sum = self
    sum.add(other)
    return sum
  }
}

extension Action {
  /// Whether a finding with the action counts under a reading.
  package func isHit(_ reading: Reading) -> Bool {
    reading == .interception ? isInterception : self >= .review
  }
}
