package import Coverage
import Lexicons

extension CoverageReport {
  /// The report for programs.
  package var json: JSONValue {
    .object([
      ("pass", .bool(passes)),
      (
        "total",
        .object([
          ("effective", .integer(total.effective)), ("required", .integer(total.required)),
        ])
      ),
      ("risks", .array(risks.map(Self.json))),
      ("problems", .array(problems.map(Self.json))),
    ])
  }

  private static func json(_ risk: RiskCoverage) -> JSONValue {
    .object([
      ("id", .string(risk.risk.id)), ("name", .string(risk.risk.officialName)),
      ("entries", .integer(risk.entries)), ("effective", .integer(risk.count.effective)),
      ("required", .integer(risk.count.required)), ("pass", .bool(risk.count.passes)),
    ])
  }

  private static func json(_ problem: CoverageProblem) -> JSONValue {
    .object([
      ("kind", .string(problem.kind.rawValue)), ("file", .string(problem.file)),
      ("line", .integer(problem.line)), ("term", .string(problem.term)),
      ("detail", .string(problem.detail)),
    ])
  }
}
