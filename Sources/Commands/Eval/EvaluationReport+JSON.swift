import Coverage
import Filtering
import Lexicons

extension EvaluationReport {
  /// The report for programs; shares are null where there is nothing to divide by.
  package var json: JSONValue {
    .object([
      ("labelled", Self.json(evaluation.labelled)),
      ("risks", Self.json(byRisk)), ("sources", Self.json(bySource)),
      ("kinds", Self.json(byKind)),
      ("benign", benignJSON),
      ("entries", .array(evaluation.entries.sorted { $0.key < $1.key }.map(json))),
      (
        "worst",
        .object([
          ("falseAlarms", .array(evaluation.worstEntries.map(json))),
          ("misses", .array(evaluation.worstMisses.map(json))),
        ])
      ),
      (
        "lexicon",
        .object([
          ("version", .string(library.engine.version)), ("digest", .string(library.engine.digest)),
        ])
      ),
    ])
  }

  private var benignJSON: JSONValue {
    let all = evaluation.benign
    func reading(_ reading: Reading) -> JSONValue {
      let singletons = evaluation.singletons(reading)
      return .object([
        ("overBlocked", .integer(all.overBlocked[reading])),
        ("overBlocking", Self.share(all.overBlocking(reading))),
        ("singletons", .integer(singletons)),
        (
          "singletonRate",
          all.harmless == 0 ? .null : .number(Double(singletons) / Double(all.harmless))
        ),
      ])
    }
    return .object([
      ("lines", .integer(all.harmless)), ("interception", reading(.interception)),
      ("withReview", reading(.withReview)),
      (
        "files",
        .array(
          benignByFile.map { file in
            func counts(_ reading: Reading) -> JSONValue {
              .object([
                ("overBlocked", .integer(file.counts.overBlocked[reading])),
                ("overBlocking", Self.share(file.counts.overBlocking(reading))),
              ])
            }
            return .object([
              ("name", .string(file.name)), ("lines", .integer(file.counts.harmless)),
              ("interception", counts(.interception)), ("withReview", counts(.withReview)),
            ])
          })
      ),
    ])
  }

  private static func json(_ groups: [(name: String, counts: RowCounts)]) -> JSONValue {
    .array(groups.map { json($0.counts, name: $0.name) })
  }

  private static func json(_ counts: RowCounts, name: String? = nil) -> JSONValue {
    func reading(_ reading: Reading) -> JSONValue {
      .object([
        ("recalled", .integer(counts.recalled[reading])),
        ("recall", share(counts.recall(reading))),
        ("rightRisk", .integer(counts.rightRisk[reading])),
        ("rightRiskShare", share(counts.rightRiskShare(reading))),
        ("overBlocked", .integer(counts.overBlocked[reading])),
        ("overBlocking", share(counts.overBlocking(reading))),
      ])
    }
    return .object(
      (name.map { [("name", .string($0))] } ?? []) + [
        ("intercept", .integer(counts.harmful)), ("pass", .integer(counts.harmless)),
        ("interception", reading(.interception)), ("withReview", reading(.withReview)),
      ])
  }

  private func json(_ entry: Int, _ counts: EntryCounts) -> JSONValue {
    .object(
      members(of: entry) + [
        ("benign", .integer(counts.benign)), ("pass", .integer(counts.harmless)),
        ("rightRisk", .integer(counts.rightRisk)), ("otherRisk", .integer(counts.otherRisk)),
        ("noRisk", .integer(counts.noRisk)),
      ])
  }

  private func json(_ alarms: FalseAlarms) -> JSONValue {
    .object(
      members(of: alarms.entry) + [
        ("rows", .integer(alarms.counts.falseAlarms)),
        ("examples", .array(alarms.examples.map { .object(Self.members(of: $0)) })),
      ])
  }

  private func json(_ miss: MissedRow) -> JSONValue {
    .object(
      Self.members(of: miss.example) + [
        ("reviewedBy", miss.reviewedBy.map { .object(members(of: $0)) } ?? .null)
      ])
  }

  private func members(of entry: Int) -> [(String, JSONValue)] {
    let entry = library.engine.entry(entry)
    return [
      ("file", .string(entry.file)), ("line", .integer(entry.line)), ("term", .string(entry.text)),
      ("risk", .string(entry.risk.id)), ("action", .string(entry.action.name)),
    ]
  }

  private static func members(of example: EvaluationExample) -> [(String, JSONValue)] {
    [
      ("file", .string(example.file)), ("line", .integer(example.line)),
      ("risk", JSONValue(example.risk?.id)), ("source", JSONValue(example.source)),
      ("kind", JSONValue(example.kind)), ("before", .string(example.before)),
      ("match", .string(example.match)), ("after", .string(example.after)),
    ]
  }

  private static func share(_ share: Double?) -> JSONValue { share.map { .number($0) } ?? .null }
}
