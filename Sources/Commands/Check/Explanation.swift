import Filtering
import Lexicons

/// The verdict on a text, and why.
struct Explanation {
  private let text: [UInt8]
  private let verdict: Verdict
  private let library: Library

  init(_ text: [UInt8], _ library: Library, _ policy: Policy) {
    self.text = text
    self.library = library
    verdict = library.engine.verdict(of: text.span, policy: policy)
  }

  /// The decision.
  var decision: Decision { verdict.decision }

  private var engine: FilterEngine { library.engine }

  /// The verdict for programs.
  var json: JSONValue {
    let findings = verdict.findings.map { finding in
      JSONValue.object(
        FindingReport.members(
          finding, at: finding.range, match: Array(text[finding.range]), in: engine))
    }
    let cleared = verdict.cleared.map { hit in
      let entry = engine.entry(hit.entry)
      return JSONValue.object([
        ("start", .integer(hit.range.lowerBound)), ("end", .integer(hit.range.upperBound)),
        ("match", .bytes(Array(text[hit.range]))), ("term", .string(entry.text)),
        ("risk", .string(entry.risk.id)), ("exception", .string(hit.exception)),
      ])
    }
    return .object([
      ("decision", .string(verdict.decision.name)), ("findings", .array(findings)),
      ("cleared", .array(cleared)),
      (
        "lexicon",
        .object([("version", .string(engine.version)), ("digest", .string(engine.digest))])
      ),
    ])
  }

  /// The verdict for people.
  func text(_ style: Style) -> String {
    var lines = [style.bold(verdict.decision.name)]
    for finding in verdict.findings { lines += describe(finding, style) }
    for hit in verdict.cleared { lines += describe(hit, style) }
    if verdict.findings.isEmpty && verdict.cleared.isEmpty { lines.append("  nothing was found") }
    let version = engine.version.isEmpty ? "" : "version \(engine.version), "
    lines.append(style.dim("library: \(library.source.name), \(version)digest \(engine.digest)"))
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ finding: Finding, _ style: Style) -> [String] {
    let match = DisplayText.printable(text[finding.range])
    var lines = [
      "  \(place(finding.range)) \(style.match(match, finding.action)) \(style.name(finding.action)) "
        + "\(finding.risk.map { "\($0.id) \($0.officialName)" } ?? "a limit was passed")"
    ]
    if let index = finding.entry {
      let entry = engine.entry(index)
      lines.append("    \(name(of: entry.kind)) \(FindingReport.title(finding, in: engine))")
      lines.append("    written in \(style.place(library.place(of: entry)))")
      let others = entry.risks.risks.filter { $0 != finding.risk }.map(\.id)
      if !others.isEmpty { lines.append("    also a risk of \(others.joined(separator: ", "))") }
    } else {
      lines.append("    \(FindingReport.title(finding, in: engine)): more than are skipped")
    }
    if !finding.otherParts.isEmpty {
      let parts = finding.otherParts.map { part in
        "\(DisplayText.printable(text[part])) \(place(part))"
      }
      lines.append("    together with \(parts.joined(separator: ", "))")
    }
    let notes = FoldingNotes.notes(on: Array(text[finding.range]))
    if !finding.evasion.names.isEmpty {
      lines.append("    hidden by \(finding.evasion.names.joined(separator: ", "))")
    }
    if !notes.isEmpty && finding.entry.map({ engine.entry($0).kind }) != .regex {
      lines.append("    read as: \(notes.joined(separator: ", "))")
    }
    return lines
  }

  private func describe(_ hit: ClearedHit, _ style: Style) -> [String] {
    let entry = engine.entry(hit.entry)
    return [
      "  \(place(hit.range)) \(DisplayText.printable(text[hit.range])) cleared, \(entry.risk.id)",
      "    it stands in '\(hit.exception)', an exception of \(entry.text)",
      "    written in \(style.place(library.place(of: entry)))",
    ]
  }

  private func place(_ range: Range<Int>) -> String {
    "bytes \(range.lowerBound)-\(range.upperBound)"
  }

  private func name(of kind: EntryKind) -> String {
    switch kind {
    case .term: "term"
    case .combination: "combination"
    case .regex: "regex"
    }
  }
}
