import Filtering
import Lexicons

/// A finding as programs read it.
enum FindingReport {
  /// The members `start, end, match, term, risk, action, evasion`.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - range: Where it is, in the bytes that the reader of the report has.
  ///   - match: Its text, as UTF-8.
  ///   - engine: The engine that found it.
  /// - Returns: Names and values, in this order.
  static func members(
    _ finding: Finding, at range: Range<Int>, match: [UInt8], in engine: FilterEngine
  ) -> [(String, JSONValue)] {
    [
      ("start", .integer(range.lowerBound)), ("end", .integer(range.upperBound)),
      ("match", .bytes(match)), ("term", JSONValue(finding.entry.map { engine.entry($0).text })),
      ("risk", JSONValue(finding.risk?.id)), ("action", .string(finding.action.name)),
      ("evasion", .array(finding.evasion.names.map { .string($0) })),
    ]
  }

  /// What is found, in a few words for people: the entry, or the limit that was passed.
  static func title(_ finding: Finding, in engine: FilterEngine) -> String {
    switch finding.cause {
    case .entry(let index): engine.entry(index).text
    case .invisibleFlood: "(too many invisible characters)"
    case .ruleLimit(let index): "(limit of a rule) " + engine.entry(index).text
    }
  }
}
