package import Coverage
import JSONText
import Lexicons

/// Reads one line as a row of an evaluation.
package struct EvaluationRowReader: Sendable {
  /// How lines are read.
  package enum Form: Sendable {
    /// JSON with `text` and `expected`.
    case labelled
    /// JSON with `text`; rows without `expected` are ordinary text.
    case labelledOrBenign
    /// Ordinary text.
    case benign
  }

  /// Why a line is no row.
  package struct Problem: Error, Equatable {
    /// A sentence for the owner of the file.
    package let reason: String
  }

  private let form: Form
  private let fields: [Field: JSONFieldCursor]

  private enum Field: String, CaseIterable {
    case text, expected, risk, source, kind
  }

  /// Makes a reader.
  package init(_ form: Form) {
    self.form = form
    var fields: [Field: JSONFieldCursor] = [:]
    for field in Field.allCases {
      if let path = JSONFieldPath(field.rawValue) { fields[field] = JSONFieldCursor(path) }
    }
    self.fields = fields
  }

  /// Reads a line; `nil` for a blank one.
  package func row(
    _ line: [UInt8], file: String, number: Int
  ) throws(Problem) -> EvaluationRow? {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
    if form == .benign { return EvaluationRow(benign: line, file: file, line: number) }
    guard let text = try bytes(.text, line) else {
      throw Problem(reason: "the row has no string 'text'")
    }
    guard let expected = try string(.expected, line) else {
      if form == .labelledOrBenign {
        return EvaluationRow(benign: text, file: file, line: number)
      }
      throw Problem(reason: "the row has no 'expected'; it is \"intercept\" or \"pass\"")
    }
    guard expected == "intercept" || expected == "pass" else {
      throw Problem(reason: "'expected' is \"\(expected)\"; it must be \"intercept\" or \"pass\"")
    }
    return EvaluationRow(
      file: file, line: number, text: text, isHarmful: expected == "intercept",
      risk: try risk(line), source: try string(.source, line), kind: try string(.kind, line))
  }

  private func risk(_ line: [UInt8]) throws(Problem) -> Risk? {
    guard let name = try string(.risk, line), !name.isEmpty else { return nil }
    guard let risk = Risk(spelling: name) else {
      throw Problem(reason: "there is no risk \"\(name)\"; they are called A.1.a to A.5.b")
    }
    return risk
  }

  private func string(_ field: Field, _ line: [UInt8]) throws(Problem) -> String? {
    try bytes(field, line).map { String(decoding: $0, as: UTF8.self) }
  }

  private func bytes(_ field: Field, _ line: [UInt8]) throws(Problem) -> [UInt8]? {
    guard let cursor = fields[field] else { return nil }
    let found: JSONFieldCursor.Fields
    do { found = try cursor.fields(in: line) } catch {
      throw Problem(
        reason: error.description
          + (form == .labelled ? "; plain text lines need --benign" : ""))
    }
    if !found.otherOffsets.isEmpty { throw Problem(reason: "'\(field.rawValue)' is no string") }
    return found.strings.first?.bytes
  }
}
